#pragma once
/// @file
/// The team's mailbox, as far as it is about mail of ours: what mail servers report to have come back goes to the
/// outbox. Everything else is left alone there, unread.
///
/// Of a mail only its outline is asked, unless it holds a delivery report (RFC 3464). One about a mail of ours is
/// marked as read when the outbox has taken it, and how far the folder is read is stored behind that: whatever a crash
/// cuts off is done again, and changes nothing then.

#include <chrono>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "net/imap.hpp"
#include "notify/outbox.hpp"
#include "storage/database.hpp"

namespace kula::notify {

struct InboxOptions {
    net::ImapOptions server{};
    std::string folder = "INBOX";
    std::chrono::seconds pause{60};  ///< Between two looks.
};

/// How it goes, since the program started.
struct InboxState {
    std::optional<base::Instant> succeeded_at{};
    std::uint64_t failures = 0;  ///< In a row.
    std::uint64_t reports = 0;   ///< About mails of ours.
    std::uint64_t returned = 0;  ///< Mails of ours that came back for good.
};

class Inbox {
public:
    /// All outlive it. Nobody is asked before `start`.
    Inbox(storage::Database& database, Outbox const& outbox, base::Clock const& clock, InboxOptions options);
    /// Ends what is under way, within about a second.
    ~Inbox();
    Inbox(Inbox const&) = delete;
    Inbox& operator=(Inbox const&) = delete;

    /// `fault` is told, in the reader's thread, when the mail server or the database fails. Once.
    void start(std::function<void(std::string const& sentence)> fault);
    /// Reads what came since the last look. One thread.
    base::Result<void> look(std::stop_token const& stop);
    /// From any thread.
    [[nodiscard]] InboxState state() const;

private:
    struct Position;
    base::Result<void> read(std::stop_token const& stop);
    /// `conflict` where it is about a mail that is being sent: it is looked at again.
    base::Result<void> take(net::ImapClient& client, std::uint32_t uid, bool is_new_here);
    [[nodiscard]] base::Result<Position> stored() const;
    base::Result<void> store(Position const& position) const;

    storage::Database& database_;
    Outbox const& outbox_;
    base::Clock const& clock_;
    InboxOptions const options_;
    std::string const name_;  ///< In the table.
    mutable std::mutex mutex_{};
    InboxState state_{};
    std::jthread thread_{};
};

}  // namespace kula::notify
