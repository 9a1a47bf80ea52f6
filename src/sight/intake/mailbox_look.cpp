// Looking for the mails of a feed's mailbox.
//
// A mail's bytes are on disk before the server is told that it was taken, and how far a folder is read is stored when
// both are done: what a crash cuts off is fetched again, and is content that came before.

#include <fmt/format.h>

#include "feed_table.hpp"
#include "feeds_state.hpp"
#include "net/reach.hpp"

namespace kula::intake {
namespace {

constexpr std::size_t most_mails = 100;  // at one look
constexpr std::chrono::seconds longest_mailbox_look = std::chrono::hours(1);

}  // namespace

Attempt Feeds::State::look_into_mailbox(Feed const& feed, std::stop_token const& stop) const {
    Attempt attempt;
    auto const read = [&]() -> base::Result<void> {
        auto const sealed =
            database.read([&](storage::Session const& session) { return feed_table::sealed(session, feed.id); });
        if (!sealed) return sealed.error();
        auto password = open_password(sealed->password, feed.id);
        if (!password) return password.error();
        auto const& mailbox = *feed.content.mailbox;
        auto client =
            net::ImapClient::connect({.server = feed.content.url,
                                      .user = mailbox.user,
                                      .password = *std::move(password),
                                      .may_reach = [&](base::Address to) { return net::is_within_reach(to, besides); },
                                      .longest = longest_mailbox_look,
                                      .stop = stop});
        if (!client) return client.error();
        auto const folder = (*client)->select(mailbox.folder);
        if (!folder) return folder.error();
        auto position = feed.state.position;
        if (position.uid_validity != folder->uid_validity) position = {folder->uid_validity, 0};
        auto const found = (*client)->above(position.last_uid, mailbox.senders, most_mails);
        if (!found) return found.error();
        for (auto const uid : found->uids) {
            if (stop.stop_requested()) return {};
            if (auto taken = take_mail(feed, **client, uid, attempt, stop); !taken) return taken;
            position.last_uid = uid;
            attempt.position = position;
        }
        attempt.is_waiting = found->are_more;
        return {};
    }();
    if (!read) attempt.failed = read.error();
    return attempt;
}

base::Result<void> Feeds::State::take_mail(Feed const& feed, net::ImapClient& client, std::uint32_t uid,
                                           Attempt& attempt, std::stop_token const& stop) const {
    auto const name = fmt::format("mail-{}.eml", uid);
    auto const outline = client.outline(uid);
    if (!outline) return outline.error();
    if (!*outline) return {};
    if ((*outline)->bytes > feed.content.most_bytes) {
        attempt.received.push_back(
            {name, base::invalid(fmt::format("it is longer than {} bytes", feed.content.most_bytes))});
        return {};
    }
    auto writer = intake.begin();
    if (!writer) return writer.error();
    auto const fetched = client.fetch(uid, feed.content.most_bytes, [&](std::string_view bytes) {
        return writer->add(std::as_bytes(std::span(bytes)));
    });
    if (!fetched) return fetched.error();
    if (!*fetched) return {};
    auto const blob = writer->finish();
    if (!blob) return blob.error();
    receive(told_of(feed, name), *blob, attempt, stop);
    if (attempt.failed) return *attempt.failed;
    if (auto marked = client.mark_seen(uid); !marked) return marked;
    auto const& moved_to = feed.content.mailbox->moved_to;
    return moved_to.empty() ? base::Result<void>() : client.move(uid, moved_to);
}

}  // namespace kula::intake
