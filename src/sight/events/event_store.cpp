#include "events/event_store.hpp"

#include <set>

#include "duplicate_keys.hpp"
#include "event_hours.hpp"
#include "event_keys.hpp"
#include "event_owner.hpp"
#include "events/event_decision.hpp"
#include "events_migrations.hpp"
#include "known_events.hpp"
#include "looked_up.hpp"
#include "storage/record.hpp"
#include "storage/where.hpp"

namespace kula::events {
namespace {

using storage::Session;

constexpr std::size_t events_at_once = 1000;

constexpr auto insert =
    "insert into event (id, delivery, row, part, source, moment, observed, class, type, identifier, severity, malware, "
    "source_address, source_port, source_asn, source_country, source_domain, destination_address, destination_port, "
    "organisation, network, sector, content_key, happening_key, source_key, destination_key, domain_key, tags, fields, decision, " KULA_RECORD_COLUMNS
    ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, " KULA_RECORD_PLACES
    ")";
constexpr auto insert_place = "insert into event_place (place, event) values (?, ?)";

/// Of events that an older Kula kept; after the first start there are none.
base::Result<void> fill_keys(storage::Database& database) {
    for (std::size_t count = events_at_once; count == events_at_once;) {
        auto const filled = database.write(storage::Priority::bulk, [](Session& session) {
            auto const page = session.rows<base::Id<Event>, std::int64_t, std::string>(
                "select id, content_key, fields from event where tags is null order by id limit ?", events_at_once);
            auto update = session.bulk(
                "update event set source_key = ?, destination_key = ?, domain_key = ?, tags = ? where id = ?");
            auto places = session.bulk(insert_place);
            for (auto const& [id, content_key, fields] : page) {
                auto const keys = keys_of(Event::from_stored(fields));
                update.add(keys.source, keys.destination, keys.domain, keys.tags, id);
                for (auto const& place : keys.further) places.add(place, content_key);
            }
            update.finish();
            places.finish();
            return page.size();
        });
        if (!filled) return filled.error();
        count = *filled;
    }
    return {};
}

}  // namespace

base::Result<std::unique_ptr<EventStore>> EventStore::open(storage::Database& database, base::Clock const& clock) {
    if (auto const migrated = database.migrate(events_migrations()); !migrated) return migrated.error();
    if (auto const filled = fill_keys(database); !filled) return filled.error();
    if (auto const written = write_event_hours(database); !written) return written.error();
    return std::unique_ptr<EventStore>(new EventStore(database, clock));
}

std::vector<Brought> EventStore::add(Session& session, EventOrigin const& origin, std::vector<ToldEvent> const& told,
                                     registry::Attribution const& attribution, origins::TablesNow const& tables) const {
    std::vector<DuplicateKeys> keys;
    keys.reserve(told.size());
    for (auto const& each : told) keys.push_back(duplicate_keys(each.event, origin));
    KnownEvents known(session, origin, told, keys);
    auto record = storage::new_record(clock_, "source:" + origin.source, origin.marking, "delivery:" + origin.delivery);
    std::vector<Brought> brought;
    brought.reserve(told.size());
    std::vector<std::pair<std::size_t, base::Id<Event>>> made;
    std::set<base::Id<Event>> made_ids, repeated;
    for (std::size_t at = 0; at < told.size(); ++at) {
        auto const id = base::Id<Event>::make(record.created_at);
        auto const [same, what] = known.take(at, id);
        brought.push_back(what);
        if (what == Brought::event) {
            made.emplace_back(at, id);
            made_ids.insert(id);
        } else if (!made_ids.contains(same)) {
            repeated.insert(same);
        }
    }
    EventDecision decision{.registry = attribution.version()};
    if (tables.as_numbers) decision.as_table = tables.as_numbers->about().version;
    if (tables.countries) decision.countries = tables.countries->about().version;
    std::string decided;  // As JSON; most of a batch is decided alike.
    auto bulk = session.bulk(insert);
    auto places = session.bulk(insert_place);
    EventHours hours;
    for (auto const& [at, id] : made) {
        auto const& [first_told, row, part] = told[at];
        auto const folded = known.folded(at);
        auto const& as_told = folded ? *folded : first_told;
        std::vector<std::string> looked_up;
        auto const with_looked_up = with_origins(as_told, tables, looked_up);
        auto const& event = with_looked_up ? *with_looked_up : as_told;
        auto const owner = owner_of(event, attribution);
        if (decided.empty() || decision.by != owner.by || decision.looked_up != looked_up) {
            decision.by = owner.by;
            decision.looked_up = std::move(looked_up);
            decided = to_json(decision).dump();
        }
        auto const event_keys = keys_of(event);
        auto const label = base::parse_tlp(event.text("tlp").value_or(""));
        auto const actions = base::parse_pap(event.text("extra.pap").value_or(""));
        record.marking =
            base::strictest(origin.marking, {label.value_or(base::Tlp::clear), actions.value_or(base::Pap::clear)});
        MarkedValues const values{keys[at].content,
                                  event.moment("time.source").value_or(origin.observed),
                                  origin.source,
                                  origin.delivery,
                                  event.text("classification.taxonomy").value_or(""),
                                  event.text("classification.type").value_or(""),
                                  searchable(event.text("severity")),
                                  event.integer("source.asn"),
                                  event.text("source.geolocation.cc"),
                                  event.integer("source.port"),
                                  event.integer("destination.port"),
                                  event_keys.tags};
        bulk.add(id, values.delivery, row, part, values.source, values.moment, origin.observed, values.rsit_class,
                 values.type, searchable(event.text("classification.identifier")), values.severity,
                 searchable(event.text("malware.name")), address_of(event, "source"), values.source_port,
                 values.as_number, values.country, domain_of(event, "source"), address_of(event, "destination"),
                 values.destination_port, owner.organisation, owner.network, owner.sector, keys[at].content,
                 keys[at].happening, event_keys.source, event_keys.destination, event_keys.domain, values.tags,
                 event.fields().dump(), decided, record);
        hours.note(values);
        for (auto const& place : event_keys.further) places.add(place, keys[at].content);
    }
    bulk.finish();
    places.finish();
    known.store(session, record, hours);
    hours.store(session);
    auto repeats = session.bulk("insert into event_repeat (delivery, event) values (?, ?) on conflict do nothing");
    for (auto const& id : repeated) repeats.add(origin.delivery, id);
    repeats.finish();
    return brought;
}

base::Result<void> EventStore::each(std::optional<std::string> const& source,
                                    std::function<bool(StoredEvent const&)> const& visit) const {
    base::Id<Event> behind;
    bool goes_on = true;
    for (std::size_t count = events_at_once; goes_on && count == events_at_once;) {
        storage::Where where;
        where.add("id > ?", behind);
        if (source) where.add("source = ?", *source);
        std::vector<StoredEvent> page;  // Whoever is told may be slow: no reading of the database waits for it.
        auto const read = database_.read([&](Session const& session) {
            page.clear();
            session.each<base::Id<Event>, std::string, std::string, std::uint64_t, base::Instant,
                         std::optional<registry::OrganisationId>, std::optional<std::string>, std::string>(
                [&](base::Id<Event> id, std::string from, std::string delivery, std::uint64_t row,
                    base::Instant observed, std::optional<registry::OrganisationId> organisation,
                    std::optional<std::string> network, std::string const& fields) {
                    page.push_back({id, std::move(from), std::move(delivery), row, observed, organisation,
                                    std::move(network), Event::from_stored(fields)});
                },
                "select id, source, delivery, row, observed, organisation, network, fields from event" + where.sql() +
                    " order by id limit ?",
                where.arguments(), static_cast<std::int64_t>(events_at_once));
        });
        if (!read) return read.error();
        count = page.size();
        for (auto const& event : page) {
            goes_on = goes_on && visit(event);
            behind = event.id;
        }
    }
    return {};
}

base::Result<void> EventStore::release_organisation(registry::OrganisationId id) {
    for (auto changed = static_cast<std::int64_t>(events_at_once); changed > 0;) {
        auto const released = database_.write(storage::Priority::bulk, [&id](Session& session) {
            return session.execute(
                "update event set organisation = null, network = null, sector = null, version = version + 1 where id in "
                "(select id from event where organisation = ? limit ?)",
                id, events_at_once);
        });
        if (!released) return released.error();
        changed = *released;
    }
    return {};
}

}  // namespace kula::events
