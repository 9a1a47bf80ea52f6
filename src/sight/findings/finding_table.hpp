#pragma once
// The tables of findings, their steps, and who showed them.

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "events/delivered.hpp"
#include "findings/finding.hpp"
#include "findings/query.hpp"
#include "storage/session.hpp"
#include "storage/where.hpp"
#include "vulnerabilities/catalogue.hpp"

namespace kula::findings::finding_table {

std::vector<Finding> where(storage::Session const& session, storage::Where const& where, std::string const& rest = {});
std::optional<Finding> find(storage::Session const& session, FindingId id);

void insert(storage::Session& session, std::vector<Finding> const& findings);
/// All but what makes it this finding.
void update(storage::Session& session, std::vector<Finding> const& findings);
/// Which vulnerabilities these are of, in place of what was stored.
void store_vulnerabilities(storage::Session& session, std::vector<Finding> const& findings,
                           vulnerabilities::ExploitedList const& exploited);

void add_step(storage::Session& session, FindingId finding, Step const& step);
/// Newest first.
std::vector<Step> steps(storage::Session const& session, FindingId finding);

std::vector<Shown> shown(storage::Session const& session, FindingId finding);
/// Nothing that was absent until now counts: it is there, or said to be gone.
void count_absence_anew(storage::Session& session, FindingId finding);

/// That an event is of a finding.
using Link = std::pair<FindingId, base::Id<events::Event>>;
/// Those of these events that are known.
std::set<Link> linked(storage::Session const& session, std::vector<events::DeliveredEvent> const& events);
void link(storage::Session& session, std::set<Link> const& links);
std::vector<base::Id<events::Event>> newest_events(storage::Session const& session, FindingId finding,
                                                   std::size_t limit);

/// A condition on `state`: those that are `is_open`.
std::string const& open_condition();
/// What lies outside does not exist for its holder: of outsiders what is stricter than TLP:AMBER.
void add_clearance(storage::Where& where, base::Clearance const& clearance);
bool may_see(Finding const& finding, base::Clearance const& clearance);

}  // namespace kula::findings::finding_table
