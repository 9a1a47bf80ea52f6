#pragma once
/// @file
/// The stored registry: organisations with their networks and contacts, and the national space. Every change swaps the
/// immutable values that others read (`attribution`, `national_space`) before it returns, and stands in the trail.
///
/// All members are safe from any thread. `unavailable` wherever the database does not answer.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/actor.hpp"
#include "base/clock.hpp"
#include "base/result.hpp"
#include "journal/journal.hpp"
#include "registry/attribution.hpp"
#include "registry/import_report.hpp"
#include "registry/national_space.hpp"
#include "registry/organisation.hpp"
#include "registry/proposal.hpp"
#include "registry/team.hpp"
#include "storage/database.hpp"

namespace kula::registry {

enum class OrganisationSort : std::uint8_t { name, name_descending, changed, changed_descending };

/// Those of a class, or those about whom nobody decided yet.
enum class ClassFilter : std::uint8_t { any, undecided, essential, important, none };

struct OrganisationQuery {
    std::string search{};  ///< Words, each anywhere in names, networks or contacts' mail; case, accents and
                           ///< script (Cyrillic, Latin) apart. At most 200 bytes.
    std::optional<std::string> sector{};
    bool without_sector = false;  ///< Only those that have none.
    std::optional<OrganisationSize> size{};
    ClassFilter entity_class = ClassFilter::any;
    std::optional<Freshness> contacts_from{};  ///< Only with contacts that have come to this step, or further.
    OrganisationSort sort = OrganisationSort::name;
    std::string cursor{};    ///< `next` of the page before, or any of its `behind`; empty for the first.
    std::size_t limit = 50;  ///< 1 to 100,000.
    base::Clearance clearance = base::Clearance::of({});
};

struct OrganisationSummary {
    OrganisationId id;
    std::string name;
    std::optional<std::string> short_name;
    std::optional<std::string> sector;
    std::optional<OrganisationSize> size;
    std::optional<EntityClass> entity_class;
    std::int64_t networks = 0;
    std::int64_t contacts = 0;
    std::int64_t conflicts = 0;  ///< Of its networks, those that others claim too.
    std::int64_t version = 1;
    base::Instant changed_at;
    base::Instant contacts_confirmed_at;
    ContactsAsking contacts_asking{};
};

/// Contacts about which the next step is to be taken.
struct StaleContacts {
    OrganisationId organisation;
    std::string name;
    base::Instant confirmed_at{};
    ContactsAsking asking{};
};

/// How many have a value, the most frequent first; absent for those that have none.
struct FacetCount {
    std::optional<std::string> value;
    std::int64_t count = 0;
};

/// Of all that the query finds but for its filter by that same field, so that another choice can be offered.
struct OrganisationFacets {
    std::vector<FacetCount> sectors, sizes, entity_classes;
};

struct OrganisationPage {
    std::vector<OrganisationSummary> items;
    std::vector<std::string> behind{};  ///< By item: the cursor that goes on behind it.
    std::string next{};                 ///< Empty on the last page.
    std::int64_t total = 0;             ///< Of all pages.
    OrganisationFacets facets{};
};

/// The national space as it was told.
struct StoredNationalSpace {
    std::vector<std::string> prefixes{};  ///< Canonical, sorted; as told, not merged.
    std::vector<std::uint32_t> as_numbers{};
    std::int64_t version = 0;  ///< 0 until it is told for the first time.
    std::optional<base::Instant> changed_at{};
};

class Registry {
public:
    /// Brings the tables up to date and reads what is there. Database, journal and clock outlive the registry.
    static base::Result<std::unique_ptr<Registry>> open(storage::Database& database, journal::Journal& journal,
                                                        base::Clock const& clock);
    ~Registry();
    Registry(Registry const&) = delete;
    Registry& operator=(Registry const&) = delete;

