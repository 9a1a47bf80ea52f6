#pragma once
// The observables of texts, and the table of those that incidents tell of. Those of reports: report_table.hpp.

#include <string_view>
#include <vector>

#include "base/actor.hpp"
#include "formats/observables.hpp"
#include "incidents/incident.hpp"
#include "incidents/observed.hpp"
#include "storage/session.hpp"
#include "storage/where.hpp"

namespace kula::incidents {

/// The first `most_observed` of what was found; nothing is common yet.
std::vector<Observed> observed_of(std::vector<formats::Observable> const& found);
/// Of `kind:value`.
Observed observed_named(std::string_view name, bool is_common = false);

namespace observable_table {

/// Of an entry, or of title and summary where there is none. What they told of before is forgotten.
void replace(storage::Session& session, IncidentId incident, std::optional<EntryId> entry, std::string_view text);
/// What these incidents and the reports that were accepted into them tell of, as far as the clearance reaches; each
/// once, `observables_of_a_story` at most.
std::vector<Observed> of(storage::Session const& session, std::vector<IncidentId> const& incidents,
                         base::Clearance const& clearance);
/// That an incident, whose id stands in the column, tells of what has the name.
void add_telling_of(storage::Where& where, std::string_view column, std::string const& name,
                    base::Clearance const& clearance);

}  // namespace observable_table
}  // namespace kula::incidents
