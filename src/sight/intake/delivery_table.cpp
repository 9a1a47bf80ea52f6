#include "delivery_table.hpp"

#include "row.hpp"
#include "storage/record.hpp"

namespace kula::intake::delivery_table {
namespace {

using storage::Session;

constexpr std::string_view to_text(State state) {
    switch (state) {
        case State::stored: return "stored";
        case State::read: return "read";
        case State::refused: break;
    }
    return "refused";
}

State parse_state(std::string_view text) {
    for (auto const state : {State::stored, State::read}) {
        if (text == to_text(state)) return state;
    }
    return State::refused;
}

std::optional<Stored> find(Session const& session, std::string const& source, std::string const& sha256) {
    std::optional<Stored> out;
    session.each<std::string, std::string, std::string, std::uint64_t, std::uint64_t, std::uint64_t, std::uint64_t,
                 std::uint64_t, bool, std::optional<std::string>, base::Instant>(
        [&](std::string id, std::string format, std::string const& state, std::uint64_t rows, std::uint64_t accepted,
            std::uint64_t duplicates, std::uint64_t quarantined, std::uint64_t events, bool complete,
            std::optional<std::string> reason, base::Instant received_at) {
            out.emplace(Stored{{std::move(id), sha256, std::move(format), rows, accepted, duplicates, quarantined,
                                events, complete, false, false, std::move(reason)},
                               parse_state(state),
                               received_at});
        },
        "select id, format, state, rows, accepted, duplicates, quarantined, events, complete, reason, received_at from "
        "delivery where source = ? and sha256 = ?",
        source, sha256);
    return out;
}

}  // namespace

Coming coming(Incoming const& incoming) {
    auto const& mapping = incoming.mapping;
    return {incoming.name, incoming.source, mapping.name(), mapping.fingerprint(), mapping.text()};
}

void begin_anew(Session& session, Stored& known, Coming const& coming) {
    auto const id = known.account.id;
    session.execute("delete from quarantined_row where delivery = ?", id);
    session.execute("update delivery set format = ?, mapping = ?, rules = ?, state = ? where id = ?", coming.format,
                    coming.fingerprint, coming.rules, to_text(State::stored), id);
    known.state = State::stored;
    known.account = {id, known.account.sha256, coming.format};
}

Stored find_or_add(Session& session, Coming const& incoming, storage::Blob const& blob, base::Record const& record) {
    if (auto known = find(session, incoming.source, blob.sha256)) {
        bool const is_same = session.value<std::string>("select mapping from delivery where id = ?",
                                                        known->account.id) == incoming.fingerprint;
        bool const is_settled = known->state == State::read && known->account.quarantined == 0;
        if (is_settled || (is_same && known->state != State::refused)) return std::move(*known);
        begin_anew(session, *known, incoming);
        return std::move(*known);
    }
    auto const id = base::Uuid::v7(record.created_at);
    session.execute(
        "insert into delivery (id, source, name, sha256, bytes, format, mapping, rules, received_at, state, complete, rows, accepted, "
        "duplicates, quarantined, events, " KULA_RECORD_COLUMNS
        ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, 0, 0, 0, 0, 0, " KULA_RECORD_PLACES ")",
        id, incoming.source, as_utf8(incoming.name), blob.sha256, blob.bytes, incoming.format, incoming.fingerprint,
        incoming.rules, record.created_at, to_text(State::stored), record);
    return *find(session, incoming.source, blob.sha256);
}

std::vector<Begun> begun(Session const& session) {
    std::vector<Begun> out;
    session.each<std::string, std::string, std::string, std::string, std::uint64_t>(
        [&](std::string name, std::string source, std::string rules, std::string sha256, std::uint64_t bytes) {
            out.push_back({std::move(name), std::move(source), std::move(rules), {std::move(sha256), bytes}});
        },
        "select name, source, rules, sha256, bytes from delivery where state = ? order by received_at, id",
        to_text(State::stored));
    return out;
}

void store(Session& session, DeliveryAccount const& account, State state, base::Record const& record) {
    session.execute(
        "update delivery set state = ?, reason = ?, complete = ?, rows = ?, accepted = ?, duplicates = ?, quarantined = "
        "?, events = ?, rules = case when state = 'stored' and ? = 'stored' then rules else '' end, changed_at = ?, "
        "changed_by = ?, version = version + 1 where id = ?",
        to_text(state), account.reason, account.is_complete, account.rows, account.accepted, account.duplicates,
        account.quarantined, account.events, to_text(state), record.changed_at, record.changed_by, account.id);
    if (state == State::stored) return;
    session.execute("update delivery_order set last = last + 1");
    session.execute("update delivery set finished = (select last from delivery_order) where id = ?", account.id);
}

void add_quarantined(Session& session, std::string const& delivery, std::vector<Quarantined> const& rows) {
    auto bulk = session.bulk("insert into quarantined_row (delivery, row, line, reason, raw) values (?, ?, ?, ?, ?)");
    for (auto const& each : rows) bulk.add(delivery, each.row, each.line, each.reason, each.raw_base64);
    bulk.finish();
}

std::vector<QuarantinedRow> quarantined_behind(Session const& session, std::string const& delivery, std::uint64_t row,
                                               std::int64_t limit) {
    std::vector<QuarantinedRow> out;
    session.each<std::string, std::string, std::string, std::uint64_t, std::uint64_t, std::string, std::string>(
        [&](std::string id, std::string source, std::string name, std::uint64_t number, std::uint64_t line,
            std::string reason, std::string raw) {
            out.push_back(
                {std::move(id), std::move(source), std::move(name), number, line, std::move(reason), std::move(raw)});
        },
        "select q.delivery, d.source, d.name, q.row, q.line, q.reason, q.raw from quarantined_row q join delivery d on d.id "
        "= q.delivery where q.delivery > ? or (q.delivery = ? and q.row > ?) order by q.delivery, q.row limit ?",
        delivery, delivery, row, limit);
    return out;
}

}  // namespace kula::intake::delivery_table
