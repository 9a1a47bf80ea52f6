#include "event_hours.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/fnv.hpp"
#include "decision.hpp"
#include "storage/where.hpp"

namespace kula::events {
namespace {

using storage::Session;

constexpr std::size_t rows_written_at_once = 20'000;
constexpr std::size_t most_hours_asked = 500;       ///< Of feeds, at once.
constexpr std::size_t most_marks_counted = 10'000;  ///< To tell which mark is the rarest.

using MaybeText = std::optional<std::string>;
using MaybeNumber = std::optional<std::int64_t>;

/// The lines between the line ends.
template <class Visitor>
void each_tag(std::string_view tags, Visitor const& visit) {
    for (auto begin = tags.find_first_not_of('\n'); begin != std::string_view::npos;) {
        auto const end = std::min(tags.find('\n', begin), tags.size());
        visit(tags.substr(begin, end - begin));
        begin = tags.find_first_not_of('\n', end);
    }
}

/// Yields the last id that was written, or nothing where there are no more behind.
std::optional<std::string> write_page(Session& session, std::string const& behind) {
    auto const up_to =
        session.value<MaybeText>("select max(id) from (select id from event where id > ? order by id limit ?) as page",
                                 behind, rows_written_at_once);
    if (!up_to) {
        session.execute("delete from event_hour_written");
        return std::nullopt;
    }
    EventHours hours;
    storage::Where page;
    page.add("id > ?", behind).add("id <= ?", *up_to);
    hours.note(session, page.sql(), page.arguments());
    hours.store(session);
    session.execute("update event_hour_written set event = ?", *up_to);
    return up_to;
}

}  // namespace

std::int64_t mark_of(Marked what, std::string_view value) {
    char const kind = static_cast<char>(what);
    return static_cast<std::int64_t>(base::fnv1a(value, base::fnv1a({&kind, 1})));
}

void EventHours::note(MarkedValues const& values) {
    auto& entries = of_sources_[values.source];
    auto const hour = hour_of(values.moment);
    auto const add = [&](Marked what, std::string_view value) {
        auto const [entry, is_new] = entries.try_emplace({mark_of(what, value), hour}, values.key);
        if (!is_new && entry->second != values.key) entry->second.reset();
    };
    auto const add_text = [&](Marked what, MaybeText const& value) {
        if (value) add(what, *value);
    };
    auto const add_number = [&](Marked what, MaybeNumber value) {
        if (value) add(what, std::to_string(*value));
    };
    add(Marked::source, values.source);
    add(Marked::delivery, values.delivery);
    add(Marked::rsit_class, values.rsit_class);
    add(Marked::type, values.type);
    add_text(Marked::severity, values.severity);
    add_number(Marked::as_number, values.as_number);
    add_text(Marked::country, values.country);
    add_number(Marked::port, values.source_port);
    add_number(Marked::port, values.destination_port);
    each_tag(values.tags, [&](std::string_view tag) { add(Marked::tag, tag); });
}

void EventHours::note(Session const& session, std::string const& where, storage::Arguments const& arguments) {
    session.each<std::int64_t, base::Instant, std::string, std::string, std::string, std::string, MaybeText,
                 MaybeNumber, MaybeText, MaybeNumber, MaybeNumber, MaybeText>(
        [this](std::int64_t key, base::Instant moment, std::string source, std::string delivery, std::string rsit_class,
               std::string type, MaybeText severity, MaybeNumber as_number, MaybeText country, MaybeNumber source_port,
               MaybeNumber destination_port, MaybeText tags) {
            note({key, moment, std::move(source), std::move(delivery), std::move(rsit_class), std::move(type),
                  std::move(severity), as_number, std::move(country), source_port, destination_port,
                  std::move(tags).value_or("")});
        },
        "select content_key, moment, source, delivery, class, type, severity, source_asn, source_country, source_port, "
        "destination_port, tags from event" +
            where,
        arguments);
}

void EventHours::store(Session& session) const {
    auto bulk = session.bulk(
        "insert into event_hour (mark, hour, source, single) values (?, ?, ?, ?) on conflict (mark, hour, source) do "
        "update set single = null where event_hour.single is not null and event_hour.single is distinct from "
        "excluded.single");
    for (auto const& [source, entries] : of_sources_) {
        for (auto const& [entry, single] : entries) bulk.add(entry.first, entry.second, source, single);
    }
    bulk.finish();
}

base::Result<void> write_event_hours(storage::Database& database) {
    auto const begun = database.read(
        [](Session const& session) { return session.row<std::string>("select event from event_hour_written"); });
    if (!begun) return begun.error();
    auto behind = *begun ? std::optional(std::get<0>(**begun)) : std::nullopt;
    while (behind) {
        auto const written = database.write(storage::Priority::bulk,
                                            [&behind](Session& session) { return write_page(session, *behind); });
        if (!written) return written.error();
        behind = *written;
    }
    return {};
}

HoursAhead::HoursAhead(Session const& session, std::vector<std::int64_t> marks, SortOrder order)
    : session_(session), marks_(std::move(marks)), order_(order) {
    if (marks_.size() == 1) return;
    std::vector<std::pair<std::size_t, std::int64_t>> counted;
    counted.reserve(marks_.size());
    for (auto const mark : marks_) {
        counted.emplace_back(session.value<std::size_t>(
                                 "select count(*) from (select 1 from event_hour where mark = ? limit ?) as found",
                                 mark, most_marks_counted),
                             mark);
    }
    std::sort(counted.begin(), counted.end());
    std::transform(counted.begin(), counted.end(), marks_.begin(), [](auto const& each) { return each.second; });
}

HoursAhead::Found HoursAhead::between(base::Instant first, base::Instant last) const {
    bool const rises = order_ == SortOrder::ascending;
    auto const in_order = fmt::format(" order by hour {}", rises ? "asc" : "desc");
    Found out;
    // Whole hours are asked, whatever number of feeds they hold.
    if (auto const cut = session_.row<base::Instant>(
            "select hour from event_hour where mark = ? and hour >= ? and hour <= ?" + in_order + " limit 1 offset ?",
            marks_.front(), first, last, most_hours_asked)) {
        out.stops_at = std::get<0>(*cut);
        (rises ? last : first) = *out.stops_at;
    }
    storage::Where where;
    where.add("mark = ?", marks_.front()).add("hour >= ?", first).add("hour <= ?", last);
    for (auto mark = marks_.begin() + 1; mark != marks_.end(); ++mark) {
        where.add(
            "exists (select 1 from event_hour as other where other.mark = ? and other.hour = event_hour.hour and "
            "other.source = event_hour.source)",
            *mark);
    }
    session_.each<base::Instant, std::string, MaybeNumber>(
        [&out](base::Instant hour, std::string source, MaybeNumber single) {
            if (out.hours.empty() || out.hours.back().begin != hour) out.hours.push_back({hour, {}, {}});
            if (single) {
                out.hours.back().events.push_back(*single);
            } else {
                out.hours.back().sources.push_back(std::move(source));
            }
        },
        "select hour, source, single from event_hour" + where.sql() + in_order, where.arguments());
    return out;
}

}  // namespace kula::events
