#include "known_events.hpp"

#include <algorithm>

#include "base/must.hpp"
#include "decision.hpp"
#include "storage/record.hpp"
#include "storage/where.hpp"

namespace kula::events {
namespace {

using storage::Session;

constexpr std::size_t keys_at_once = 500;

std::optional<std::string> problem_of(Event const& event) {
    return searchable(event.text("classification.identifier"));
}

std::int64_t count_of(Event const& event) { return event.integer("count").value_or(1); }

std::int64_t sum_of(std::int64_t one, std::int64_t other) { return one > INT64_MAX - other ? INT64_MAX : one + other; }

base::Instant first_of(Event const& event) {
    auto const moment = event.moment("time.source");
    base::must(moment.has_value(), "what folds tells its moment");
    return *moment;
}

base::Instant last_of(Event const& event) {
    auto const first = first_of(event);
    return std::max(first, event.moment("time.until").value_or(first));
}

void must_set(Event& event, std::string_view field, Json const& value) {
    base::must(event.set(field, value).has_value(), "a moment and a count are values of their fields");
}

bool are_equal(Json const* one, Json const* other) {
    return one == nullptr || other == nullptr ? one == other : *one == *other;
}

}  // namespace

std::optional<std::string> searchable(std::optional<std::string> text) {
    if (text) std::erase_if(*text, [](char c) { return c >= 0 && c < ' '; });
    return text;
}

KnownEvents::KnownEvents(Session const& session, EventOrigin const& origin, std::vector<ToldEvent> const& told,
                         std::vector<DuplicateKeys> const& keys)
    : origin_(origin), told_(told), keys_(keys) {
    for (std::size_t from = 0; from < keys.size(); from += keys_at_once)
        load(session, from, std::min(from + keys_at_once, keys.size()));
}

void KnownEvents::load(Session const& session, std::size_t from, std::size_t to) {
    std::vector<std::int64_t> contents, tellings, happenings;
    for (auto at = from; at < to; ++at) {
        contents.push_back(keys_[at].content);
        tellings.push_back(keys_[at].telling);
        happenings.push_back(keys_[at].happening);
        // One that was kept before its source's events folded is known by this key.
        if (keys_[at].content != keys_[at].telling) contents.push_back(keys_[at].telling);
    }
    storage::Where same;
    same.add_among("content_key", contents);
    session.each<std::int64_t, base::Id<Event>>(
        [&](std::int64_t key, base::Id<Event> id) {
            contents_.emplace(key, Kept{id});
            tellings_.emplace(key, id);
        },
        "select content_key, id from event" + same.sql(), same.arguments());
    storage::Where told_before;
    told_before.add_among("t.telling", tellings);
    session.each<std::int64_t, base::Id<Event>>(
        [&](std::int64_t key, base::Id<Event> id) { tellings_.emplace(key, id); },
        "select t.telling, e.id from event_telling t join event e on e.content_key = t.event" + told_before.sql(),
        told_before.arguments());
    auto const hear = [&](std::int64_t key, base::Id<Event> id, std::string const& told_by,
                          std::optional<std::string> problem) {
        if (speaker_of(told_by) != speaker_of(origin_.source))
            happenings_.emplace(key, Happening{id, std::move(problem)});
    };
    storage::Where elsewhere;
    elsewhere.add_among("happening_key", happenings).add("source <> ?", origin_.source);
    session.each<std::int64_t, base::Id<Event>, std::string, std::optional<std::string>>(
        hear, "select happening_key, id, source, identifier from event" + elsewhere.sql() + " order by id",
        elsewhere.arguments());
    storage::Where folded;
    folded.add_among("t.happening_key", happenings).add("e.source <> ?", origin_.source);
    session.each<std::int64_t, base::Id<Event>, std::string, std::optional<std::string>>(
        hear,
        "select t.happening_key, e.id, e.source, e.identifier from event_telling t join event e on e.content_key = "
        "t.event" +
            folded.sql() + " order by e.id",
        folded.arguments());
}

std::optional<base::Id<Event>> KnownEvents::told_by_another(std::size_t at) const {
    auto const problem = problem_of(told_[at].event);
    std::optional<base::Id<Event>> first;
    auto const [from, to] = happenings_.equal_range(keys_[at].happening);
    std::for_each(from, to, [&](auto const& each) {
        auto const& other = each.second;
        bool const is_same = !problem || !other.problem || *problem == *other.problem;
        if (is_same && (!first || other.id < *first)) first = other.id;
    });
    return first;
}

std::pair<base::Id<Event>, Brought> KnownEvents::take(std::size_t at, base::Id<Event> own) {
    if (auto const elsewhere = told_by_another(at)) return {*elsewhere, Brought::nothing};
    auto const& keys = keys_[at];
    if (auto const told = tellings_.find(keys.telling); told != tellings_.end())
        return {told->second, Brought::nothing};
    auto const [found, is_new] = contents_.try_emplace(keys.content, Kept{own, true});
    auto& kept = found->second;
    kept.told.push_back(at);
    tellings_.emplace(keys.telling, kept.id);
    return {kept.id, is_new ? Brought::event : Brought::telling};
}

std::optional<Event> KnownEvents::folded(std::size_t at) const {
    auto const& told = contents_.at(keys_[at].content).told;
    if (told.size() == 1) return {};
    return with(told_[at].event, told.begin() + 1, told.end());
}

/// What all tell, from the first to the last, how often.
Event KnownEvents::with(Event event, std::vector<std::size_t>::const_iterator from,
                        std::vector<std::size_t>::const_iterator to) const {
    auto first = first_of(event);
    auto last = last_of(event);
    auto count = count_of(event);
    std::for_each(from, to, [&](std::size_t at) {
        auto const& more = told_[at].event;
        first = std::min(first, first_of(more));
        last = std::max(last, last_of(more));
        count = sum_of(count, count_of(more));
        for (auto const& field : origin_.folding->without) {
            if (!are_equal(event.find(field), more.find(field))) event.remove(field);
        }
    });
    must_set(event, "time.source", base::to_text(first));
    must_set(event, "time.until", base::to_text(last));
    must_set(event, "count", count);
    return event;
}

void KnownEvents::store(Session& session, base::Record const& record, EventHours& hours) const {
    auto tellings = session.bulk("insert into event_telling (telling, event, happening_key) values (?, ?, ?)");
    auto update = session.bulk(
        "update event set moment = ?, source_port = ?, destination_port = ?, fields = ?, changed_at = ?, changed_by = ?, "
        "version = version + 1 where content_key = ?");
    std::vector<std::int64_t> moved;
    for (auto const& [content, kept] : contents_) {
        for (auto const at : kept.told) {
            if (keys_[at].telling != content) tellings.add(keys_[at].telling, content, keys_[at].happening);
        }
        if (kept.is_new || kept.told.empty()) continue;
        auto const fields = session.row<std::string>("select fields from event where content_key = ?", content);
        base::must(fields.has_value(), "what was found in this unit of work is there");
        auto const before = Event::from_stored(std::get<0>(*fields));
        auto const event = with(before, kept.told.begin(), kept.told.end());
        if (hour_of(first_of(event)) != hour_of(first_of(before))) moved.push_back(content);
        update.add(first_of(event), event.integer("source.port"), event.integer("destination.port"),
                   event.fields().dump(), record.changed_at, record.changed_by, content);
    }
    update.finish();
    tellings.finish();
    for (auto const content : moved) {
        storage::Where same;
        same.add("content_key = ?", content);
        hours.note(session, same.sql(), same.arguments());
    }
}

}  // namespace kula::events
