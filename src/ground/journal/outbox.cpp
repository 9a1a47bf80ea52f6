#include "journal/outbox.hpp"

#include <utility>

#include "base/ascii.hpp"
#include "entry_table.hpp"

namespace kula::journal {
namespace {

constexpr std::size_t longest_subscriber = 64;
constexpr std::size_t longest_reason = 500;
constexpr std::size_t most_entries = 1'000;
constexpr std::size_t most_dead_letters = 1'000;

void check(std::string_view subscriber) {
    base::must(!subscriber.empty() && subscriber.size() <= longest_subscriber, "a subscriber's name is 1 to 64 bytes");
}

void move_cursor(storage::Session& session, std::string_view subscriber, std::int64_t sequence) {
    session.execute(
        "insert into journal_cursor (subscriber, sequence) values (?, ?) "
        "on conflict (subscriber) do update set sequence = excluded.sequence "
        "where journal_cursor.sequence < excluded.sequence",
        subscriber, sequence);
}

}  // namespace

base::Result<std::vector<Entry>> Outbox::next(std::string_view subscriber, std::size_t limit) const {
    check(subscriber);
    base::must(limit >= 1 && limit <= most_entries, "1 to 1,000 entries are asked for");
    return database_->read([&](storage::Session const& session) {
        auto const cursor =
            session.row<std::int64_t>("select sequence from journal_cursor where subscriber = ?", subscriber);
        std::vector<Entry> out;
        for (auto& stored : entries_after(session, cursor ? std::get<0>(*cursor) : 0, limit)) {
            out.push_back(to_entry(std::move(stored)));
        }
        return out;
    });
}

base::Result<void> Outbox::confirm(std::string_view subscriber, std::int64_t sequence) {
    check(subscriber);
    return database_->write(storage::Priority::interactive,
                            [&](storage::Session& session) { move_cursor(session, subscriber, sequence); });
}

base::Result<void> Outbox::bury(std::string_view subscriber, std::int64_t sequence, std::string_view reason) {
    check(subscriber);
    return database_->write(storage::Priority::interactive, [&](storage::Session& session) {
        session.execute(
            "insert into journal_dead_letter (subscriber, sequence, reason, at) values (?, ?, ?, ?) "
            "on conflict (subscriber, sequence) do update set reason = excluded.reason, at = excluded.at",
            subscriber, sequence, base::beginning(reason, longest_reason), clock_->now());
        move_cursor(session, subscriber, sequence);
    });
}

base::Result<std::vector<DeadLetter>> Outbox::dead_letters() const {
    return database_->read([](storage::Session const& session) {
        std::vector<DeadLetter> out;
        session.each<std::string, std::int64_t, std::string, base::Instant>(
            [&out](std::string subscriber, std::int64_t sequence, std::string reason, base::Instant at) {
                out.push_back({std::move(subscriber), sequence, std::move(reason), at});
            },
            "select subscriber, sequence, reason, at from journal_dead_letter order by at desc, sequence desc limit ?",
            most_dead_letters);
        return out;
    });
}

}  // namespace kula::journal
