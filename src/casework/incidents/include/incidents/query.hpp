#pragma once
/// @file
/// Which incidents are meant, and what a list tells of them.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/actor.hpp"
#include "incidents/incident.hpp"

namespace kula::incidents {

enum class IncidentSort : std::uint8_t {
    changed,
    changed_descending,
    opened,
    opened_descending,
    severity,
    severity_descending,
};

/// Everything that is set must hold.
struct IncidentQuery {
    std::vector<std::string> states{};  ///< One of these; any where empty.
    std::optional<bool> open{};
    std::optional<Severity> severity{};
    std::optional<std::string> rsit_class{}, rsit_type{};
    std::optional<base::Uuid> lead{};
    bool without_lead = false;
    std::optional<std::string> sector{};
    bool without_sector = false;
    std::optional<std::string> tag{};
    /// `observable_name`: those that tell of it by their texts, or by a report that was accepted into them.
    std::optional<std::string> observable{};
    bool with_merged = false;  ///< Those that were merged into another as well.
    /// Words that are all in number, title, services or tags, in whatever script (`registry::folded`). At
    /// most 200 bytes.
    std::string search{};
    IncidentSort sort = IncidentSort::changed_descending;
    std::string cursor{};    ///< `next` of the page before; empty for the first.
    std::size_t limit = 50;  ///< 1 to 1,000.
    base::Clearance clearance = base::Clearance::of({});
};

struct IncidentPage {
    std::vector<Incident> items{};
    std::string next{};                                 ///< Empty on the last page.
    std::int64_t total = 0;                             ///< Of all pages.
    std::map<std::string, std::int64_t> states{};       ///< As if no state were asked for; those that there are.
    std::int64_t open = 0;                              ///< Of these the ones in an open state.
    std::map<IncidentId, IncidentBrief> merged_into{};  ///< What the items name, as far as the clearance reaches.
};

struct EntryPage {
    std::vector<Entry> items{};  ///< Newest first, by when it was.
    std::string next{};
};

}  // namespace kula::incidents
