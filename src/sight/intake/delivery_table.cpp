#include "delivery_table.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "row.hpp"
#include "storage/record.hpp"

namespace kula::intake::delivery_table {
namespace {

using storage::Session;

constexpr std::size_t most_kept_columns = 100;
constexpr std::size_t longest_kept_column = 200;

/// As JSON; names may be as long as a cell.
std::string few_of(std::vector<std::string> const& columns) {
    Json out = Json::array();
    for (std::size_t at = 0; at < std::min(columns.size(), most_kept_columns); ++at)
        out.push_back(as_utf8(base::beginning(columns[at], longest_kept_column)));
    return out.dump();
}

void keep_rules(Session& session, Coming const& coming) {
    session.execute("insert into mapping_text (fingerprint, text) values (?, ?) on conflict (fingerprint) do nothing",
                    coming.fingerprint, coming.rules);
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
                               *parse_delivery_state(state),
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

void begin_anew(Session& session, std::string const& id, Coming const& coming) {
    session.execute("delete from quarantined_row where delivery = ?", id);
    session.execute(
        "update delivery set format = ?, mapping = ?, state = ?, reason = null, complete = 1, rows = 0, accepted = 0, "
        "duplicates = 0, quarantined = 0, events = 0, new_columns = '[]' where id = ?",
        coming.format, coming.fingerprint, to_text(State::stored), id);
    keep_rules(session, coming);
}

std::optional<std::string> rules_of(Session const& session, std::string const& id) {
    auto const found = session.row<std::string>(
        "select m.text from delivery d join mapping_text m on m.fingerprint = d.mapping where d.id = ?", id);
    return found ? std::optional(std::get<0>(*found)) : std::nullopt;
}

Stored find_or_add(Session& session, Coming const& incoming, storage::Blob const& blob, base::Record const& record) {
    if (auto known = find(session, incoming.source, blob.sha256)) {
        bool const is_same = session.value<std::string>("select mapping from delivery where id = ?",
                                                        known->account.id) == incoming.fingerprint;
        bool const is_settled = known->state == State::read && known->account.quarantined == 0;
        if (is_settled || (is_same && known->state != State::refused)) return std::move(*known);
        begin_anew(session, known->account.id, incoming);
        return *find(session, incoming.source, blob.sha256);
    }
    auto const id = base::Uuid::v7(record.created_at);
    session.execute(
        "insert into delivery (id, source, name, sha256, bytes, format, mapping, received_at, state, complete, rows, accepted, "
        "duplicates, quarantined, events, " KULA_RECORD_COLUMNS
        ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, 1, 0, 0, 0, 0, 0, " KULA_RECORD_PLACES ")",
        id, incoming.source, as_utf8(incoming.name), blob.sha256, blob.bytes, incoming.format, incoming.fingerprint,
        record.created_at, to_text(State::stored), record);
    keep_rules(session, incoming);
    return *find(session, incoming.source, blob.sha256);
}

std::vector<Begun> begun(Session const& session) {
    std::vector<Begun> out;
    session.each<std::string, std::string, std::string, std::string, std::uint64_t>(
        [&](std::string name, std::string source, std::string rules, std::string sha256, std::uint64_t bytes) {
            out.push_back({std::move(name), std::move(source), std::move(rules), {std::move(sha256), bytes}});
        },
        "select d.name, d.source, m.text, d.sha256, d.bytes from delivery d join mapping_text m on m.fingerprint = d.mapping "
        "where d.state = ? order by d.received_at, d.id",
        to_text(State::stored));
    return out;
}

void store(Session& session, DeliveryAccount const& account, State state, base::Record const& record) {
    auto const before = session.value<std::string>("select state from delivery where id = ?", account.id);
    session.execute(
        "update delivery set state = ?, reason = ?, complete = ?, rows = ?, accepted = ?, duplicates = ?, quarantined = "
        "?, events = ?, new_columns = ?, changed_at = ?, changed_by = ?, version = version + 1 where id = ?",
        to_text(state), account.reason, account.is_complete, account.rows, account.accepted, account.duplicates,
        account.quarantined, account.events, few_of(account.new_columns), record.changed_at, record.changed_by,
        account.id);
    // The same list that comes again is told once more, and is no other delivery.
    if (state == State::stored || before != to_text(State::stored)) return;
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
