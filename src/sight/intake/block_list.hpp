#pragma once
// A delivery that is a block list: what stands in it is the present word of its source about indicators.

#include <string>

#include "events/event.hpp"
#include "indicators/store.hpp"
#include "intake/intake.hpp"
#include "intake/mapping.hpp"

namespace kula::intake {

/// Collects what rows list, as a list that `indicators` reads. One thread.
class BlockList {
public:
    /// Outlives it.
    explicit BlockList(ListRules const& rules);

    void add(events::Event const& event);
    /// Makes it the word of `source`: what it listed before and lists no longer is gone. `invalid` where the list
    /// shrank below half, holds no indicator or is too long; then the indicators are what they were. `unavailable` as
    /// `indicators` says.
    [[nodiscard]] base::Result<ListAccount> tell(indicators::Store& indicators, std::string const& source) const;
    /// Whether the source lists anything now.
    static bool is_known(indicators::Store const& indicators, std::string const& source);

private:
    ListRules const& rules_;
    std::string text_;
    bool is_too_long_ = false;
};

}  // namespace kula::intake
