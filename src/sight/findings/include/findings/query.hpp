#pragma once
/// @file
/// Which findings are meant, and what a list tells of them.

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "base/actor.hpp"
#include "findings/finding.hpp"

namespace kula::findings {

enum class FindingSort : std::uint8_t {
    last_seen,
    last_seen_descending,
    opened,
    opened_descending,
    severity,
    severity_descending,
    events,
    events_descending,
    due,
    due_descending,
};

/// Everything that is set must hold.
struct FindingQuery {
    std::vector<State> states{};                                           ///< One of these; any where empty.
    std::optional<std::vector<registry::OrganisationId>> organisations{};  ///< One of these.
    bool without_organisation = false;                                     ///< Nobody's.
    std::optional<std::string> sector{};
    bool without_sector = false;
    std::optional<std::string> rsit_class{}, rsit_type{};
    std::optional<Severity> severity{};
    std::optional<std::string> source{};                      ///< Has shown it since it was last opened.
    std::optional<base::Instant> told_since{};                ///< Their owners were told of them then or later.
    std::optional<std::string> tag{};                         ///< One of its tags is this, letter case apart.
    std::optional<base::Instant> opened_before{};             ///< Opened or reopened before.
    std::optional<base::Instant> opened_from{}, opened_to{};  ///< Likewise from here on, and before.
    std::optional<State> reached{};             ///< Came so far since, as `Funnel` counts; one of its stages.
    std::optional<base::Instant> overdue_at{};  ///< Open, and its date lies before.
    bool exploited = false;                     ///< A vulnerability of it is known to be.
    bool relapsed = false;                      ///< Evidence has reopened it.
    std::string search{};                       ///< Anywhere in place, problem and type. At most 200 bytes.
    FindingSort sort = FindingSort::last_seen_descending;
    std::string cursor{};    ///< `next` of the page before; empty for the first.
    std::size_t limit = 50;  ///< 1 to 1,000.
    base::Clearance clearance = base::Clearance::of({});
};

/// Of all pages; `states` as if no state were asked for.
struct FindingTotals {
    std::int64_t total = 0;
    std::array<std::int64_t, all_states.size()> states{};  ///< In the order of `all_states`.
    std::int64_t open = 0;                                 ///< Those that are `is_open`.
    std::int64_t organisations = 0;                        ///< With one that is open.
    std::int64_t overdue = 0;
};

struct FindingPage {
    std::vector<Finding> items{};
    std::string next{};  ///< Empty on the last page.
    FindingTotals totals{};
};

}  // namespace kula::findings
