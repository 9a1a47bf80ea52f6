#include "sighting_table.hpp"

#include <fmt/format.h>

#include <sstream>

#include "base/must.hpp"
#include "storage/record.hpp"

namespace kula::storage {

template <>
struct Column<events::Observation> {
    static constexpr std::array types{
        ColumnType::text,    ColumnType::text,    ColumnType::text,    ColumnType::text,    ColumnType::text,
        ColumnType::text,    ColumnType::integer, ColumnType::integer, ColumnType::integer, ColumnType::integer,
        ColumnType::integer, ColumnType::integer, ColumnType::integer, ColumnType::text,    ColumnType::text};
    static events::Observation read(Cell const* cells);
    static void bind(Cells& cells, events::Observation const& seen);
};

events::Observation Column<events::Observation>::read(Cell const* cells) {
    auto const direction = events::parse_direction(cells[4].text);
    auto const side = events::parse_side(cells[5].text);
    base::must(direction && side, "stored directions and sides are known");
    events::Observation out{cells[0].text, cells[1].text, cells[2].text, cells[3].text, *direction, *side};
    out.protocol = Column<std::uint8_t>::read(cells + 6);
    out.port = Column<std::uint16_t>::read(cells + 7);
    out.flows = Column<std::uint64_t>::read(cells + 8);
    out.packets = Column<std::uint64_t>::read(cells + 9);
    out.bytes = Column<std::uint64_t>::read(cells + 10);
    out.first = Column<base::Instant>::read(cells + 11);
    out.last = Column<base::Instant>::read(cells + 12);
    std::istringstream lines(cells[13].text);
    for (std::string line; std::getline(lines, line);) out.sources.push_back(line);
    out.readers = Column<base::Readers>::read(cells + 14);
    return out;
}

void Column<events::Observation>::bind(Cells& cells, events::Observation const& seen) {
    std::string sources;
    for (auto const& source : seen.sources) sources += source + '\n';
    Arguments arguments;
    arguments.add(seen.indicator, seen.kind, seen.matched, seen.peer, to_text(seen.direction), to_text(seen.side),
                  seen.protocol);
    arguments.add(seen.port, seen.flows, seen.packets, seen.bytes, seen.first, seen.last, sources, seen.readers);
    cells.insert(cells.end(), arguments.cells().begin(), arguments.cells().end());
}

}  // namespace kula::storage

