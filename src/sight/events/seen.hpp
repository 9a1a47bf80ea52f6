#pragma once
// What was seen of each organisation or indicator, by number.

#include <vector>

#include "columns.hpp"
#include "events/activity.hpp"
#include "selection.hpp"

namespace kula::events {

class Seen {
public:
    /// Reads the window's rows; for an outsider all rows. Valid until the columns change.
    Seen(Columns const& columns, ActivitySubject of, Window const& window, base::Clearance const& clearance);

    [[nodiscard]] Activities all() const;
    [[nodiscard]] Activities these(std::vector<std::string> const& keys) const;
    [[nodiscard]] std::vector<RankedActivity> ranked(ActivityRanking const& ranking) const;

private:
    struct Sum {
        std::uint64_t sightings = 0;
        std::uint64_t flows = 0;
        std::int64_t last = never;
    };
    [[nodiscard]] static Activity activity(Sum const& sum);
    [[nodiscard]] bool knows(Number number) const { return number != 0 && sums_[number].last != never; }

    Dictionary const& keys_;
    std::vector<Sum> sums_;  ///< By number.
};

}  // namespace kula::events
