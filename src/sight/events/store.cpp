#include "events/store.hpp"

#include <algorithm>
#include <set>

#include "decision.hpp"
#include "events_migrations.hpp"
#include "page.hpp"
#include "selection.hpp"
#include "sighting_table.hpp"
#include "store_state.hpp"
#include "summary.hpp"

namespace kula::events {

using storage::Priority;
using storage::Session;

namespace {

constexpr std::chrono::seconds longest_wait{10};
constexpr std::chrono::seconds pause_between_attempts{1};
constexpr std::size_t rows_at_once = 20'000;  ///< PostgreSQL hands a whole answer over before the first row.
constexpr std::chrono::hours longest_picture{24 * 3653};
constexpr std::size_t most_hours = 2160;
constexpr std::size_t most_news_ids = 100;

base::Result<void> check_window(Window window) {
    bool const is_closed = window.from != base::Instant::min() && window.to != base::Instant::max();
    if (!is_closed || window.from >= window.to) return base::invalid("window: has no length");
    if (window.to - window.from > longest_picture) return base::invalid("window: is longer than ten years");
    return {};
}

bool is_in_reach(Sighting const& sighting, base::Clearance const& clearance) {
    auto const tlp = sighting.record.marking.tlp;
    if (!clearance.may_read(tlp, sighting.seen.readers)) return false;
    return clearance.sees_everything() ||
           (sighting.organisation && clearance.may_see(sighting.organisation->uuid()) && tlp < base::Tlp::amber_strict);
}

}  // namespace

SightingStore::State::State(storage::Database& used_database, base::Clock const& used_clock)
    : database(used_database), clock(used_clock), writer(base::Uuid::v7(used_clock.now()).text()) {}

SightingStore::State::~State() {
    {
        std::lock_guard const lock(loading);
        is_closing = true;
    }
    loading_changed.notify_all();
    if (loader.joinable()) loader.join();
}

base::Result<void> SightingStore::State::wait_until_loaded() const {
    std::unique_lock lock(loading);
    loading_changed.wait_for(lock, longest_wait, [this] { return is_loaded || is_closing; });
    if (!is_loaded) return base::unavailable("the kept sightings are still being read");
    return {};
}

base::Result<void> SightingStore::State::load_once(Columns& fresh) {
    SightingId behind;
    for (std::size_t count = rows_at_once; count == rows_at_once;) {
        count = 0;
        auto const read = database.read([&](Session const& session) {
            sighting_table::each_brief_behind(session, behind, rows_at_once, [&](Sighting const& sighting) {
                fresh.load(sighting);
                behind = sighting.id;
                ++count;
            });
        });
        if (read.has_error()) return read;
        std::lock_guard const lock(loading);
        if (is_closing) return base::unavailable("the store is being closed");
    }
    auto const collected =
        database.read([](Session const& session) { return sighting_table::collected_hours(session); });
    if (collected.has_error()) return collected.error();
    for (auto const hour : *collected) fresh.note_collected(hour);
    return {};
}

void SightingStore::State::load() {
    for (;;) {
        Columns fresh;
        bool const is_read = load_once(fresh).has_value();
        std::unique_lock lock(loading);
        if (is_closing) return;
        if (is_read) {
            std::lock_guard const swap(mutex);
            columns = std::move(fresh);
            kept_seen.forget();
            is_loaded = true;
            loading_changed.notify_all();
            return;
        }
        loading_changed.wait_for(lock, pause_between_attempts, [this] { return is_closing; });
    }
}

SightingStore::SightingStore(std::unique_ptr<State> state) : state_(std::move(state)) {}
SightingStore::~SightingStore() = default;

base::Result<std::unique_ptr<SightingStore>> SightingStore::open(storage::Database& database,
                                                                 base::Clock const& clock) {
    if (auto const migrated = database.migrate(events_migrations()); migrated.has_error()) return migrated.error();
    auto state = std::make_unique<State>(database, clock);
    auto const forgotten = database.write(Priority::bulk, [&clock](Session& session) {
        sighting_table::forget_batches_before(session, clock.now() - std::chrono::days(7));
    });
    if (forgotten.has_error()) return forgotten.error();
    state->loader = std::thread([loading = state.get()] { loading->load(); });
    return std::unique_ptr<SightingStore>(new SightingStore(std::move(state)));
}

base::Result<void> SightingStore::note_collected(std::vector<CollectedShare> const& shares) {
    return state_->database.write(Priority::bulk,
                                  [&](Session& session) { sighting_table::add_shares(session, shares); });
}

base::Result<std::vector<CollectedShare>> SightingStore::collected(Window window) const {
    return state_->database.read([&](Session const& session) { return sighting_table::shares(session, window); });
}

base::Result<void> SightingStore::add(std::vector<Sighting> const& sightings, std::uint64_t batch) {
    if (auto const loaded = state_->wait_until_loaded(); loaded.has_error()) return loaded;
    std::lock_guard const one_at_a_time(state_->storing);
    auto const now = state_->clock.now();
    std::set<base::Instant> hours{hour_of(now)};
    for (auto const& sighting : sightings) hours.insert(sighting.hour);
    auto const stored = state_->database.write(Priority::bulk, [&](Session& session) {
        if (!sighting_table::begin_batch(session, state_->writer, batch, now)) return;
        sighting_table::add(session, sightings);
        for (auto const hour : hours) sighting_table::note_collected(session, hour);
    });
    if (stored.has_error()) return stored;
    News news{now};
    {
        std::lock_guard const lock(state_->mutex);
        for (auto const hour : hours) state_->columns.note_collected(hour);
        for (auto const& sighting : sightings) {
            bool const has_begun = state_->columns.add(sighting);
            if (sighting.seen.marking.tlp == base::Tlp::red) continue;
            ++news.count;
            if (has_begun) ++news.begun;
            if (news.ids.size() < most_news_ids) news.ids.push_back(sighting.id);
            news.flows[static_cast<std::size_t>(sighting.seen.direction)] += sighting.seen.flows;
            news.bytes += sighting.seen.bytes;
        }
        state_->columns.settle();
        state_->kept_seen.forget();
    }
    if (news.count > 0) {
        for (auto const& listener : state_->listeners) listener(news);
    }
    return {};
}

base::Result<SightingPage> SightingStore::list(SightingFilter const& filter, SightingSort sort, SortOrder order,
                                               std::string const& cursor, std::size_t limit) const {
    if (auto const loaded = state_->wait_until_loaded(); loaded.has_error()) return loaded.error();
    auto ids = [&] {
        std::shared_lock const lock(state_->mutex);
        return page_of(state_->columns, filter, sort, order, cursor, limit);
    }();
    if (ids.has_error()) return ids.error();
    auto read =
        state_->database.read([&ids](Session const& session) { return sighting_table::read(session, ids->ids); });
    if (read.has_error()) return read.error();
    std::unordered_map<base::Uuid, Sighting, UuidHash> by_id;
    for (auto& sighting : *read) by_id.emplace(sighting.id.uuid(), std::move(sighting));
    SightingPage page{{}, std::move(ids->next), ids->totals};
    for (auto const& id : ids->ids) {
        auto const found = by_id.find(id.uuid());
        if (found != by_id.end()) page.items.push_back(std::move(found->second));
    }
    return page;
}

base::Result<Sighting> SightingStore::find(SightingId id, base::Clearance const& clearance) const {
    return state_->database.read([&](Session const& session) -> base::Result<Sighting> {
        auto found = sighting_table::read(session, {id});
        if (found.empty() || !is_in_reach(found.front(), clearance)) return base::not_found("no such sighting");
        return std::move(found.front());
    });
}

base::Result<std::vector<SightingHour>> SightingStore::hours(SightingId id, base::Clearance const& clearance) const {
    if (auto const loaded = state_->wait_until_loaded(); loaded.has_error()) return loaded.error();
    std::shared_lock const lock(state_->mutex);
    auto const found = state_->columns.find(id);
    Reach const reach(state_->columns, clearance);
    if (!found || !reach.holds(found->second)) return base::not_found("no such sighting");
    std::vector<SightingHour> out;
    for (auto const& [hour, rows] : state_->columns.hours()) {
        for (auto const& row : rows) {
            if (row.is_same_traffic(found->second) && reach.holds(row))
                out.push_back({SightingId(row.id), hour, row.flows, row.packets, row.bytes});
        }
    }
    if (out.size() > most_hours) out.erase(out.begin(), out.end() - most_hours);
    return out;
}

base::Result<Related> SightingStore::related(SightingId id, base::Clearance const& clearance) const {
    if (auto const loaded = state_->wait_until_loaded(); loaded.has_error()) return loaded.error();
    std::shared_lock const lock(state_->mutex);
    auto const found = state_->columns.find(id);
    Reach const reach(state_->columns, clearance);
    if (!found || !reach.holds(found->second)) return base::not_found("no such sighting");
    auto const& [indicator, organisation, national] =
        std::make_tuple(found->second.indicator, found->second.organisation, found->second.national());
    Related out;
    for (auto const& [hour, rows] : state_->columns.hours()) {
        for (auto const& row : rows) {
            if (!reach.holds(row)) continue;
            if (row.indicator == indicator) ++out.same_indicator;
            if (organisation != 0 && row.organisation == organisation) ++out.same_organisation;
            if (national != 0 && row.national() == national) ++out.same_national_address;
        }
    }
    return out;
}

base::Result<Picture> SightingStore::picture(SightingFilter const& filter, std::size_t top) const {
    if (auto const fits = check_window(filter.window); fits.has_error()) return fits.error();
    if (auto const loaded = state_->wait_until_loaded(); loaded.has_error()) return loaded.error();
    std::shared_lock const lock(state_->mutex);
    return picture_of(state_->columns, filter, top);
}

base::Result<Totals> SightingStore::totals(SightingFilter const& filter) const {
    if (auto const loaded = state_->wait_until_loaded(); loaded.has_error()) return loaded.error();
    std::shared_lock const lock(state_->mutex);
    return totals_of(state_->columns, filter);
}

base::Result<std::optional<std::pair<base::Instant, base::Instant>>> SightingStore::span(
    SightingFilter const& filter) const {
    if (auto const loaded = state_->wait_until_loaded(); loaded.has_error()) return loaded.error();
    std::shared_lock const lock(state_->mutex);
    std::optional<std::pair<base::Instant, base::Instant>> out;
    Selection(state_->columns, filter).each([&out](base::Instant hour, Row const& row) {
        auto const first = hour + std::chrono::milliseconds(row.first);
        auto const last = hour + std::chrono::milliseconds(row.last);
        out = out ? std::make_pair(std::min(out->first, first), std::max(out->second, last))
                  : std::make_pair(first, last);
    });
    return out;
}

base::Result<Activities> SightingStore::activity(ActivitySubject of, Window window,
                                                 base::Clearance const& clearance) const {
    if (auto const loaded = state_->wait_until_loaded(); loaded.has_error()) return loaded.error();
    std::shared_lock const lock(state_->mutex);
    return state_->kept_seen.seen(state_->columns, of, window, clearance)->all();
}

base::Result<Activities> SightingStore::activity(ActivitySubject of, std::vector<std::string> const& keys,
                                                 Window window, base::Clearance const& clearance) const {
    if (auto const loaded = state_->wait_until_loaded(); loaded.has_error()) return loaded.error();
    std::shared_lock const lock(state_->mutex);
    return state_->kept_seen.seen(state_->columns, of, window, clearance)->these(keys);
}

base::Result<std::vector<RankedActivity>> SightingStore::ranked(ActivityRanking const& ranking) const {
    if (auto const loaded = state_->wait_until_loaded(); loaded.has_error()) return loaded.error();
    std::shared_lock const lock(state_->mutex);
    return state_->kept_seen.seen(state_->columns, ranking.of, ranking.window, ranking.clearance)->ranked(ranking);
}

base::Result<bool> SightingStore::holds_red(SightingFilter const& filter) const {
    if (auto const loaded = state_->wait_until_loaded(); loaded.has_error()) return loaded.error();
    std::shared_lock const lock(state_->mutex);
    if (state_->columns.readers.size() == 1) return false;  // None has ever been here.
    bool out = false;
    Selection(state_->columns, filter).each([&out](base::Instant, Row const& row) { out |= row.readers != 0; });
    return out;
}

base::Result<std::optional<base::Instant>> SightingStore::oldest_hour() const {
    return state_->database.read([](Session const& session) { return sighting_table::oldest_hour(session); });
}

base::Result<std::uint64_t> SightingStore::size() const {
    if (auto const loaded = state_->wait_until_loaded(); loaded.has_error()) return loaded.error();
    std::shared_lock const lock(state_->mutex);
    return state_->columns.size();
}

void SightingStore::on_news(std::function<void(News const&)> listener) {
    state_->listeners.push_back(std::move(listener));
}

}  // namespace kula::events
