#pragma once
/// @file
/// The feeds: what people say of them, and looking for what they bring.
///
/// A change is an entry in the trail in the same transaction; an attempt is none, its outcome stands with the feed. A
/// delivery is read by `Intake`, which keeps it raw first and counts the same content once: an attempt that a crash cut
/// off is made again and doubles nothing. Who may see feeds at all is the team: to a clearance that does not see
/// everything there are none. Safe from any thread.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/actor.hpp"
#include "base/address.hpp"
#include "base/clock.hpp"
#include "base/result.hpp"
#include "events/store.hpp"
#include "indicators/store.hpp"
#include "intake/feed.hpp"
#include "intake/intake.hpp"
#include "journal/journal.hpp"
#include "seals/secret_box.hpp"
#include "storage/database.hpp"

namespace kula::intake {

/// More feeds are refused.
constexpr std::int64_t most_feeds = 500;
/// Attempts that are kept of each feed.
constexpr std::int64_t most_runs = 20;

/// What feeds of the kind `sightings` look at. Both outlive the feeds.
struct OwnSensors {
    events::SightingStore const& sightings;
    indicators::Store const& indicators;
};

class Feeds {
public:
    /// All outlive it; `intake` is open on the same database. `besides` are the addresses that feeds may be fetched
    /// from though they are not public. Without `sensors` there is nothing that feeds of sightings could tell.
    /// `unavailable` where a table cannot be read.
    static base::Result<std::unique_ptr<Feeds>> open(Intake const& intake, storage::Database& database,
                                                     journal::Journal& journal, seals::SecretBox secrets,
                                                     base::Clock const& clock, std::vector<base::Prefix> besides = {},
                                                     std::optional<OwnSensors> sensors = {});
    ~Feeds();
    Feeds(Feeds const&) = delete;
    Feeds& operator=(Feeds const&) = delete;

    /// By name; `most_feeds` at most.
    [[nodiscard]] base::Result<std::vector<Feed>> list(base::Clearance const& clearance) const;
    [[nodiscard]] base::Result<Feed> find(FeedId id, base::Clearance const& clearance) const;
    /// The latest attempts, newest first.
    [[nodiscard]] base::Result<std::vector<FeedRun>> runs(FeedId id, base::Clearance const& clearance) const;

    /// `conflict` where the name is taken or there are too many.
    base::Result<Feed> add(FeedContent content, base::Actor const& actor);
    /// `conflict` unless it is of this version. A header without a value keeps the one it has; where the address leads
    /// to another server it must be told anew, so that nobody sends a key elsewhere. The next look asks for everything.
    base::Result<Feed> replace(FeedId id, std::int64_t version, FeedContent content, base::Actor const& actor);
    /// Its deliveries and events stay, its drop folder too.
    base::Result<void> remove(FeedId id, std::int64_t version, base::Actor const& actor);

    /// Looks as soon as somebody has time. `conflict` where there is nothing to look for: it is pushed, or off.
    base::Result<Feed> look_soon(FeedId id, base::Actor const& actor);
    /// Takes what somebody sends: it is on disk before a row is read, and read when this returns. `name` is the file's.
    /// `conflict` where the feed is off, `invalid` where the name is none or the content is longer than the feed takes.
    base::Result<std::vector<Received>> deliver(FeedId id, std::string const& name, std::string_view content,
                                                base::Actor const& actor);

    /// Reads what somebody hands over of a source, as `Intake::receive`. Where it is a feed's name, it is read as the
    /// feed's deliveries are, unless a format or a mapping is told, and counts as one of them, also while the feed is
    /// off. Whether there is such a feed; `unavailable` where that cannot be known.
    base::Result<bool> receive(FileTold const& told, storage::Blob const& blob,
                               std::function<void(Received const&)> const& visit, std::stop_token const& stop = {});

    /// Makes the attempt that is most overdue and that nobody else makes. False where none is due.
    base::Result<bool> look(std::stop_token const& stop);
    /// When the next one is due; nothing where none will be.
    [[nodiscard]] base::Result<std::optional<base::Instant>> next_due() const;
    /// Called after something became due earlier, from any thread. Once, before threads look.
    void on_change(std::function<void()> listener);

    [[nodiscard]] std::filesystem::path drop_folder(std::string const& name) const;

private:
    struct State;
    explicit Feeds(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace kula::intake
