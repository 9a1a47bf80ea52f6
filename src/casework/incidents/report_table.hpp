#pragma once
// The tables of reports.

#include <optional>
#include <string>
#include <vector>

#include "base/actor.hpp"
#include "incidents/triage.hpp"
#include "likeness.hpp"
#include "storage/session.hpp"
#include "storage/where.hpp"

namespace kula::incidents::report_table {

/// Without reporters; `waiting_in_group` as far as the clearance reaches.
std::vector<Report> where(storage::Session const& session, storage::Where const& where, std::string const& rest,
                          base::Clearance const& clearance);
/// Nothing also where the clearance does not reach.
std::optional<Report> find(storage::Session const& session, ReportId id, base::Clearance const& clearance);
void insert(storage::Session& session, Report const& report, std::vector<Observed> const& observed,
            Sketch const& sketch);
/// What was decided of it, and its group; as of its next version.
void update(storage::Session& session, Report& report, base::Instant now, std::string const& by);

std::vector<Observed> observed(storage::Session const& session, ReportId id);
Reporter reporter(storage::Session const& session, ReportId id);

/// To which group a report belongs, and why.
struct Place {
    ReportId group;
    GroupedBy by = GroupedBy::alone;
    std::string shared{};
};
/// Among those that came since `since`, of a sender since `of_sender_since`; nothing where it stands alone.
std::optional<Place> place_of(storage::Session const& session, Report const& report,
                              std::vector<Observed> const& observed, Sketch const& sketch, base::Instant since,
                              base::Instant of_sender_since, base::Clearance const& clearance);

}  // namespace kula::incidents::report_table
