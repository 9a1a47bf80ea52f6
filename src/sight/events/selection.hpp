#pragma once
// A filter in terms of the columns, and the scan over what it means.

#include <vector>

#include "columns.hpp"
#include "events/filter.hpp"

namespace kula::events {

/// The first full hour that may be in the window.
base::Instant first_hour(Window const& window);

/// Which rows a clearance reaches: those at its organisations that may leave the team (up to TLP:AMBER). What
/// belongs to nobody is in no outsider's reach, and what is TLP:RED in that of its readers only.
class Reach {
public:
    /// Valid until the columns change.
    Reach(Columns const& columns, base::Clearance const& clearance);
    [[nodiscard]] bool is_everything() const { return organisations_.empty() && readers_.empty(); }
    [[nodiscard]] bool is_of_every_organisation() const { return organisations_.empty(); }
    [[nodiscard]] bool holds(Row const& row) const {
        return (organisations_.empty() || (organisations_[row.organisation] && row.tlp < base::Tlp::amber_strict)) &&
               (readers_.empty() || readers_[row.readers]);
    }

private:
    std::vector<bool> organisations_;  ///< By number; empty for those who see everything.
    std::vector<bool> readers_;        ///< By number; empty where nothing is hidden that is TLP:RED.
};

class Selection {
public:
    /// Valid until the columns change.
    Selection(Columns const& columns, SightingFilter const& filter);

    /// Calls `visit(hour, row)` for every row, oldest hour first.
    template <class Visitor>
    void each(Visitor const& visit) const {
        if (is_empty_) return;
        auto const end = columns_.hours().end();
        for (auto hour = columns_.hours().lower_bound(from_); hour != end && hour->first < to_; ++hour) {
            for (auto const& row : hour->second) {
                if (holds(row)) visit(hour->first, row);
            }
        }
    }

private:
    [[nodiscard]] bool holds(Row const& row) const {
        if (takes_all_) return true;
        return (!direction_ || row.direction == *direction_) &&
               (!organisation_ || row.organisation == *organisation_) && (!sector_ || row.sector == *sector_) &&
               (!indicator_ || row.indicator == *indicator_) &&
               (!country_ || (row.country == *country_ && row.foreign() != 0)) && (!port_ || row.port == *port_) &&
               (!protocol_ || row.protocol == *protocol_) && (!national_ || row.national() == *national_) &&
               (!foreign_ || row.foreign() == *foreign_) &&
               (in_prefix_.empty() || in_prefix_[row.matched] || in_prefix_[row.peer]) && reach_.holds(row);
    }
    void take(std::optional<Number>& to, Dictionary const& dictionary, std::string const& text);
    void take(std::optional<Number>& to, Dictionary const& dictionary, std::optional<OrNone<std::string>> const& text);

    Columns const& columns_;
    base::Instant from_;
    base::Instant to_;
    bool is_empty_ = false;  ///< A text that no row holds.
    bool takes_all_ = false;
    std::optional<Direction> direction_;
    std::optional<Number> organisation_;
    std::optional<Number> sector_;
    std::optional<Number> indicator_;
    std::optional<Number> national_;
    std::optional<Number> foreign_;
    std::optional<Number> country_;
    std::optional<std::uint16_t> port_;
    std::optional<std::uint8_t> protocol_;
    std::vector<bool> in_prefix_;  ///< By number of the end.
    Reach reach_;
};

/// The same for two filters that mean the same, windows apart: what a cursor remembers of its filter.
std::uint64_t fingerprint(SightingFilter const& filter);

}  // namespace kula::events
