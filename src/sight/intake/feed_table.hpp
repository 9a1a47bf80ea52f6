#pragma once
// The tables of feeds, of how they go, and of their latest attempts.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "intake/feed.hpp"
#include "misp_folder.hpp"
#include "storage/session.hpp"

namespace kula::intake::feed_table {

/// By name.
std::vector<Feed> all(storage::Session const& session);
std::optional<Feed> find(storage::Session const& session, FeedId id);
/// The one of this name.
std::optional<Feed> find(storage::Session const& session, std::string const& name);
std::int64_t count(storage::Session const& session);
/// What is sealed of a feed, each empty where there is none.
struct Sealed {
    std::string headers{};   ///< Their values.
    std::string password{};  ///< Of its mailbox.
    std::string keys{};      ///< Of Shadowserver's API.
};
Sealed sealed(storage::Session const& session, FeedId id);
/// Newest first.
std::vector<FeedRun> runs(storage::Session const& session, FeedId id);
/// Of those where somebody looks, the moment and the feed, earliest first.
std::vector<std::pair<base::Instant, FeedId>> by_due(storage::Session const& session);

void insert(storage::Session& session, Feed const& feed, Sealed const& sealed);
void update(storage::Session& session, Feed const& feed, Sealed const& sealed);
void remove(storage::Session& session, FeedId id);
void store(storage::Session& session, FeedId id, FeedState const& state);
/// Ids of reports that were fetched, in any order.
std::vector<std::string> fetched_reports(storage::Session const& session, FeedId id);
/// Forgets what was noted before `forgotten`.
void note_fetched(storage::Session& session, FeedId id, std::string const& report, base::Instant now,
                  base::Instant forgotten);
void forget_fetched(storage::Session& session, FeedId id);
/// Events of a MISP folder that were asked for, by UUID.
std::map<std::string, MispEvent, std::less<>> asked_events(storage::Session const& session, FeedId id);
void note_asked(storage::Session& session, FeedId id, MispEvent const& event);
void forget_asked(storage::Session& session, FeedId id);
/// Those that could not be taken.
void forget_failed(storage::Session& session, FeedId id);
/// Forgets all but the latest `keep`.
void add_run(storage::Session& session, FeedId id, FeedRun const& run, std::int64_t keep);

}  // namespace kula::intake::feed_table
