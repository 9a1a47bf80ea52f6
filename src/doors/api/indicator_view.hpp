#pragma once
/// @file
/// Indicators as the contract shows them.

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/marking.hpp"
#include "base/result.hpp"
#include "indicators/store.hpp"
#include "json.hpp"
#include "recent_activity.hpp"
#include "red_reads.hpp"

namespace kula::api {

class IndicatorView {
public:
    /// All outlive it.
    IndicatorView(indicators::Store const& store, RecentActivity const& activity, RedReads& red)
        : store_(store), activity_(activity), red_(red) {}

    /// Schema `IndicatorReference` of a canonical text. One that is gone, or not to be read, has no id, and `kind` and
    /// `tlp` as they were.
    [[nodiscard]] base::Result<Json> reference(std::string const& value, std::string const& kind, base::Tlp tlp,
                                               base::Clearance const& clearance) const;
    /// Schema `Indicator`; a read of TLP:RED is accounted for. `not_found`.
    [[nodiscard]] base::Result<Json> full(std::string const& value, base::Actor const& actor) const;
    /// The same for what was read already: to be called before any of it is told.
    [[nodiscard]] base::Result<void> account(base::Actor const& actor,
                                             std::vector<indicators::Indicator> const& read) const;
    [[nodiscard]] Json shown(base::Readers const& readers) const { return red_.shown(readers); }
    [[nodiscard]] Json full(indicators::Indicator const& indicator, events::Activity const& activity) const;
    [[nodiscard]] RecentActivity const& activity() const { return activity_; }
    /// The canonical text that an id or any text of a value means; nothing where it is neither.
    [[nodiscard]] std::optional<std::string> value_of(std::string const& id_or_value,
                                                      base::Clearance const& clearance) const;
    /// Forgets the references it kept: to be called when indicators change. Safe from any thread, as all here.
    void indicators_changed() const;

private:
    indicators::Store const& store_;
    RecentActivity const& activity_;
    RedReads& red_;
    mutable std::mutex mutex_;
    mutable std::unordered_map<std::string, Json> references_;  ///< At most `most_kept`; none that is TLP:RED.
    mutable std::uint64_t generation_ = 0;
};

}  // namespace kula::api
