#pragma once
/// @file
/// A feed: one of the ways in. What people say of it, how it goes, and what is to be told of that. Values; pure.

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/record.hpp"
#include "base/result.hpp"

namespace kula::intake {

/// How deliveries come. Another way is another word here and another way to look.
enum class FeedKind : std::uint8_t {
    pull,          ///< Fetched from a web address.
    folder,        ///< Somebody lays files into its drop folder.
    push,          ///< Somebody sends them.
    mailbox,       ///< Mails of a folder on a mail server.
    shadowserver,  ///< Reports that Shadowserver's API lists.
    misp,          ///< Events of a folder that MISP publishes, each a delivery.
    sightings,     ///< What the own sensors saw, an hour a delivery.
};
std::string_view to_text(FeedKind kind);
std::optional<FeedKind> parse_feed_kind(std::string_view text);

/// A header of the requests to a feed's server. Its value is taken for a secret: sealed at rest, told to nobody.
struct FeedHeader {
    std::string name;
    std::optional<std::string> value{};  ///< Absent in what is told; in what comes: as before.
};

/// A folder of mails, on the server of the feed's `url`.
struct FeedMailbox {
    std::string user{};                     ///< 1 to 200 characters.
    std::optional<std::string> password{};  ///< As a header's value: sealed, told to nobody.
    std::string folder = "INBOX";           ///< 1 to 200 characters.
    /// Where there are any, only mails whose sender's line holds one of them: `reports@partner.example`,
    /// `@partner.example`. At most 50, each of 1 to 200 visible characters of ASCII. Anybody can write any sender.
    std::vector<std::string> senders{};
    std::string moved_to{};  ///< The folder that mails go to when they are kept; empty: they are marked as read.
};

/// What is asked of Shadowserver's reports API, whose address is the feed's `url`.
struct FeedShadowserver {
    std::optional<std::string> key{};     ///< As a header's value: sealed, told to nobody.
    std::optional<std::string> secret{};  ///< Likewise. Signs what is asked; never sent.
    /// Only those of these subscriptions, as Shadowserver names them; empty: all. At most 50, each of 1 to 200 visible
    /// characters of ASCII.
    std::vector<std::string> reports{};
    /// Only those of these types (`scan_dns`); empty: all. At most 200, each of 1 to 100 of `a-z`, `0-9` and `_`.
    std::vector<std::string> types{};
    std::uint32_t days = 3;  ///< How far back is asked, besides today: 1 to 90.
    /// What a report's id is put behind: https, or this machine.
    std::string downloads = "https://dl.shadowserver.org/";
};
/// Where its API is unless told.
inline constexpr std::string_view shadowserver_api = "https://transform.shadowserver.org/api2/";

/// Bytes of an address that a feed is fetched from.
constexpr std::size_t longest_feed_url = 2000;

/// What people say of a feed.
struct FeedContent {
    std::string name{};   ///< `[a-z0-9-]`, 1 to 63 characters, letters or digits at both ends. Fixed once it is made.
    std::string title{};  ///< 1 to 200 characters.
    FeedKind kind = FeedKind::pull;  ///< Fixed once it is made.
    /// Whose deliveries they are; 1 to 100 characters. The name unless told. Of `shadowserver` that word unless told;
    /// each of its deliveries is of `<source>/<type>`, as a report is that comes by itself.
    std::string source{};
    std::string format = "auto";  ///< `auto`, `shadowserver`, or the name of a shipped mapping; of
                                  ///< `sightings` and `misp` that word unless told.
    std::string mapping{};        ///< An analyst's, in JSON, at most 256 KiB; instead of `format`.
    /// At most 2,000 bytes. Of `pull`: `http` or `https`; of `mailbox` its server alone: `imaps://mail.example.org`, or
    /// `imap`, which starts TLS first, but on loopback; of `shadowserver` its API, the known one unless told; of `misp`
    /// the folder's, `http` or `https`, to which a missing `/` is put and of which `manifest.json` is cut.
    std::string url{};
    std::vector<FeedHeader> headers{};               ///< At most 10; of `pull` and `misp`.
    std::optional<FeedMailbox> mailbox{};            ///< Of `mailbox`, and of no other.
    std::optional<FeedShadowserver> shadowserver{};  ///< Of `shadowserver`, and of no other.
    std::chrono::seconds period{3600};               ///< Between two looks, a minute to 30 days.
    std::optional<std::chrono::seconds> expected{};  ///< A delivery comes within so long, a minute to 400 days.
    std::uint64_t most_bytes = 5'000'000'000;        ///< Of one delivery, 1 to 100 GB.
    bool is_enabled = true;
};

/// `invalid` names every field that breaks its rule. Cuts blanks around texts.
base::Result<FeedContent> checked(FeedContent content);
/// In JSON, as the API names its members: without the values of headers and without passwords or keys.
std::string to_json(FeedContent const& content);

/// How far a mailbox is read (RFC 3501 §2.3.1.1).
struct MailboxPosition {
    std::uint32_t uid_validity = 0;  ///< Of the folder that the UID is of.
    std::uint32_t last_uid = 0;      ///< Mails up to it were taken, or were not to be.
    friend bool operator==(MailboxPosition const&, MailboxPosition const&) = default;
};

/// Of the newest new delivery.
enum class DeliveryCondition : std::uint8_t { none, whole, incomplete, refused, empty };
std::string_view to_text(DeliveryCondition condition);
DeliveryCondition parse_delivery_condition(std::string_view text);

struct FeedState {
    std::optional<base::Instant> next_due{};  ///< Nothing where nobody looks.
    base::Instant watched_from{};             ///< Since when deliveries are expected.
    std::optional<base::Instant> tried_at{};
    std::optional<base::Instant> succeeded_at{};
    std::optional<base::Instant> delivered_at{};  ///< When the newest new delivery came.
    DeliveryCondition condition = DeliveryCondition::none;
    std::uint64_t failures = 0;    ///< In a row.
    std::string fault{};           ///< Of the last attempt; empty where it went well.
    std::string delivery_fault{};  ///< Of the newest new delivery.
    std::string etag{};            ///< Of the content that was read last (RFC 9110 §8.8.3).
    std::string last_modified{};   ///< Likewise (§8.8.2), as the server wrote it.
    MailboxPosition position{};
};

struct Feed {
    base::Id<Feed> id{};
    FeedContent content{};
    FeedState state{};
    base::Record record{};
    bool is_running = false;  ///< Somebody looks right now.
};
using FeedId = base::Id<Feed>;

/// One attempt to get a delivery.
struct FeedRun {
    enum class Outcome : std::uint8_t { delivered, nothing_new, refused, failed };
    base::Instant at{};
    Outcome outcome = Outcome::nothing_new;
    std::string fault{};
    std::uint64_t rows = 0;
    std::uint64_t accepted = 0;
    std::uint64_t quarantined = 0;
};
std::string_view to_text(FeedRun::Outcome outcome);
FeedRun::Outcome parse_outcome(std::string_view text);

/// What is to be told of a feed, the worst first.
enum class FeedHealth : std::uint8_t {
    failing,     ///< The last attempts failed: three in a row, or all there were.
    late,        ///< No new delivery within the time that was expected.
    incomplete,  ///< The newest delivery broke off, was refused, or held nothing.
    never,       ///< Nothing came yet, and it is not late.
    ok,
    off,
};
inline constexpr std::array feed_healths{FeedHealth::failing, FeedHealth::late, FeedHealth::incomplete,
                                         FeedHealth::never,   FeedHealth::ok,   FeedHealth::off};
std::string_view to_text(FeedHealth health);
FeedHealth health_of(Feed const& feed, base::Instant now);

/// When to look again: a period later, up to a tenth of it less, always the same for one feed, so that not all feeds
/// ask in one moment.
base::Instant next_look(Feed const& feed, base::Instant now);
/// After so many failures in a row: a minute, twice as long each time, an hour at most; not before `not_before`, where
/// the server named a moment (at most a day ahead).
base::Instant next_attempt(std::uint64_t failures, std::optional<base::Instant> not_before, base::Instant now);

}  // namespace kula::intake
