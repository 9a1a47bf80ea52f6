#include "outbox_table.hpp"

#include "base/ascii.hpp"
#include "base/must.hpp"
#include "storage/record.hpp"
#include "storage/where.hpp"

namespace kula::notify::outbox_table {
namespace {

using storage::Session;

#define MESSAGE_COLUMNS                                                                                                    \
    "id, ticket, message_id, organisation, contact, role, address, addressed, subject, decision, channel, state, reason, " \
    "attempts, repeats, next_at, expires_at, sent_at, code, answer, readers, " KULA_RECORD_COLUMNS

constexpr std::size_t longest_page = 500;

using Text = std::optional<std::string>;
using Moment = std::optional<base::Instant>;
using Number = std::optional<std::int64_t>;

template <class Visitor, class... Values>
void each(Session const& session, Visitor const& visitor, std::string const& rest, Values const&... values) {
    session.each<MessageId, std::string, std::string, registry::OrganisationId, std::string, std::string, std::string,
                 std::string, std::string, release::DecisionId, std::string, std::string, Text, std::int64_t,
                 std::int64_t, base::Instant, base::Instant, Moment, Number, Text, base::Readers, base::Record>(
        [&visitor](MessageId id, std::string const& ticket, std::string const& message_id,
                   registry::OrganisationId organisation, std::string const& contact, std::string const& role,
                   std::string const& address, std::string const& addressed, std::string const& subject,
                   release::DecisionId decision, std::string const& channel, std::string const& state,
                   Text const& reason, std::int64_t attempts, std::int64_t repeats, base::Instant next_at,
                   base::Instant expires_at, Moment const& sent_at, Number const& code, Text const& answer,
                   base::Readers const& readers, base::Record const& record) {
            auto const how = release::parse_addressed(addressed);
            auto const known = parse_message_state(state);
            auto const way = parse_channel(channel);
            base::must(how && known && way, "stored messages are in a known state");
            visitor(Message{id,         ticket,   message_id, organisation, contact, role,     address, *how,
                            subject,    decision, *way,       *known,       reason,  attempts, repeats, next_at,
                            expires_at, sent_at,  code,       answer,       readers, record});
        },
        "select " MESSAGE_COLUMNS " from outbox" + rest, values...);
}

template <class... Values>
std::vector<Message> all(Session const& session, std::string const& rest, Values const&... values) {
    std::vector<Message> out;
    each(
        session, [&out](Message message) { out.push_back(std::move(message)); }, rest, values...);
    return out;
}

template <class... Values>
std::optional<Message> one(Session const& session, std::string const& rest, Values const&... values) {
    auto found = all(session, rest, values...);
    return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

/// By which messages are taken: one that is not sent to now holds up no other.
std::string way_of(Message const& message) {
    if (message.channel == Channel::webhook) return message.address;
    return base::lower_case(message.address.substr(message.address.rfind('@') + 1));
}

/// What this caller may know of.
storage::Where reachable(MessageQuery const& query) {
    storage::Where where;
    if (!query.clearance.sees_everything()) where.add_among("organisation", query.clearance.organisations());
    if (auto const readable = storage::readable_rows("", query.clearance); !readable.sql.empty())
        where.add(readable.sql, readable.arguments);
    if (query.channel) where.add("channel = ?", to_text(*query.channel));
    if (query.organisation) where.add("organisation = ?", *query.organisation);
    if (!query.topic.empty()) where.add("id in (select message from message_topic where topic = ?)", query.topic);
    return where;
}

}  // namespace

std::int64_t next_number(Session& session, std::int64_t year) {
    session.execute(
        "insert into ticket (year, last) values (?, 1) on conflict (year) do update set last = ticket.last + 1", year);
    return session.value<std::int64_t>("select last from ticket where year = ?", year);
}

void insert(Session& session, Message const& message, std::string_view payload) {
    session.execute(
        "insert into outbox (" MESSAGE_COLUMNS
        ", payload, domain) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, " KULA_RECORD_PLACES
        ", ?, ?)",
        message.id, message.ticket, message.message_id, message.organisation, message.contact, message.role,
        message.address, release::to_text(message.addressed), message.subject, message.decision,
        to_text(message.channel), to_text(message.state), message.reason, message.attempts, message.repeats,
        message.next_at, message.expires_at, message.sent_at, message.code, message.answer, message.readers,
        message.record, payload, way_of(message));
}

void update(Session& session, Message const& message) {
    session.execute(
        "update outbox set decision = ?, state = ?, reason = ?, attempts = ?, repeats = ?, next_at = ?, expires_at = ?, "
        "sent_at = ?, code = ?, answer = ?, changed_at = ?, changed_by = ?, version = ? where id = ?",
        message.decision, to_text(message.state), message.reason, message.attempts, message.repeats, message.next_at,
        message.expires_at, message.sent_at, message.code, message.answer, message.record.changed_at,
        message.record.changed_by, message.record.version, message.id);
}

std::optional<Message> find(Session const& session, MessageId id) { return one(session, " where id = ?", id); }

std::optional<Message> find_by_message_id(Session const& session, std::string_view message_id) {
    return one(session, " where message_id = ?", message_id);
}

std::string payload_of(Session const& session, MessageId id) {
    return session.value<std::string>("select payload from outbox where id = ?", id);
}

void insert_topics(Session& session, MessageId id, Topics const& topics) {
    auto bulk = session.bulk("insert into message_topic (message, topic) values (?, ?)");
    for (auto const& topic : topics) bulk.add(id, topic);
    bulk.finish();
}

Topics topics(Session const& session, MessageId id) {
    return session.column<std::string>("select topic from message_topic where message = ? order by topic", id);
}

base::Result<MessagePage> list(Session const& session, MessageQuery const& query) {
    if (query.limit == 0 || query.limit > longest_page) return base::invalid("limit: is not from 1 to 500");
    auto where = reachable(query);
    MessagePage page;
    session.each<std::string, std::int64_t>(
        [&page](std::string const& state, std::int64_t count) {
            if (auto const known = parse_message_state(state)) page.states.emplace_back(*known, count);
        },
        "select state, count(*) from outbox" + where.sql() + " group by state order by state", where.arguments());
    for (auto const& [state, count] : page.states) page.total += !query.state || state == *query.state ? count : 0;
    if (query.state) where.add("state = ?", to_text(*query.state));
    if (!query.cursor.empty()) {
        auto const last = MessageId::parse(query.cursor);
        if (!last) return base::invalid("cursor: does not belong to this list");
        where.add("id < ?", *last);  // Version 7: by the time it was entered.
    }
    page.items = all(session, where.sql() + " order by id desc limit ?", where.arguments(), query.limit + 1);
    if (page.items.size() > query.limit) {
        page.items.pop_back();
        page.next = page.items.back().id.text();
    }
    return page;
}

std::vector<std::string> due_ways(Session const& session, Channel channel, base::Instant now) {
    std::vector<std::string> out;
    session.each<std::string>(
        [&out](std::string way) { out.push_back(std::move(way)); },
        "select domain from outbox where state = ? and channel = ? and next_at <= ? group by domain order by "
        "min(next_at), domain",
        to_text(MessageState::waiting), to_text(channel), now);
    return out;
}

std::optional<Message> due(Session const& session, Channel channel, std::string const& way, base::Instant now) {
    return one(session, " where state = ? and channel = ? and domain = ? and next_at <= ? order by next_at, id limit 1",
               to_text(MessageState::waiting), to_text(channel), way, now);
}

std::vector<Message> in_state(Session const& session, MessageState state) {
    return all(session, " where state = ? order by id", to_text(state));
}

void insert_attempt(Session& session, MessageId id, Attempt const& attempt) {
    session.execute("insert into outbox_attempt (message, number, at, outcome, code, answer) values (?, ?, ?, ?, ?, ?)",
                    id, attempt.number, attempt.at, attempt.outcome, attempt.code, attempt.answer);
}

std::vector<Attempt> attempts(Session const& session, MessageId id) {
    std::vector<Attempt> out;
    session.each<std::int64_t, base::Instant, std::string, Number, std::string>(
        [&out](std::int64_t number, base::Instant at, std::string const& outcome, Number code,
               std::string const& answer) {
            out.push_back({number, at, outcome, code, answer});
        },
        "select number, at, outcome, code, answer from outbox_attempt where message = ? order by number limit 200", id);
    return out;
}

bool is_disabled(Session const& session, std::string const& address) {
    return session.value<std::int64_t>("select count(*) from disabled_address where address = ?",
                                       base::lower_case(address)) > 0;
}

void disable(Session& session, std::string const& address, base::Instant now, formats::DeliveryOutcome const& outcome,
             MessageId id) {
    session.execute(
        "insert into disabled_address (address, since, status, diagnostic, message) values (?, ?, ?, ?, ?) "
        "on conflict (address) do nothing",
        base::lower_case(address), now, outcome.status, outcome.diagnostic, id);
}

void enable(Session& session, std::string const& address) {
    session.execute("delete from disabled_address where address = ?", base::lower_case(address));
}

}  // namespace kula::notify::outbox_table
