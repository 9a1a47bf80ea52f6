#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/ascii.hpp"
#include "indicators/store.hpp"
#include "storage/keyset.hpp"
#include "storage/record.hpp"
#include "storage/where.hpp"
#include "store_state.hpp"

namespace kula::indicators {
namespace {

constexpr std::size_t longest_search = 200;
constexpr std::size_t longest_page = 1000;
constexpr std::int64_t few = 5000;

base::Error too_long_search() { return base::invalid("search: is longer than 200 bytes"); }

using Text = std::optional<std::string>;
using Moment = std::optional<base::Instant>;

constexpr std::string_view indicator_columns =
    "id, value, tlp, pap, class, type, confidence, active_from, active_until, flagged, first_listed, last_listed, "
    "valid_until, sort_key";

struct Stored {
    Indicator indicator;
    std::string sort_key;
};

bool is_active(base::Instant from, base::Instant until, base::Instant now) { return from <= now && now < until; }

// A value that is stored was canonical when it was; if the rules have changed since, its text is all that is left.
Value value_of(std::string const& text) {
    auto value = Value::parse(text, ReservedSpace::allow);
    if (value) return std::move(*value);
    Value as_it_stands;
    as_it_stands.kind = Kind::domain;
    as_it_stands.name = text;
    return as_it_stands;
}

template <class... Arguments>
std::vector<Stored> indicators_of(storage::Session const& session, base::Instant now, std::string const& sql,
                                  Arguments const&... arguments) {
    std::vector<Stored> out;
    session.each<IndicatorId, std::string, base::Marking, Text, Text, Confidence, base::Instant, base::Instant, bool,
                 base::Instant, base::Instant, Moment, std::string>(
        [&](IndicatorId id, std::string const& value, base::Marking marking, Text const& of_class, Text const& of_type,
            Confidence confidence, base::Instant from, base::Instant until, bool flagged, base::Instant first,
            base::Instant last, Moment valid_until, std::string const& sort_key) {
            out.push_back({{id,
                            value_of(value),
                            marking,
                            {},
                            of_class,
                            of_type,
                            confidence,
                            is_active(from, until, now),
                            flagged,
                            first,
                            last,
                            valid_until,
                            {}},
                           sort_key});
        },
        sql, arguments...);
    return out;
}

// Puts the listings to the indicators they are of. Every one counts for the readers, also those that are not shown.
void add_listings(storage::Session const& session, std::vector<Stored>& items, DecayTable const& decay,
                  base::Instant now, base::Clearance const& clearance) {
    if (items.empty()) return;
    std::map<IndicatorId, Indicator*> by_id;
    std::vector<IndicatorId> ids;
    for (auto& item : items) {
        by_id[item.indicator.id] = &item.indicator;
        ids.push_back(item.indicator.id);
    }
    storage::Where where;
    where.add_among("l.indicator", ids);
    std::set<IndicatorId> has_readers;
    session.each<IndicatorId, std::string, Confidence, base::Marking, base::Readers, Text, Text, Text, base::Instant,
                 base::Instant, Moment, Moment, Moment, base::Instant, base::Instant, bool>(
        [&](IndicatorId id, std::string const& name, Confidence confidence, base::Marking marking,
            base::Readers const& readers, Text const& of_class, Text const& of_type, Text const& comment,
            base::Instant first_listed, base::Instant last_listed, Moment first_seen, Moment last_seen,
            Moment valid_until, base::Instant from, base::Instant until, bool listed) {
            auto& indicator = *by_id.at(id);
            if (indicator.marking.tlp == base::Tlp::red)
                indicator.readers = has_readers.insert(id).second ? readers : base::common(indicator.readers, readers);
            if (!clearance.may_read(marking.tlp, readers)) return;
            auto const effective =
                effective_confidence(confidence, last_seen.value_or(last_listed), decay.of(indicator.value.kind), now);
            indicator.listings.push_back({name, confidence, effective, marking, readers, of_class, of_type, comment,
                                          first_listed, last_listed, first_seen, last_seen, valid_until, listed,
                                          is_active(from, until, now)});
        },
        "select l.indicator, s.name, l.confidence, l.tlp, l.pap, l.readers, l.class, l.type, l.comment, l.first_listed, l.last_listed, "
        "l.first_seen, l.last_seen, l.valid_until, l.active_from, l.active_until, l.listed from indicator_source l "
        "join source s on s.id = l.source" +
            where.sql(),
        where.arguments());
    for (auto& item : items) {
        auto& listings = item.indicator.listings;
        std::sort(listings.begin(), listings.end(),
                  [](Listing const& a, Listing const& b) { return a.source < b.source; });
    }
}

storage::Keyset keyset_of(IndicatorSort sort) {
    using Direction = storage::Keyset::Direction;
    using Key = storage::Keyset::Key;
    auto const list = static_cast<int>(sort);
    switch (sort) {
        case IndicatorSort::value: return {list, "sort_key", Direction::ascending, Key::hexadecimal};
        case IndicatorSort::value_descending: return {list, "sort_key", Direction::descending, Key::hexadecimal};
        case IndicatorSort::confidence: return {list, "confidence", Direction::ascending, Key::number};
        case IndicatorSort::confidence_descending: return {list, "confidence", Direction::descending, Key::number};
        case IndicatorSort::last_listed: return {list, "last_listed", Direction::ascending, Key::number};
        case IndicatorSort::last_listed_descending: break;
    }
    return {list, "last_listed", Direction::descending, Key::number};
}

std::string key_of(IndicatorSort sort, Stored const& row) {
    switch (sort) {
        case IndicatorSort::value:
        case IndicatorSort::value_descending: return row.sort_key;
        case IndicatorSort::confidence:
        case IndicatorSort::confidence_descending: return std::to_string(row.indicator.confidence);
        case IndicatorSort::last_listed:
        case IndicatorSort::last_listed_descending: break;
    }
    return std::to_string(base::to_microseconds(row.indicator.last_listed));
}

// TLP:RED may be read by whom all its listings name.
struct Hidden {
    std::string sql;
    storage::Arguments arguments;
};
Hidden hidden_from(base::Clearance const& clearance) {
    Hidden out;
    auto const readable = storage::readable_rows("r.", clearance);
    if (readable.sql.empty()) return out;
    out.sql = "tlp = 'red' and exists (select 1 from indicator_source r where r.indicator = indicator.id and not (" +
              readable.sql + "))";
    out.arguments = readable.arguments;
    return out;
}

constexpr std::string_view is_found = "lower(value) like ? escape '\\'";

void add_search(storage::Where& where, IndicatorQuery const& query, std::string_view condition) {
    if (!query.search.empty()) where.add(condition, storage::like_anywhere(base::lower_case(query.search)));
}

void add_filters(storage::Where& where, IndicatorQuery const& query, base::Instant now) {
    if (query.kind) where.add("kind = ?", to_text(*query.kind));
    if (query.flagged) where.add("flagged = ?", *query.flagged);
    if (query.active) {
        where.add(*query.active ? "active_from <= ? and active_until > ?" : "active_from > ? or active_until <= ?", now,
                  now);
    }
    if (query.source) {
        auto const readable = storage::readable_rows("l.", query.clearance);
        std::string condition =
            "exists (select 1 from indicator_source l join source s on s.id = l.source "
            "where l.indicator = indicator.id and s.name = ?";
        if (!readable.sql.empty()) condition += " and (" + readable.sql + ")";
        where.add(condition + ")", *query.source, readable.arguments);
    }
}

std::int64_t count_of(storage::Session const& session, storage::Where const& where, Hidden const& hidden) {
    auto const total = session.value<std::int64_t>("select count(*) from indicator" + where.sql(), where.arguments());
    if (hidden.sql.empty()) return total;
    // Counted apart, by an index of its own: the whole is counted without reading a row.
    auto hidden_ones = where;
    hidden_ones.add(hidden.sql, hidden.arguments);
    return total -
           session.value<std::int64_t>("select count(*) from indicator" + hidden_ones.sql(), hidden_ones.arguments());
}

// The same for two queries of equal totals: place and length of the page are not in it.
std::string what_is_counted(IndicatorQuery const& query) {
    auto const flag = [](std::optional<bool> const& each) { return each ? *each ? "yes" : "no" : "any"; };
    auto const& reader = query.clearance;
    auto out = fmt::format("{} {} {} {} {}", reader.reads_every_red(), reader.person() ? reader.person()->text() : "-",
                           query.kind ? to_text(*query.kind) : "any", flag(query.flagged), flag(query.active));
    // In no UTF-8 text: what people write cannot run together.
    return out + '\xff' + query.search + '\xff' + (query.source ? "=" + *query.source : "");
}

std::int64_t total_of(storage::Session const& session, IndicatorQuery const& query, StoreState const& state,
                      base::Instant now) {
    return state.totals.total(what_is_counted(query), now, [&] {
        storage::Where where;
        add_filters(where, query, now);
        add_search(where, query, is_found);
        return count_of(session, where, hidden_from(query.clearance));
    });
}

base::Result<IndicatorPage> page_of(storage::Session const& session, IndicatorQuery const& query,
                                    StoreState const& state, base::Instant now) {
    storage::Where where;
    add_filters(where, query, now);
    auto const hidden = hidden_from(query.clearance);
    IndicatorPage page;
    page.total = total_of(session, query, state, now);
    // Few are found in the index of the values alone, without reading a row of the others.
    add_search(where, query,
               page.total <= few ? fmt::format("value in (select value from indicator where {})", is_found)
                                 : std::string(is_found));
    if (!hidden.sql.empty()) where.add("not (" + hidden.sql + ")", hidden.arguments);
    auto const keyset = keyset_of(query.sort);
    if (auto const placed = keyset.add_place(where, query.cursor); placed.has_error()) return placed.error();
    auto const sql =
        fmt::format("select {} from indicator{}{} limit ?", indicator_columns, where.sql(), keyset.order_by());
    auto items = indicators_of(session, now, sql, where.arguments(), static_cast<std::int64_t>(query.limit + 1));
    bool const is_last = items.size() <= query.limit;
    if (!is_last) items.pop_back();
    add_listings(session, items, state.decay, now, query.clearance);
    for (auto& item : items) {
        page.behind.push_back(keyset.cursor(key_of(query.sort, item), item.indicator.id.text()));
        page.items.push_back(std::move(item.indicator));
    }
    if (!is_last) page.next = page.behind.back();
    return page;
}

// What the clauses find and may be read, in no order.
std::vector<Indicator> find_where(storage::Session const& session, storage::Where const& where, StoreState const& state,
                                  base::Instant now, base::Clearance const& clearance) {
    auto items = indicators_of(session, now, fmt::format("select {} from indicator{}", indicator_columns, where.sql()),
                               where.arguments());
    add_listings(session, items, state.decay, now, clearance);
    std::vector<Indicator> out;
    for (auto& item : items) {
        auto& indicator = item.indicator;
        if (clearance.may_read(indicator.marking.tlp, indicator.readers)) out.push_back(std::move(indicator));
    }
    return out;
}

}  // namespace

base::Result<IndicatorPage> Store::list(IndicatorQuery const& query) const {
    if (query.search.size() > longest_search) return too_long_search();
    if (query.limit == 0 || query.limit > longest_page) return base::invalid("limit: is not from 1 to 1,000");
    auto const now = state_->clock.now();
    return state_->database.read(
        [&](storage::Session const& session) { return page_of(session, query, *state_, now); });
}

base::Result<std::int64_t> Store::count(IndicatorQuery const& query) const {
    if (query.search.size() > longest_search) return too_long_search();
    auto const now = state_->clock.now();
    return state_->database.read(
        [&](storage::Session const& session) { return total_of(session, query, *state_, now); });
}

base::Result<std::vector<Indicator>> Store::among(std::vector<std::string> const& values,
                                                  IndicatorQuery const& query) const {
    if (query.search.size() > longest_search) return too_long_search();
    if (values.size() > longest_page) return base::invalid("values: are more than 1,000");
    auto const now = state_->clock.now();
    storage::Where where;
    where.add_among("value", values);
    add_filters(where, query, now);
    add_search(where, query, is_found);
    return state_->database.read(
        [&](storage::Session const& session) { return find_where(session, where, *state_, now, query.clearance); });
}

base::Result<std::vector<Indicator>> Store::find(std::vector<IndicatorId> const& ids,
                                                 base::Clearance const& clearance) const {
    if (ids.size() > longest_page) return base::invalid("ids: are more than 1,000");
    storage::Where where;
    where.add_among("id", ids);
    auto found = state_->database.read([&](storage::Session const& session) {
        return find_where(session, where, *state_, state_->clock.now(), clearance);
    });
    if (found.has_error()) return found.error();
    std::map<IndicatorId, Indicator*> by_id;
    for (auto& indicator : *found) by_id[indicator.id] = &indicator;
    std::vector<Indicator> out;
    for (auto const& id : ids) {
        if (auto const at = by_id.find(id); at != by_id.end()) out.push_back(*at->second);
    }
    return out;
}

base::Result<Indicator> Store::find(IndicatorId id, base::Clearance const& clearance) const {
    auto found = find(std::vector{id}, clearance);
    if (found.has_error()) return found.error();
    if (found->empty()) return base::not_found("indicator: there is none of this id");
    return std::move(found->front());
}

base::Result<Indicator> Store::find(std::string_view text, base::Clearance const& clearance) const {
    auto const value = Value::parse(text, ReservedSpace::allow);
    if (value.has_error()) return value.error();
    auto const id = state_->database.read([&](storage::Session const& session) {
        auto const row = session.row<IndicatorId>("select id from indicator where value = ?", value->text());
        return row ? std::optional(std::get<0>(*row)) : std::nullopt;
    });
    if (id.has_error()) return id.error();
    auto const none = base::not_found("indicator: there is none of this value");
    if (!*id) return none;
    auto found = find(**id, clearance);
    if (found.has_error() && found.error().fault == base::Fault::not_found) return none;
    return found;
}

base::Result<std::vector<SourceSummary>> Store::sources(base::Clearance const& clearance) const {
    auto const now = state_->clock.now();
    auto const readable = storage::readable_rows("l.", clearance);
    std::string const hidden = readable.sql.empty() ? "1 = 0" : "not (" + readable.sql + ")";
    return state_->database.read([&](storage::Session const& session) {
        std::vector<SourceSummary> out;
        session.each<std::string, std::string, Confidence, base::Marking, Text, Text, std::int64_t, std::int64_t,
                     base::Instant, base::Readers>(
            [&](std::string const& id, std::string const& name, Confidence confidence, base::Marking marking,
                Text const& of_class, Text const& of_type, std::int64_t listed, std::int64_t active,
                base::Instant last_import, base::Readers const& readers) {
                if (!clearance.may_read(marking.tlp, readers)) return;
                out.push_back({id, name, confidence, marking, of_class, of_type, listed, active, last_import, readers});
            },
            "select id, name, confidence, tlp, pap, class, type, listed - (select count(*) from indicator_source l "
            "where l.source = source.id and l.tlp = 'red' and l.listed = 1 and " +
                hidden +
                "), (select count(*) from indicator_source l "
                "where l.source = source.id and l.listed = 1 and l.active_until > ?) - (select count(*) from "
                "indicator_source l where l.source = source.id and l.tlp = 'red' and l.listed = 1 and "
                "l.active_until > ? and " +
                hidden + "), last_import, readers from source",
            readable.arguments, now, now, readable.arguments);
        std::sort(out.begin(), out.end(), [](auto const& a, auto const& b) { return a.name < b.name; });
        return out;
    });
}

base::Result<IndicatorCounts> Store::counts(base::Clearance const& clearance) const {
    auto const now = state_->clock.now();
    auto const hidden = hidden_from(clearance);
    storage::Where where;
    if (!hidden.sql.empty()) where.add("not (" + hidden.sql + ")", hidden.arguments);
    auto const readable = storage::readable_rows("", clearance);
    storage::Where of_sources;
    if (!readable.sql.empty()) of_sources.add(readable.sql, readable.arguments);
    return state_->database.read([&](storage::Session const& session) {
        auto const [total, active, flagged] =
            session
                .row<std::int64_t, std::int64_t, std::int64_t>(
                    "select count(*), coalesce(cast(sum(case when active_from <= ? and active_until > ? then 1 else 0 end) as "
                    "bigint), 0), coalesce(cast(sum(flagged) as bigint), 0) from indicator" +
                        where.sql(),
                    now, now, where.arguments())
                .value();
        return IndicatorCounts{
            total, active, flagged,
            session.value<std::int64_t>("select count(*) from source" + of_sources.sql(), of_sources.arguments())};
    });
}

}  // namespace kula::indicators
