#include "delivery_list.hpp"

#include <fmt/format.h>

#include <array>

#include "base/ascii.hpp"
#include "conversions.hpp"
#include "delivery_table.hpp"
#include "formats/base64.hpp"
#include "row.hpp"
#include "shown.hpp"
#include "storage/keyset.hpp"
#include "storage/where.hpp"
#include "texts.hpp"

namespace kula::intake {
namespace {

constexpr std::array state_names{std::pair(DeliveryState::stored, std::string_view("stored")),
                                 std::pair(DeliveryState::read, std::string_view("read")),
                                 std::pair(DeliveryState::refused, std::string_view("refused"))};

}  // namespace

std::string_view to_text(DeliveryState state) { return state_names.at(static_cast<std::size_t>(state)).second; }

std::optional<DeliveryState> parse_delivery_state(std::string_view text) {
    for (auto const& [state, name] : state_names) {
        if (name == text) return state;
    }
    return std::nullopt;
}

bool Delivery::is_archive() const {
    return account.format == delivery_table::archive_format || account.format == delivery_table::mail_format;
}

namespace delivery_list {
namespace {

using storage::Session;

constexpr std::size_t longest_search = 200;
constexpr std::size_t longest_page = 1000;
/// Of a row's bytes; in base64, 4 characters for 3 of them.
constexpr std::size_t most_shown = 4098;
constexpr std::size_t most_base64 = most_shown / 3 * 4;

std::vector<std::string> texts_of(std::string const& list) {
    std::vector<std::string> out;
    for (auto const& each : Json::parse(list)) out.push_back(each.get<std::string>());
    return out;
}

template <class... Values>
std::vector<Delivery> deliveries(Session const& session, std::string const& rest, Values const&... values) {
    std::vector<Delivery> out;
    session.each<std::string, std::string, std::string, std::string, std::uint64_t, std::string, std::uint64_t,
                 std::uint64_t, std::uint64_t, std::uint64_t, std::uint64_t, bool, std::optional<std::string>,
                 base::Instant, base::Instant, std::string>(
        [&out](std::string id, std::string source, std::string name, std::string sha256, std::uint64_t bytes,
               std::string format, std::uint64_t rows, std::uint64_t accepted, std::uint64_t duplicates,
               std::uint64_t quarantined, std::uint64_t events, bool complete, std::optional<std::string> reason,
               base::Instant received, base::Instant changed, std::string const& state_and_columns) {
            auto const bar = state_and_columns.find(' ');
            auto const state = *parse_delivery_state(state_and_columns.substr(0, bar));
            out.push_back({{std::move(id),
                            std::move(sha256),
                            std::move(format),
                            rows,
                            accepted,
                            duplicates,
                            quarantined,
                            events,
                            complete,
                            false,
                            state == DeliveryState::refused,
                            std::move(reason),
                            0,
                            texts_of(state_and_columns.substr(bar + 1)),
                            {}},
                           std::move(source),
                           std::move(name),
                           bytes,
                           state,
                           received,
                           changed});
        },
        "select id, source, name, sha256, bytes, format, rows, accepted, duplicates, quarantined, events, complete, "
        "reason, received_at, changed_at, state || ' ' || new_columns from delivery" +
            rest,
        values...);
    return out;
}

void add_filters(storage::Where& where, DeliveryQuery const& query) {
    if (query.source) where.add("source = ?", *query.source);
    if (query.state) where.add("state = ?", to_text(*query.state));
    if (query.complete) where.add("complete = ?", *query.complete);
    if (query.set_aside) where.add(*query.set_aside ? "quarantined > 0" : "quarantined = 0");
    if (!query.search.empty())
        where.add("lower(name) like ? escape '\\'", storage::like_anywhere(base::lower_case(query.search)));
}

storage::Keyset keyset_of(DeliverySort sort) {
    using Direction = storage::Keyset::Direction;
    auto const list = static_cast<int>(sort);
    auto const by = [list](std::string_view column, Direction direction) {
        return storage::Keyset(list, column, direction, storage::Keyset::Key::number);
    };
    switch (sort) {
        case DeliverySort::received: return by("received_at", Direction::ascending);
        case DeliverySort::rows: return by("rows", Direction::ascending);
        case DeliverySort::rows_descending: return by("rows", Direction::descending);
        case DeliverySort::quarantined: return by("quarantined", Direction::ascending);
        case DeliverySort::quarantined_descending: return by("quarantined", Direction::descending);
        case DeliverySort::received_descending: break;
    }
    return by("received_at", Direction::descending);
}

std::string key_of(DeliverySort sort, Delivery const& delivery) {
    switch (sort) {
        case DeliverySort::rows:
        case DeliverySort::rows_descending: return std::to_string(delivery.account.rows);
        case DeliverySort::quarantined:
        case DeliverySort::quarantined_descending: return std::to_string(delivery.account.quarantined);
        case DeliverySort::received:
        case DeliverySort::received_descending: break;
    }
    return std::to_string(base::to_microseconds(delivery.received_at));
}

DeliveryTotals totals_of(Session const& session, storage::Where const& where) {
    DeliveryTotals out;
    session.each<std::uint64_t, std::uint64_t, std::uint64_t, std::uint64_t, std::uint64_t, std::uint64_t,
                 std::uint64_t>(
        [&out](std::uint64_t deliveries, std::uint64_t stored, std::uint64_t failed, std::uint64_t set_aside,
               std::uint64_t rows, std::uint64_t events,
               std::uint64_t quarantined) { out = {deliveries, stored, failed, set_aside, rows, events, quarantined}; },
        "select count(*), count(case when state = 'stored' then 1 end), "
        "count(case when state = 'refused' or complete = 0 then 1 end), count(case when quarantined > 0 then 1 end), "
        "cast(coalesce(sum(rows), 0) as bigint), cast(coalesce(sum(events), 0) as bigint), "
        "cast(coalesce(sum(quarantined), 0) as bigint) from delivery" +
            where.sql(),
        where.arguments());
    return out;
}

}  // namespace

base::Result<DeliveryPage> page(Session const& session, DeliveryQuery const& query) {
    if (query.search.size() > longest_search) return base::invalid("search: is longer than 200 bytes");
    if (query.limit == 0 || query.limit > longest_page) return base::invalid("limit: is not from 1 to 1,000");
    storage::Where where;
    add_filters(where, query);
    DeliveryPage out;
    out.totals = totals_of(session, where);
    auto const keyset = keyset_of(query.sort);
    if (auto const placed = keyset.add_place(where, query.cursor); !placed) return placed.error();
    out.items = deliveries(session, where.sql() + keyset.order_by() + " limit ?", where.arguments(),
                           static_cast<std::int64_t>(query.limit + 1));
    if (out.items.size() > query.limit) {
        out.items.pop_back();
        auto const& last = out.items.back();
        out.next = keyset.cursor(key_of(query.sort, last), last.account.id);
    }
    return out;
}

DeliveryTotals totals(Session const& session) { return totals_of(session, {}); }

std::vector<std::string> sources(Session const& session) {
    return session.column<std::string>("select distinct source from delivery order by source");
}

std::optional<Delivery> find(Session const& session, DeliveryId id) {
    auto found = deliveries(session, " where id = ?", id);
    return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

std::vector<ShownRow> quarantined(Session const& session, DeliveryId id, std::uint64_t behind, std::size_t limit) {
    std::vector<ShownRow> out;
    session.each<std::uint64_t, std::uint64_t, std::string, std::string, bool>(
        [&out](std::uint64_t row, std::uint64_t line, std::string reason, std::string raw, bool is_cut) {
            auto text = shown(trimmed(formats::from_base64(raw).value_or("")));
            out.push_back({row, line, std::move(reason), std::move(text), std::move(raw), is_cut});
        },
        fmt::format("select row, line, reason, substr(raw, 1, {0}), cast(case when length(raw) > {0} then 1 else 0 end "
                    "as bigint) from quarantined_row where delivery = ? and row > ? order by row limit ?",
                    most_base64),
        id, behind, static_cast<std::int64_t>(limit));
    return out;
}

}  // namespace delivery_list
}  // namespace kula::intake
