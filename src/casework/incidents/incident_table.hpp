#pragma once
// The tables of incidents, their timelines and links.

#include <optional>
#include <string>
#include <vector>

#include "base/actor.hpp"
#include "incidents/playbook.hpp"
#include "incidents/query.hpp"
#include "storage/keyset.hpp"
#include "storage/session.hpp"
#include "storage/where.hpp"

namespace kula::incidents::incident_table {

std::vector<Incident> where(storage::Session const& session, storage::Where const& where, std::string const& rest = {});
/// Nothing also where the clearance does not reach.
std::optional<Incident> find(storage::Session const& session, IncidentId id, base::Clearance const& clearance);
void insert(storage::Session& session, Incident const& incident);
/// All but its number and when it was opened.
void update(storage::Session& session, Incident const& incident);
/// The next number of the year, which is given out with it.
std::string take_number(storage::Session& session, base::Instant now);

/// What lies outside does not exist for its holder. The columns stand behind `prefix`, as `i.`.
void add_clearance(storage::Where& where, std::string const& prefix, base::Clearance const& clearance);

/// Each word, folded, stands in the column.
void add_search(storage::Where& where, std::string const& column, std::string_view words);

std::optional<IncidentBrief> brief(storage::Session const& session, IncidentId id, base::Clearance const& clearance);
/// Those merged into it, and into those, as far as the clearance reaches; by number.
std::vector<IncidentBrief> merged_into(storage::Session const& session, IncidentId id,
                                       base::Clearance const& clearance);

/// `change` as in `Entry`, with `other` as an id; null for none.
void add_entry(storage::Session& session, IncidentId incident, Entry const& entry);
/// Of these incidents, `where` tells from which place on; what they are about as far as the clearance reaches.
EntryPage entries(storage::Session const& session, std::vector<IncidentBrief> const& of, std::size_t limit,
                  storage::Where where, base::Clearance const& clearance);
/// The order of timelines.
storage::Keyset const& timeline_order();

/// Whether it stood otherwise, by state or note.
bool set_check(storage::Session& session, IncidentId id, Check const& check);
std::vector<Check> checks(storage::Session const& session, IncidentId id);

/// Whether it is new.
bool add_link(storage::Session& session, IncidentId id, LinkKind kind, IncidentId other, base::Instant now,
              std::string const& by);
void remove_link(storage::Session& session, LinkId id);
/// As the incident stands to the others, as far as the clearance reaches; oldest first.
std::vector<Link> links(storage::Session const& session, IncidentId id, base::Clearance const& clearance);

}  // namespace kula::incidents::incident_table
