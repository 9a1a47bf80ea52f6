#pragma once
// What was seen of each organisation or indicator, by number.

#include <vector>

#include "by_number.hpp"
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
    /// `last` is `never` for what was not seen, or not by whom it is told.
    [[nodiscard]] Sum of(Number number) const;
    [[nodiscard]] static Activity activity(Sum const& sum);
    /// Calls `visit(number, sum)` for all that was seen.
    template <class Visitor>
    void each(Visitor const& visit) const;

    Dictionary const& keys_;
    std::vector<std::int64_t> const* open_ = nullptr;  ///< Last moments by number, of what everybody here may read.
    ByNumber<Sum> sums_;
};

}  // namespace kula::events
