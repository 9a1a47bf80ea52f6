#pragma once
/// @file
/// What is new, told to every open desk: sightings, exporters, status.

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "events/store.hpp"
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
    /// Schema `Change`; told at once.
    void tell_change(Json const& change);
    /// See `net::Broadcast::subscribe`.
    /// Only what these permissions may read; ends after `longest_stream`, and as soon as `holds` says no: it is asked
    /// from the announcer's thread every few seconds, and whenever `look_again` was called.
    [[nodiscard]] std::shared_ptr<net::EventStream> follow(std::optional<std::string_view> last_event_id,
                                                           std::set<std::string, std::less<>> permissions,
                                                           std::function<bool()> holds = {});
    /// Asks of every stream whether it still may be. Never waits.
    void look_again();
    /// Ends every stream, and asks nothing any more.
    void close();

private:
    using Moment = std::chrono::steady_clock::time_point;
    void run();
    bool tell_sightings();
    void tell_others();
    void end_what_holds_no_more();
    bool looks_again() {
        std::lock_guard const lock(mutex_);
        return looks_again_;
    }
    void tell_if_changed(std::string_view name, Json now, Json& last);

    Source const status_;
    Source const collection_;
    Pace const pace_;
    net::Broadcast broadcast_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::optional<events::News> pending_;
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
