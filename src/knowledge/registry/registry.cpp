#include "registry/registry.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/checks.hpp"
#include "facts.hpp"
#include "national_space_table.hpp"
#include "organisation_list.hpp"
#include "organisation_table.hpp"
#include "registry/fold.hpp"
#include "registry_migrations.hpp"
#include "registry_state.hpp"
#include "storage/record.hpp"
#include "team_table.hpp"

namespace kula::registry {

using storage::Priority;
using storage::Session;

namespace {

constexpr int deepest_parents = 32;
constexpr std::size_t most_prefixes = 100'000;
constexpr std::size_t most_as_numbers = 10'000;

base::Result<StoredNationalSpace> checked_space(std::vector<std::string> const& prefixes,
                                                std::vector<std::uint32_t> as_numbers) {
    base::Checks checks;
    checks.expect(prefixes.size() <= most_prefixes, "prefixes", "are more than 100,000");
    checks.expect(as_numbers.size() <= most_as_numbers, "as_numbers", "are more than 10,000");
    std::vector<base::Prefix> parsed;
    for (std::size_t i = 0; i < prefixes.size(); ++i) {
        auto const prefix = base::Prefix::parse(prefixes[i]);
        if (prefix) parsed.push_back(*prefix);
        checks.expect(prefix.has_value(), fmt::format("prefixes[{}]", i), "is no prefix");
    }
    if (auto error = checks.error()) return *std::move(error);
    std::sort(parsed.begin(), parsed.end());
    parsed.erase(std::unique(parsed.begin(), parsed.end()), parsed.end());
    std::sort(as_numbers.begin(), as_numbers.end());
    as_numbers.erase(std::unique(as_numbers.begin(), as_numbers.end()), as_numbers.end());
    StoredNationalSpace out;
    for (auto const& prefix : parsed) out.prefixes.push_back(prefix.text());
    out.as_numbers = std::move(as_numbers);
    return out;
}

/// Networks that others in reach claim too.
void count_conflicts(std::vector<OrganisationSummary>& summaries, Attribution const& attribution,
                     base::Clearance const& clearance) {
    for (auto const* const claim : attribution.conflicts()) {
        auto const& owners = claim->organisations;
        auto const in_reach = std::count_if(owners.begin(), owners.end(), [&clearance](OrganisationId owner) {
            return clearance.may_see(owner.uuid());
        });
        if (in_reach < 2) continue;
        for (auto& summary : summaries) {
            if (std::find(owners.begin(), owners.end(), summary.id) != owners.end()) ++summary.conflicts;
        }
    }
}

}  // namespace

base::Error stale(std::int64_t version) {
    return base::conflict(fmt::format("it has been changed meanwhile, to version {}", version));
}

NationalSpace space_of(StoredNationalSpace const& stored) {
    std::vector<base::AddressRange> ranges;
    for (auto const& text : stored.prefixes) {
        if (auto const prefix = base::Prefix::parse(text)) ranges.push_back(base::AddressRange::of(*prefix));
    }
    return NationalSpace(std::move(ranges), stored.as_numbers);
}

base::Result<void> check_parent(Session const& session, OrganisationId id, std::optional<OrganisationId> parent) {
    for (int depth = 0; parent; ++depth) {
        if (*parent == id || depth == deepest_parents) return base::invalid("parent: is below this organisation");
        auto const row =
            session.row<std::optional<OrganisationId>>("select parent from organisation where id = ?", *parent);
        if (!row) return base::invalid("parent: is no known organisation");
        parent = std::get<0>(*row);
    }
    return {};
}

base::Result<void> check_name(Session const& session, OrganisationId id, std::string_view name) {
    auto const owner = organisation_table::find_by_key(session, name_key(name));
    if (owner && *owner != id) return base::conflict("name: another organisation has it");
    return {};
}

base::Result<void> Registry::State::refresh() {
    std::lock_guard const one_at_a_time(refreshing);
    is_stale = true;
    auto read = database.read([](Session const& session) {
        return std::make_tuple(organisation_table::claimants(session), national_space_table::read(session),
                               team_table::read(session));
    });
    if (read.has_error()) return read.error();
    auto& [claimants, stored_space, stored_team] = *read;
    auto new_attribution = std::make_shared<Attribution const>(std::move(claimants));
    auto new_space = std::make_shared<NationalSpace const>(space_of(stored_space));
    auto new_team = std::make_shared<Team const>(std::move(stored_team));
    std::lock_guard const lock(mutex);
    attribution = std::move(new_attribution);
    team = std::move(new_team);
    if (!national_space || *national_space != *new_space) national_space = std::move(new_space);
    is_stale = false;
    return {};
}

void Registry::State::changed() {
    (void)refresh();
    for (auto const& listener : listeners) listener();
}

Registry::Registry(std::unique_ptr<State> state) : state_(std::move(state)) {}
Registry::~Registry() = default;

base::Result<std::unique_ptr<Registry>> Registry::open(storage::Database& database, journal::Journal& journal,
                                                       base::Clock const& clock) {
    if (auto const migrated = database.migrate(registry_migrations()); migrated.has_error()) return migrated.error();
    auto state = std::make_unique<State>(database, journal, clock);
    if (auto const read = state->refresh(); read.has_error()) return read.error();
    return std::unique_ptr<Registry>(new Registry(std::move(state)));
}

base::Result<Organisation> Registry::create(OrganisationContent content, base::Marking marking,
                                            base::Actor const& actor) {
    auto correct = checked(std::move(content));
    if (correct.has_error()) return correct.error();
    Organisation const made{OrganisationId::make(state_->clock.now()), std::move(*correct),
                            storage::new_record(state_->clock, actor.name, marking), state_->clock.now()};
    auto done = state_->database.write(Priority::interactive, [&](Session& session) -> base::Result<Organisation> {
        if (auto const parent = check_parent(session, made.id, made.content.parent); parent.has_error())
            return parent.error();
        if (auto const name = check_name(session, made.id, made.content.name); name.has_error()) return name.error();
        organisation_table::insert(session, made);
        state_->journal.append(session, actor, created(made));
        return made;
    });
    if (done.has_value()) state_->changed();
    return done;
}

base::Result<Organisation> Registry::replace(OrganisationId id, std::int64_t version, OrganisationContent content,
                                             base::Marking marking, base::Actor const& actor) {
    auto correct = checked(std::move(content));
    if (correct.has_error()) return correct.error();
    auto done = state_->database.write(Priority::interactive, [&](Session& session) -> base::Result<Organisation> {
        auto stored = organisation_table::find(session, id);
        if (!stored) return base::not_found("no such organisation");
        if (stored->record.version != version) return stale(stored->record.version);
        if (auto const parent = check_parent(session, id, correct->parent); parent.has_error()) return parent.error();
        if (auto const name = check_name(session, id, correct->name); name.has_error()) return name.error();
        auto const before = *stored;
        if (before.content == *correct && before.record.marking == marking) return before;
        stored->content = *correct;
        stored->record.marking = marking;
        stored->record.changed_at = state_->clock.now();
        stored->record.changed_by = actor.name;
        ++stored->record.version;
        organisation_table::update(session, *stored);
        state_->journal.append(session, actor, changed(before, *stored));
        return *stored;
    });
    if (done.has_value()) state_->changed();
    return done;
}

base::Result<void> Registry::remove(OrganisationId id, std::int64_t version, base::Actor const& actor) {
    auto const done = state_->database.write(Priority::interactive, [&](Session& session) -> base::Result<void> {
        auto const stored = organisation_table::find(session, id);
        if (!stored) return base::not_found("no such organisation");
        if (stored->record.version != version) return stale(stored->record.version);
        organisation_table::remove(session, id);
        state_->journal.append(session, actor, removed(*stored));
        return {};
    });
    if (done.has_value()) state_->changed();
    return done;
}

base::Result<Organisation> Registry::confirm_contacts(OrganisationId id, std::int64_t version,
                                                      base::Actor const& actor) {
    if (!actor.clearance.may_see(id.uuid())) return base::not_found("no such organisation");
    return state_->database.write(Priority::interactive, [&](Session& session) -> base::Result<Organisation> {
        auto stored = organisation_table::find(session, id);
        if (!stored) return base::not_found("no such organisation");
        if (stored->record.version != version) return stale(stored->record.version);
        if (stored->content.contacts.empty()) return base::conflict("contacts: there are none to confirm");
        stored->contacts_confirmed_at = state_->clock.now();
        stored->contacts_asking = {};
        organisation_table::confirm_contacts(session, id, stored->contacts_confirmed_at);
        state_->journal.append(session, actor, contacts_confirmed(*stored));
        return std::move(*stored);
    });
}

base::Result<std::vector<StaleContacts>> Registry::stale_contacts() const {
    return state_->database.read([now = state_->clock.now()](Session const& session) {
        auto const asked = organisation_table::asked_since(session, now - std::chrono::days(1));
        if (asked >= most_asked_a_day) return std::vector<StaleContacts>();
        return organisation_table::stale_contacts(session, now, most_asked_a_day - asked);
    });
}

bool Registry::asked_about_contacts(Session& session, StaleContacts const& before, Freshness step,
                                    std::string const& about, base::Actor const& actor) const {
    auto after = before.asking;
    after.step = step;
    if (!about.empty()) after.last_at = state_->clock.now();
    if (!organisation_table::take_step(session, before, after)) return false;
    state_->journal.append(session, actor, contacts_asked(before, step, about));
    return true;
}

base::Result<Organisation> Registry::find(OrganisationId id, base::Clearance const& clearance) const {
    if (!clearance.may_see(id.uuid())) return base::not_found("no such organisation");
    return state_->database.read([id](Session const& session) -> base::Result<Organisation> {
        auto found = organisation_table::find(session, id);
        if (!found) return base::not_found("no such organisation");
        return std::move(*found);
    });
}

base::Result<base::Clearance> Registry::reach_of(OrganisationId id) const {
    return state_->database.read([id](Session const& session) {
        return base::Clearance::of(session.column<base::Uuid>(
            "with recursive reach(id) as (select cast(? as text) union select o.id from organisation o join reach on o.parent = "
            "reach.id) select id from reach",
            id));
    });
}

base::Result<OrganisationPage> Registry::list(OrganisationQuery const& query) const {
    state_->refresh_if_stale();
    auto page = state_->database.read(
        [&](Session const& session) { return list_organisations(session, query, state_->clock.now()); });
    if (page.has_value()) count_conflicts(page->items, *attribution(), query.clearance);
    return page;
}

base::Result<std::vector<OrganisationSummary>> Registry::among(std::vector<OrganisationId> const& ids,
                                                               OrganisationQuery const& query) const {
    state_->refresh_if_stale();
    auto found = state_->database.read(
        [&](Session const& session) { return organisations_among(session, ids, query, state_->clock.now()); });
    if (found.has_value()) count_conflicts(*found, *attribution(), query.clearance);
    return found;
}

base::Result<StoredNationalSpace> Registry::stored_national_space() const {
    state_->refresh_if_stale();
    return state_->database.read([](Session const& session) { return national_space_table::read(session); });
}

base::Result<StoredNationalSpace> Registry::replace_national_space(std::int64_t version,
                                                                   std::vector<std::string> const& prefixes,
                                                                   std::vector<std::uint32_t> const& as_numbers,
                                                                   base::Actor const& actor) {
    auto const space = checked_space(prefixes, as_numbers);
    if (space.has_error()) return space.error();
    auto done =
        state_->database.write(Priority::interactive, [&](Session& session) -> base::Result<StoredNationalSpace> {
            auto const stored = national_space_table::read(session);
            if (stored.version != version) return stale(stored.version);
            if (stored.prefixes == space->prefixes && stored.as_numbers == space->as_numbers) return stored;
            national_space_table::write(
                session, *space, storage::new_record(state_->clock, actor.name, {base::Tlp::clear, base::Pap::clear}));
            state_->journal.append(session, actor, replaced(stored, *space));
            return national_space_table::read(session);
        });
    if (done.has_value()) state_->changed();
    return done;
}

base::Result<Team> Registry::replace_team(std::int64_t version, TeamContent content, base::Actor const& actor) {
    auto const correct = checked(std::move(content));
    if (correct.has_error()) return correct.error();
    auto done = state_->database.write(Priority::interactive, [&](Session& session) -> base::Result<Team> {
        auto const stored = team_table::read(session);
        if (stored.version != version) return stale(stored.version);
        if (stored.content == *correct) return stored;
        team_table::write(session, *correct,
                          storage::new_record(state_->clock, actor.name, {base::Tlp::clear, base::Pap::clear}));
        state_->journal.append(session, actor, registry::changed(stored.content, *correct));
        return team_table::read(session);
    });
    if (done.has_value()) state_->changed();
    return done;
}

std::shared_ptr<Team const> Registry::team() const {
    state_->refresh_if_stale();
    std::lock_guard const lock(state_->mutex);
    return state_->team;
}

std::shared_ptr<Attribution const> Registry::attribution() const {
    std::lock_guard const lock(state_->mutex);
    return state_->attribution;
}

std::shared_ptr<NationalSpace const> Registry::national_space() const {
    std::lock_guard const lock(state_->mutex);
    return state_->national_space;
}

void Registry::on_change(std::function<void()> listener) { state_->listeners.push_back(std::move(listener)); }

}  // namespace kula::registry
