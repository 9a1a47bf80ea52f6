#pragma once
/// @file
/// What is new, told to every open desk of the team: sightings, exporters, status, what people changed. And to
/// organisations, apart from all that: that something about their findings is new.

#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "base/actor.hpp"
#include "events/store.hpp"
#include "findings/finding.hpp"
#include "json.hpp"
#include "net/event_stream.hpp"

namespace kula::api {

/// How often at most.
struct Pace {
    std::chrono::milliseconds sightings{1000};
    std::chrono::milliseconds others{5000};
    std::chrono::milliseconds longest_stream{5 * 60'000};
};

class Announcer {
public:
    using Source = std::function<Json()>;

    /// Both are asked from a thread of the announcer's own until it is closed, `status` while somebody listens, and
    /// told when they changed since somebody was told; their member `now` does not count.
    Announcer(Source status, Source collection, Pace pace = {});
    ~Announcer();
    Announcer(Announcer const&) = delete;
    Announcer& operator=(Announcer const&) = delete;

    /// Adds to what will be told next. Never waits.
    void add(events::News const& news);
    /// That a record was changed; told at once to those of the team who may read records of its kind.
    void tell_change(base::Instant at, std::string_view deed, std::string_view subject);
    /// That this finding is another now: adds to what its organisation, and those above, will be told next. What is not
    /// for outsiders, or nobody's, is told to nobody. Never waits.
    void add(findings::Finding const& finding, base::Instant at);
    /// See `net::Broadcast::subscribe`.
    /// For the team: only what these permissions may read. Ends after `longest_stream`, and as soon as `holds` says no:
    /// it is asked from the announcer's thread every few seconds, and whenever `look_again` was called.
    [[nodiscard]] std::shared_ptr<net::EventStream> follow(std::optional<std::string_view> last_event_id,
                                                           std::set<std::string, std::less<>> permissions,
                                                           std::function<bool()> holds = {});
    /// For organisations: news of the findings of those that this clearance names, and nothing else. Likewise.
    [[nodiscard]] std::shared_ptr<net::EventStream> follow_findings(std::optional<std::string_view> last_event_id,
                                                                    base::Clearance clearance,
                                                                    std::function<bool()> holds = {});
    /// Asks of every stream whether it still may be. Never waits.
    void look_again();
    /// Ends every stream, and asks nothing any more.
    void close();

private:
    using Moment = std::chrono::steady_clock::time_point;
    void run();
    std::shared_ptr<net::EventStream> watched(std::shared_ptr<net::EventStream> stream, std::function<bool()> holds);
    bool tell_sightings();
    bool tell_findings();
    void tell_others();
    void end_what_holds_no_more();
    bool looks_again() {
        std::lock_guard const lock(mutex_);
        return looks_again_;
    }
    void tell_if_changed(std::string_view name, std::string_view permission, Json now, Json& last);

    Source const status_;
    Source const collection_;
    Pace const pace_;
    net::Broadcast broadcast_;         ///< For the team; for those who hold a permission.
    net::Broadcast to_organisations_;  ///< For those who may see an organisation.
    std::mutex mutex_;
    std::condition_variable changed_;
    std::optional<events::News> pending_;
    struct FindingsNews {
        base::Instant at{};
        std::size_t count = 0;
        std::set<findings::FindingId> ids{};
    };
    std::map<registry::OrganisationId, FindingsNews> pending_findings_;
    bool stopped_ = false;
    bool looks_again_ = false;
    struct Follower {
        std::weak_ptr<net::EventStream> stream;
        std::function<bool()> holds;
    };
    std::vector<Follower> followers_;
    Json last_status_;
    Json last_collection_;
    std::thread thread_;
};

}  // namespace kula::api
