#pragma once
// What the feeds hold besides their tables, and what an attempt yields.

#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <utility>
#include <vector>

#include "drop_folder.hpp"
#include "feed_table.hpp"
#include "intake/feeds.hpp"
#include "misp_folder.hpp"
#include "net/imap.hpp"
#include "shadowserver.hpp"

namespace kula::intake {

/// What came of one attempt, or of what somebody sent.
struct Attempt {
    std::vector<Received> received{};
    std::optional<base::Error> failed{};        ///< It is to be made again.
    std::optional<base::Instant> not_before{};  ///< When the server wants to be asked again.
    std::string etag{};                         ///< Of what was fetched and read.
    std::string last_modified{};                ///< Likewise.
    std::optional<MailboxPosition> position{};  ///< Up to where mails were taken, also where it failed behind it.
    bool is_unchanged = false;                  ///< The server said so.
    bool is_waiting = false;                    ///< Files lie there that may not be whole yet.
    bool was_sent = false;                      ///< Nobody looked.
};

inline bool is_refused(Received const& file) { return !file.account || file.account->was_refused; }

struct Feeds::State {
    State(Intake const& its_intake, storage::Database& its_database, journal::Journal& its_journal,
          seals::SecretBox its_secrets, base::Clock const& its_clock, std::vector<base::Prefix> its_besides,
          std::optional<OwnSensors> its_sensors)
        : intake(its_intake),
          database(its_database),
          journal(its_journal),
          secrets(its_secrets),
          clock(its_clock),
          besides(std::move(its_besides)),
          sensors(its_sensors) {}

    /// What stands in the table, or `not_found`; also for whom there are no feeds.
    [[nodiscard]] base::Result<Feed> find(FeedId id, base::Clearance const& clearance) const;
    [[nodiscard]] Feed with_running(Feed feed) const;
    /// With their values.
    [[nodiscard]] base::Result<std::vector<FeedHeader>> headers_of(Feed const& feed) const;
    /// Of a feed as it stands in the table.
    [[nodiscard]] base::Result<std::vector<FeedHeader>> open_headers(std::string const& sealed, FeedId id) const;
    [[nodiscard]] base::Result<std::string> open_password(std::string const& sealed, FeedId id) const;
    [[nodiscard]] base::Result<ShadowserverKeys> open_keys(std::string const& sealed, FeedId id) const;
    [[nodiscard]] feed_table::Sealed seal(FeedContent const& content, FeedId id) const;
    [[nodiscard]] FileTold told_of(Feed const& feed, std::string name) const;

    /// Looks, in the way of its kind.
    Attempt attempt(Feed const& feed, std::stop_token const& stop);
    Attempt pull(Feed const& feed, std::stop_token const& stop) const;
    Attempt look_into_folder(Feed const& feed, std::stop_token const& stop);
    Attempt look_into_mailbox(Feed const& feed, std::stop_token const& stop) const;
    Attempt ask_shadowserver(Feed const& feed, std::stop_token const& stop) const;
    Attempt look_into_misp_folder(Feed const& feed, std::stop_token const& stop) const;
    Attempt ask_sensors(Feed const& feed, std::stop_token const& stop) const;
    /// Reads what was kept into the attempt.
    void receive(FileTold const& told, storage::Blob const& blob, Attempt& attempt, std::stop_token const& stop) const;
    /// One file of a drop folder: read, and put away.
    void take_file(Feed const& feed, DropFolder& folder, std::string const& name, Attempt& attempt,
                   std::stop_token const& stop) const;
    /// One mail: kept, read, and told to the server as taken. What cannot be told goes into `attempt`.
    base::Result<void> take_mail(Feed const& feed, net::ImapClient& client, std::uint32_t uid, Attempt& attempt,
                                 std::stop_token const& stop) const;
    /// One report that is listed: fetched, read, and noted as such. What is no report, or is not there, goes into
    /// `attempt` and is fetched anew at the next look; a failure is of the server or of ours.
    /// False where the server has none that can be read, which holds up no other.
    base::Result<bool> take_report(Feed const& feed, ListedReport const& report, Attempt& attempt,
                                   std::stop_token const& stop) const;
    /// One event of such a folder: fetched, read, and noted as taken, or as not. What is no event, or is not there,
    /// goes into `attempt`; a failure is of the server or of ours. False where the server has none that can be read.
    base::Result<bool> take_event(Feed const& feed, std::vector<FeedHeader> const& headers, MispEvent const& event,
                                  Attempt& attempt, std::stop_token const& stop) const;
    /// Writes what came of it; of a feed that is gone, nothing.
    base::Result<void> settle(Feed const& feed, Attempt const& attempt) const;

    Intake const& intake;
    storage::Database& database;
    journal::Journal& journal;
    seals::SecretBox const secrets;
    base::Clock const& clock;
    std::vector<base::Prefix> const besides;
    std::optional<OwnSensors> const sensors;
    mutable std::mutex mutex{};
    std::set<FeedId> running{};
    std::map<FeedId, DropFolder::Looks> looks{};  ///< Of feeds with a folder; only who runs one touches its own.
    std::function<void()> changed{};
};

}  // namespace kula::intake
