#pragma once
/// @file
/// The triage: reports that wait for a decision, the similar ones in groups, and what is decided of them.
///
/// A report joins the group of an earlier one, of the last 30 days, that names the same link or file, has nearly the
/// same text, names the same other observable (but for common ones), or is by the same sender within a day: in this
/// order, of several the newest (docs/decisions/0043). Reports are the team's, and what is TLP:RED its readers'. A
/// decision, what follows from it in an incident, and its entry in the trail are one transaction. All members are safe
/// from any thread; each fails with `unavailable` where the database does not answer.

#include <map>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "incidents/query.hpp"
#include "incidents/report.hpp"
#include "journal/journal.hpp"
#include "storage/database.hpp"

namespace kula::incidents {

/// In one decision.
constexpr std::size_t most_decided = 1000;
/// Of its group, that a report's page shows.
constexpr std::size_t most_similar = 50;

struct ReportQuery {
    std::optional<ReportState> state{};
    std::optional<Channel> channel{};
    std::optional<ReportId> group{};
    std::optional<IncidentId> incident{};
    std::optional<std::string> observable{};  ///< `observable_name`: those that tell of it.
    bool newest_of_group = false;             ///< Of each group only the newest that the state lets through.
    std::string search{};                     ///< As of incidents: subject and text. At most 200 bytes.
    std::string cursor{};                     ///< `next` of the page before; empty for the first.
    std::size_t limit = 50;                   ///< 1 to 1,000.
    base::Clearance clearance = base::Clearance::of({});
};

struct ReportPage {
    std::vector<Report> items{};  ///< Newest first.
    std::string next{};           ///< Empty on the last page.
    std::int64_t total = 0;       ///< Of all pages.
    std::int64_t waiting = 0;     ///< In all, whatever is asked for.
    std::int64_t waiting_groups = 0;
    std::optional<base::Instant> oldest_waiting{};
    std::map<IncidentId, IncidentBrief> incidents{};  ///< What the items name, as far as the clearance reaches.
};

/// A report with all that stands on its page.
struct ReportStory {
    Report report{};
    std::vector<Observed> observed{};
    std::vector<Report> similar{};  ///< The others of its group, newest first; `most_similar` at most.
    std::map<IncidentId, IncidentBrief> incidents{};
};

struct OpenIncident {
    IncidentContent content{};
};
struct JoinIncident {
    IncidentId id;
};
struct Refuse {
    std::string reason{};  ///< Not empty; at most `longest_reason` bytes, as all here.
};
struct PassOn {
    std::string to{};  ///< Not empty; at most 200 bytes.
    std::string reason{};
};
/// What was decided is taken back: they wait again, and the incident tells so.
struct WaitAgain {};
using Decision = std::variant<OpenIncident, JoinIncident, Refuse, PassOn, WaitAgain>;

struct Decided {
    std::size_t reports = 0;
    std::optional<IncidentId> incident{};
};

class Triage {
public:
    /// After `Incidents::open`, which brings the tables. All outlive it; `is_common` is asked outside of units of work.
    Triage(storage::Database& database, journal::Journal& journal, base::Clock const& clock, IsCommon is_common)
        : database_(database), journal_(journal), clock_(clock), is_common_(std::move(is_common)) {}

    /// `invalid` names the field.
    base::Result<Report> receive(ReportContent content, base::Actor const& actor);
    /// All of them or none. `not_found` also where the clearance does not reach; `conflict` where one does not wait any
    /// more (or, of `WaitAgain`, waits), where the incident is merged into another, or where its label is looser than
    /// that of a report.
    base::Result<Decided> decide(std::vector<ReportId> const& reports, Decision const& decision,
                                 base::Actor const& actor);
    /// Out of its group, into one of its own.
    base::Result<Report> separate(ReportId id, base::Actor const& actor);

    [[nodiscard]] base::Result<ReportStory> story(ReportId id, base::Clearance const& clearance) const;
    [[nodiscard]] base::Result<ReportPage> list(ReportQuery const& query) const;
    /// Of this group those that wait, oldest first; `most_decided` at most.
    [[nodiscard]] base::Result<std::vector<ReportId>> waiting_in(ReportId group,
                                                                 base::Clearance const& clearance) const;

private:
    storage::Database& database_;
    journal::Journal& journal_;
    base::Clock const& clock_;
    IsCommon is_common_;
};

}  // namespace kula::incidents