namespace kula::events::sighting_table {
namespace {

using storage::Session;
using Text = std::optional<std::string>;

#define SEEN_COLUMNS                                                                                                           \
    "indicator, kind, matched, peer, direction, side, protocol, port, flows, packets, bytes, first_seen, last_seen, sources, " \
    "readers"
#define DECIDED_COLUMNS "national_address, foreign_address, country, organisation, network, sector"

constexpr auto select_sighting =
    "select id, hour, " SEEN_COLUMNS ", " DECIDED_COLUMNS ", " KULA_RECORD_COLUMNS " from sighting";

// What was decided when the sighting began stays.
constexpr auto upsert =
    "insert into sighting (id, hour, " SEEN_COLUMNS ", " DECIDED_COLUMNS ", " KULA_RECORD_COLUMNS
    ") "
    "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, " KULA_RECORD_PLACES
    ") "
    "on conflict (id) do update set flows = sighting.flows + excluded.flows, packets = sighting.packets + excluded.packets, "
    "bytes = sighting.bytes + excluded.bytes, "
    "first_seen = case when excluded.first_seen < sighting.first_seen then excluded.first_seen else sighting.first_seen end, "
    "last_seen = case when excluded.last_seen > sighting.last_seen then excluded.last_seen else sighting.last_seen end, "
    "sources = excluded.sources, readers = excluded.readers, " KULA_RECORD_UPDATE("sighting");

template <class Visitor, class... Values>
void each(Session const& session, Visitor const& visitor, std::string const& sql, Values const&... values) {
    session.each<SightingId, base::Instant, Observation, Text, Text, Text, std::optional<registry::OrganisationId>,
                 Text, Text, base::Record>(
        [&visitor](SightingId id, base::Instant hour, Observation&& seen, Text&& national, Text&& foreign,
                   Text&& country, std::optional<registry::OrganisationId> organisation, Text&& network, Text&& sector,
                   base::Record&& record) {
            seen.marking = record.marking;
            seen.lineage = record.lineage;
            visitor(Sighting{id, hour, std::move(seen), std::move(national), std::move(foreign), std::move(country),
                             organisation, std::move(network), std::move(sector), std::move(record)});
        },
        sql, values...);
}

/// The least identity of an hour; version and variant stand behind the moment, so zeros are below all of them.
std::string first_of_hour(base::Instant hour) {
    auto const milliseconds = std::chrono::floor<std::chrono::milliseconds>(hour).time_since_epoch().count();
    auto const digits = fmt::format("{:012x}", milliseconds);
    return digits.substr(0, 8) + '-' + digits.substr(8) + "-0000-0000-000000000000";
}

}  // namespace

bool begin_batch(Session& session, std::string_view writer, std::uint64_t batch, base::Instant now) {
    return session.execute(
               "insert into sighting_batch (writer, batch, stored_at) values (?, ?, ?) on conflict (writer) do update set "
               "batch = excluded.batch, stored_at = excluded.stored_at where sighting_batch.batch < excluded.batch",
               writer, batch, now) > 0;
}

void add(Session& session, std::vector<Sighting> const& sightings) {
    auto bulk = session.bulk(upsert);
    for (auto const& sighting : sightings) {
        bulk.add(sighting.id, sighting.hour, sighting.seen, sighting.national_address, sighting.foreign_address,
                 sighting.country, sighting.organisation, sighting.network, sighting.sector, sighting.record);
    }
    bulk.finish();
}

void note_collected(Session& session, base::Instant hour) {
    session.execute("insert into collected_hour (hour) values (?) on conflict (hour) do nothing", hour);
}

void add_shares(Session& session, std::vector<CollectedShare> const& shares) {
    auto bulk = session.bulk(
        "insert into collected_share (hour, exporter, came, lost, minutes) values (?, ?, ?, ?, ?) on conflict (hour, "
        "exporter) do update set came = collected_share.came + excluded.came, lost = collected_share.lost + "
        "excluded.lost, minutes = collected_share.minutes + excluded.minutes");
    for (auto const& [hour, exporter, came, lost, minutes] : shares) bulk.add(hour, exporter, came, lost, minutes);
    bulk.finish();
}

std::vector<CollectedShare> shares(Session const& session, Window window) {
    std::vector<CollectedShare> out;
    session.each<base::Instant, std::string, std::uint64_t, std::uint64_t, std::uint64_t>(
        [&](base::Instant hour, std::string exporter, std::uint64_t came, std::uint64_t lost, std::uint64_t minutes) {
            out.push_back({hour, std::move(exporter), came, lost, minutes});
        },
        "select hour, exporter, came, lost, minutes from collected_share where hour >= ? and hour < ? order by hour, "
        "exporter",
        window.from, window.to);
    return out;
}

std::vector<Sighting> read(Session const& session, std::vector<SightingId> const& ids) {
    std::vector<Sighting> out;
    if (ids.empty()) return out;
    storage::Arguments arguments;
    std::string places;
    for (auto const& id : ids) {
        arguments.add(id);
        places += places.empty() ? "?" : ", ?";
    }
    each(
        session, [&out](Sighting&& sighting) { out.push_back(std::move(sighting)); },
        std::string(select_sighting) + " where id in (" + places + ")", arguments);
    return out;
}

void each_brief_behind(Session const& session, SightingId behind, std::size_t limit,
                       std::function<void(Sighting const&)> const& visit) {
    Sighting brief;
    session.each<SightingId, base::Instant, Observation, Text, std::optional<registry::OrganisationId>, Text,
                 base::Marking>(
        [&](SightingId id, base::Instant hour, Observation&& seen, Text&& country,
            std::optional<registry::OrganisationId> organisation, Text&& sector, base::Marking marking) {
            brief.id = id;
            brief.hour = hour;
            brief.seen = std::move(seen);
            brief.seen.marking = marking;
            brief.country = std::move(country);
            brief.organisation = organisation;
            brief.sector = std::move(sector);
            visit(brief);
        },
        "select id, hour, indicator, '', matched, peer, direction, side, protocol, port, flows, packets, bytes, first_seen, "
        "last_seen, '', readers, country, organisation, sector, tlp, pap from sighting where id > ? order by id limit ?",
        behind, limit);
}

std::optional<base::Instant> oldest_hour(Session const& session) {
    auto const row = session.row<base::Instant>("select hour from sighting order by id limit 1");
    return row ? std::optional(std::get<0>(*row)) : std::nullopt;
}

std::vector<base::Instant> collected_hours(Session const& session) {
    return session.column<base::Instant>("select hour from collected_hour order by hour");
}

std::int64_t remove_hour(Session& session, base::Instant hour, std::size_t limit) {
    session.execute("delete from collected_share where hour = ?", hour);  // What it held is not known any more.
    return session.execute(
        "delete from sighting where id in (select id from sighting where id >= ? and id < ? order by id limit ?)",
        first_of_hour(hour), first_of_hour(hour + std::chrono::hours(1)), limit);
}

void forget_collected_before(Session& session, base::Instant hour) {
    session.execute("delete from collected_hour where hour < ?", hour);
    session.execute("delete from collected_share where hour < ?", hour);
}

void forget_batches_before(Session& session, base::Instant moment) {
    session.execute("delete from sighting_batch where stored_at < ?", moment);
}

void release_organisation(Session& session, std::vector<SightingId> const& ids) {
    auto bulk = session.bulk(
        "update sighting set organisation = null, network = null, sector = null, version = version + 1 where id = ?");
    for (auto const& id : ids) bulk.add(id);
    bulk.finish();
}

}  // namespace kula::events::sighting_table
