#pragma once
/// @file
/// The incidents that the team handles: one record each, its life, its timeline, and how it stands to others.
///
/// They are the team's: for whom a clearance names organisations none exists, and what is TLP:RED exists for its
/// readers. A change, its entry in the timeline and its entry in the trail are one transaction. All members are safe
/// from any thread; each fails with `unavailable` where the database does not answer.

#include <memory>
#include <utility>
#include <vector>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "incidents/observed.hpp"
#include "incidents/playbook.hpp"
#include "incidents/query.hpp"
#include "journal/journal.hpp"
#include "storage/database.hpp"

namespace kula::incidents {

/// Entries that a story tells; the rest is in pages.
constexpr std::size_t entries_of_a_story = 50;
/// Letters of a reason, as bytes.
constexpr std::size_t longest_reason = 1000;
/// Observables that a story tells.
constexpr std::size_t observables_of_a_story = 500;
/// Links of one incident.
constexpr std::size_t most_links = 500;

/// An incident with all that stands beside it, as a clearance may read it.
struct IncidentStory {
    Incident incident{};
    std::optional<IncidentBrief> merged_into{};
    std::vector<IncidentBrief> merged{};  ///< Into this one, and into those; by number.
    std::vector<Link> links{};            ///< Oldest first.
    EntryPage timeline{};                 ///< `entries_of_a_story` at most.
    /// Of title and summary, of the timeline, of the reports, each once and in this order; of those merged as well.
    std::vector<Observed> observed{};
    std::vector<Check> checks{};  ///< Of the steps that are not open; those of another playbook stay.
};

class Incidents {
public:
    /// All outlive it; `is_common` is asked outside of units of work.
    static base::Result<std::unique_ptr<Incidents>> open(storage::Database& database, journal::Journal& journal,
                                                         base::Clock const& clock, IsCommon is_common);

    /// In the first state of its life, with the next number of the year. `invalid` names the field.
    base::Result<Incident> open_one(IncidentContent content, base::Actor const& actor);
    /// `not_found` also where the clearance does not reach; `conflict` where `version` is no longer the stored one, or
    /// it is merged into another. So do the members that follow. What nobody changed makes no version.
    base::Result<Incident> change(IncidentId id, std::int64_t version, IncidentContent content,
                                  base::Actor const& actor);
    /// `invalid` where the state asks for a reason; `conflict` where its life does not lead there.
    base::Result<Incident> take_step(IncidentId id, std::int64_t version, std::string const& to, std::string reason,
                                     base::Actor const& actor);
    /// How a step of a playbook stands. `invalid` where there is none such, or what is left out has no reason; nothing
    /// happens where it stands so already.
    base::Result<void> check(IncidentId id, std::string const& step, CheckState state, std::string note,
                             base::Actor const& actor);
    base::Result<Entry> write(IncidentId id, EntryContent content, base::Actor const& actor);
    /// Both tell it; nothing happens where they are linked so already.
    base::Result<void> link(IncidentId id, LinkKind kind, IncidentId other, base::Actor const& actor);
    base::Result<void> unlink(IncidentId id, LinkId link, base::Actor const& actor);
    /// Into one that is not merged itself, and not its own. All that it holds stays as it is.
    base::Result<Incident> merge(IncidentId id, std::int64_t version, IncidentId into, std::string reason,
                                 base::Actor const& actor);
    /// `conflict` where it is not merged.
    base::Result<Incident> unmerge(IncidentId id, std::int64_t version, base::Actor const& actor);

    [[nodiscard]] base::Result<Incident> find(IncidentId id, base::Clearance const& clearance) const;
    /// By its number, in either letter case.
    [[nodiscard]] base::Result<Incident> find(std::string_view number, base::Clearance const& clearance) const;
    [[nodiscard]] base::Result<IncidentStory> story(IncidentId id, base::Clearance const& clearance) const;
    /// Of those merged into it as well, as far as the clearance reaches. `limit` is 1 to 1,000.
    [[nodiscard]] base::Result<EntryPage> timeline(IncidentId id, std::string const& cursor, std::size_t limit,
                                                   base::Clearance const& clearance) const;
    [[nodiscard]] base::Result<IncidentPage> list(IncidentQuery const& query) const;

private:
    Incidents(storage::Database& database, journal::Journal& journal, base::Clock const& clock, IsCommon is_common)
        : database_(database), journal_(journal), clock_(clock), is_common_(std::move(is_common)) {}

    storage::Database& database_;
    journal::Journal& journal_;
    base::Clock const& clock_;
    IsCommon is_common_;
};

/// What people tell of it, in the order of the contract.
Json to_json(IncidentContent const& content);

}  // namespace kula::incidents
