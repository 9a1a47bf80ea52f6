#include "notify/inbox.hpp"

#include <condition_variable>

#include "base/ascii.hpp"
#include "formats/delivery_report.hpp"

namespace kula::notify {
namespace {

constexpr std::size_t most_mails = 100;  // asked for at once

/// Whether a mail's outline tells of a part that is a delivery report.
bool holds_report(net::ImapOutline const& outline) {
    return outline.bytes <= formats::longest_delivery_report &&
           base::lower_case(outline.structure).find("\"delivery-status\"") != std::string::npos;
}

}  // namespace

struct Inbox::Position {
    std::uint32_t uid_validity = 0;
    std::uint32_t last_uid = 0;
};

Inbox::Inbox(storage::Database& database, Outbox const& outbox, base::Clock const& clock, InboxOptions options)
    : database_(database),
      outbox_(outbox),
      clock_(clock),
      options_(std::move(options)),
      name_(options_.server.server + '\n' + options_.server.user + '\n' + options_.folder) {}

Inbox::~Inbox() = default;

void Inbox::start(std::function<void(std::string const& sentence)> fault) {
    thread_ = std::jthread([this, fault = std::move(fault)](std::stop_token const& stop) {
        std::mutex mutex;
        std::unique_lock lock(mutex);
        std::condition_variable_any signal;
        while (!stop.stop_requested()) {
            auto const looked = look(stop);
            if (!looked && !stop.stop_requested()) fault("the mailbox: " + looked.error().detail);
            signal.wait_for(lock, stop, options_.pause, [] { return false; });
        }
    });
}

InboxState Inbox::state() const {
    std::lock_guard const lock(mutex_);
    return state_;
}

base::Result<void> Inbox::look(std::stop_token const& stop) {
    auto done = read(stop);
    std::lock_guard const lock(mutex_);
    state_.failures = done ? 0 : state_.failures + 1;
    if (done) state_.succeeded_at = clock_.now();
    return done;
}

base::Result<void> Inbox::read(std::stop_token const& stop) {
    auto server = options_.server;
    server.stop = stop;
    auto const client = net::ImapClient::connect(std::move(server));
    if (!client) return client.error();
    auto const folder = (*client)->select(options_.folder);
    if (!folder) return folder.error();
    auto const known = stored();
    if (!known) return known.error();
    bool const is_new_here = known->uid_validity != folder->uid_validity;
    Position position{folder->uid_validity, is_new_here ? 0 : known->last_uid};
    auto const begun_at = position.last_uid;
    auto const done = [&]() -> base::Result<void> {
        for (bool are_more = true; are_more;) {
            auto const found = (*client)->above(position.last_uid, {}, most_mails);
            if (!found) return found.error();
            for (auto const uid : found->uids) {
                if (auto taken = take(**client, uid, is_new_here); !taken) return taken;
                position.last_uid = uid;
            }
            are_more = found->are_more;
        }
        return {};
    }();
    // Of a folder that is new here, what was seen is passed over: all of it is looked through in one go, or again.
    bool const is_worth_keeping =
        done ? is_new_here || position.last_uid != begun_at : !is_new_here && position.last_uid != begun_at;
    if (is_worth_keeping) {
        if (auto kept = store(position); !kept) return kept;
    }
    bool const is_for_later = !done && done.error().fault == base::Fault::conflict;
    return is_for_later ? base::Result<void>() : done;
}

base::Result<void> Inbox::take(net::ImapClient& client, std::uint32_t uid, bool is_new_here) {
    auto const outline = client.outline(uid);
    if (!outline) return outline.error();
    if (!*outline || !holds_report(**outline) || (is_new_here && (*outline)->is_seen)) return {};
    std::string mail;
    auto const fetched =
        client.fetch(uid, formats::longest_delivery_report, [&](std::string_view bytes) -> base::Result<void> {
            mail += bytes;
            return {};
        });
    if (!fetched) return fetched.error();
    auto const report = formats::parse_delivery_report(mail);
    if (!report || !report->of_message) return {};
    auto const is_ours = outbox_.knows(*report->of_message);
    if (!is_ours) return is_ours.error();
    if (!*is_ours) return {};
    auto const returned = outbox_.bounced(*report);
    if (!returned) return returned.error();
    {
        std::lock_guard const lock(mutex_);
        ++state_.reports;
        state_.returned += *returned;
    }
    return client.mark_seen(uid);
}

base::Result<Inbox::Position> Inbox::stored() const {
    return database_.read([&](storage::Session const& session) {
        auto const row = session.row<std::uint32_t, std::uint32_t>(
            "select uid_validity, last_uid from inbox_position where mailbox = ?", name_);
        return row ? Position{std::get<0>(*row), std::get<1>(*row)} : Position();
    });
}

base::Result<void> Inbox::store(Position const& position) const {
    return database_.write(storage::Priority::bulk, [&](storage::Session& session) {
        session.execute(
            "insert into inbox_position (mailbox, uid_validity, last_uid) values (?, ?, ?) on conflict (mailbox) do update "
            "set uid_validity = excluded.uid_validity, last_uid = excluded.last_uid",
            name_, position.uid_validity, position.last_uid);
    });
}

}  // namespace kula::notify