    /// `invalid` names the field; `conflict` when the name is taken.
    base::Result<Organisation> create(OrganisationContent content, base::Marking marking, base::Actor const& actor);
    /// Replaces everything; the same content is no change. `not_found`; `conflict` when `version` is no longer the
    /// stored one, or the name is taken.
    base::Result<Organisation> replace(OrganisationId id, std::int64_t version, OrganisationContent content,
                                       base::Marking marking, base::Actor const& actor);
    /// `not_found`; `conflict` when `version` is no longer the stored one.
    base::Result<void> remove(OrganisationId id, std::int64_t version, base::Actor const& actor);
    /// Says that the contacts are right as they are; no new version of the organisation. `not_found` also where the
    /// actor's clearance does not reach; `conflict` when `version` is no longer the stored one, or there are none.
    base::Result<Organisation> confirm_contacts(OrganisationId id, std::int64_t version, base::Actor const& actor);
    /// Of all organisations those about whose contacts a step is to be taken now, the longest unconfirmed first; at
    /// most `most_asked_a_day`, less those that somebody was asked about within the last day. Who has none is not
    /// asked.
    [[nodiscard]] base::Result<std::vector<StaleContacts>> stale_contacts() const;
    /// In the caller's unit of work: that this step, one behind `before`'s, was taken. `about` is what was written
    /// (`message:<id>`), empty where nobody could be written to. False, and nothing is done, where contacts were
    /// confirmed, changed or asked about since `before` was read.
    bool asked_about_contacts(storage::Session& session, StaleContacts const& before, Freshness step,
                              std::string const& about, base::Actor const& actor) const;
    /// `not_found` also where the clearance does not reach.
    [[nodiscard]] base::Result<Organisation> find(OrganisationId id, base::Clearance const& clearance) const;
    /// The organisation and all below it: how far its own people see.
    [[nodiscard]] base::Result<base::Clearance> reach_of(OrganisationId id) const;
    /// Only what the query's clearance reaches, in items and total. Stable while rows come and go: a page goes on
    /// behind the last entry of the one before.
    [[nodiscard]] base::Result<OrganisationPage> list(OrganisationQuery const& query) const;

    /// Those of these, at most 1,000, that the query takes, in its order; its place and limit are not asked.
    [[nodiscard]] base::Result<std::vector<OrganisationSummary>> among(std::vector<OrganisationId> const& ids,
                                                                       OrganisationQuery const& query) const;

    /// Takes many organisations (`import_report.hpp`). The same text again changes nothing.
    base::Result<ImportReport> import(ImportFormat format, std::string_view text, base::Actor const& actor,
                                      ImportMode mode = ImportMode::apply);
    /// Takes what a report of `ImportMode::report_only` foretold, all of it or nothing, in one transaction. `conflict`
    /// where the same text would do something else now, because the registry changed meanwhile.
    base::Result<ImportReport> import_foretold(ImportFormat format, std::string_view text, std::string_view foretold,
                                               base::Actor const& actor);

    /// Wants an organisation in the actor's reach changed (`proposed`). `invalid` names the field, or says that nothing
    /// would change; `conflict` when `version` is no longer the stored one, or too many proposals wait.
    base::Result<Proposal> propose(OrganisationId id, std::int64_t version, OrganisationContent const& wanted,
                                   std::string_view remark, base::Actor const& actor);
    /// Does what was proposed. `conflict` when it is decided already, or the organisation is no longer what it was.
    base::Result<Proposal> approve(ProposalId id, base::Actor const& actor);
    /// `invalid` without a reason; `conflict` when it is decided already.
    base::Result<Proposal> refuse(ProposalId id, std::string_view reason, base::Actor const& actor);
    /// `refused` to anybody but who proposed it; `conflict` when it is decided already.
    base::Result<Proposal> withdraw(ProposalId id, base::Actor const& actor);
    /// `not_found` also where the clearance does not reach.
    [[nodiscard]] base::Result<Proposal> proposal(ProposalId id, base::Clearance const& clearance) const;
    [[nodiscard]] base::Result<ProposalPage> proposals(ProposalQuery const& query) const;

    [[nodiscard]] base::Result<StoredNationalSpace> stored_national_space() const;
    /// `conflict` when `version` is no longer the stored one; `invalid` names the entry.
    base::Result<StoredNationalSpace> replace_national_space(std::int64_t version,
                                                             std::vector<std::string> const& prefixes,
                                                             std::vector<std::uint32_t> const& as_numbers,
                                                             base::Actor const& actor);

    /// Replaces all that the team says of itself; the same is no change. `conflict` when `version` is no longer the
    /// stored one; `invalid` names the field.
    base::Result<Team> replace_team(std::int64_t version, TeamContent content, base::Actor const& actor);

    /// Never null; the team as it describes itself now.
    [[nodiscard]] std::shared_ptr<Team const> team() const;
    /// Never null; keep it for one batch of work, then ask again. The space is the same object until it changes.
    [[nodiscard]] std::shared_ptr<Attribution const> attribution() const;
    [[nodiscard]] std::shared_ptr<NationalSpace const> national_space() const;

    /// Called after every change, in the thread that made it. Subscribe before threads start.
    void on_change(std::function<void()> listener);

private:
    struct State;
    explicit Registry(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace kula::registry
