#include "entry_table.hpp"

#include <utility>

namespace kula::journal {
namespace {

constexpr auto select_entries =
    "select e.sequence, e.at, e.actor, e.deed, e.subject, e.payload_digest, e.previous, e.hash, e.deed_noun, "
    "e.subject_kind, p.salt, p.origin, p.why, p.before, p.after "
    "from journal_entry e left join journal_payload p on p.sequence = e.sequence";

template <class... Values>
std::vector<StoredEntry> select(storage::Session const& session, std::string const& sql, Values const&... values) {
    std::vector<StoredEntry> out;
    using Text = std::string;
    using Maybe = std::optional<std::string>;
    session.each<std::int64_t, std::int64_t, Text, Text, Text, Text, Text, Text, Text, Text, Maybe, Maybe, Maybe, Maybe,
                 Maybe>(
        [&out](std::int64_t sequence, std::int64_t at, Text actor, Text deed, Text subject, Text payload_digest,
               Text previous, Text hash, Text deed_noun, Text subject_kind, Maybe salt, Maybe origin, Maybe why,
               Maybe before, Maybe after) {
            auto& entry = out.emplace_back();
            entry.link = {sequence,           at,
                          std::move(actor),   std::move(deed),
                          std::move(subject), std::move(payload_digest),
                          std::move(previous)};
            entry.hash = std::move(hash);
            entry.deed_noun = std::move(deed_noun);
            entry.subject_kind = std::move(subject_kind);
            if (!salt) return;
            entry.payload = {std::move(*salt), std::move(origin).value_or(""), std::move(why).value_or(""),
                             std::move(before).value_or(""), std::move(after).value_or("")};
        },
        sql, values...);
    return out;
}

}  // namespace

std::optional<Head> read_head(storage::Session const& session, Lock lock) {
    // SQLite has one writer at a time and no such clause.
    bool const is_locked = lock == Lock::until_commit && session.dialect() == storage::Dialect::postgresql;
    std::string const sql = "select sequence, hash from journal_head where id = 1";
    auto row = session.row<std::int64_t, std::string>(sql + (is_locked ? " for update" : ""));
    if (!row) return std::nullopt;
    return Head{std::get<0>(*row), std::get<1>(std::move(*row))};
}

void write_entry(storage::Session& session, StoredEntry const& entry) {
    auto const& link = entry.link;
    auto const& payload = entry.payload.value();
    session.execute(
        "insert into journal_entry (sequence, at, actor, deed, subject, payload_digest, previous, hash, deed_noun, "
        "subject_kind) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        link.sequence, link.at, link.actor, link.deed, link.subject, link.payload_digest, link.previous, entry.hash,
        entry.deed_noun, entry.subject_kind);
    session.execute(
        "insert into journal_payload (sequence, salt, origin, why, before, after) values (?, ?, ?, ?, ?, ?)",
        link.sequence, payload.salt, payload.origin, payload.why, payload.before, payload.after);
    session.execute("update journal_head set sequence = ?, hash = ? where id = 1", link.sequence, entry.hash);
}

std::vector<StoredEntry> entries_after(storage::Session const& session, std::int64_t sequence, std::size_t limit) {
    return select(session, std::string(select_entries) + " where e.sequence > ? order by e.sequence limit ?", sequence,
                  limit);
}

std::vector<StoredEntry> entries_where(storage::Session const& session, std::string const& where,
                                       storage::Arguments const& arguments, EntryOrder order, std::size_t limit) {
    auto const* const direction = order == EntryOrder::newest_first ? "desc" : "asc";
    return select(session, select_entries + where + " order by e.sequence " + direction + " limit ?", arguments, limit);
}

Entry to_entry(StoredEntry stored) {
    Entry entry;
    entry.sequence = stored.link.sequence;
    entry.at = base::from_microseconds(stored.link.at);
    entry.actor = std::move(stored.link.actor);
    entry.fact.deed = std::move(stored.link.deed);
    entry.fact.subject = std::move(stored.link.subject);
    entry.hash = std::move(stored.hash);
    entry.is_erased = !stored.payload;
    if (!stored.payload) return entry;
    entry.fact.before = std::move(stored.payload->before);
    entry.fact.after = std::move(stored.payload->after);
    entry.origin = std::move(stored.payload->origin);
    entry.why = std::move(stored.payload->why);
    return entry;
}

}  // namespace kula::journal
