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
    /// Only what these permissions may read; ends after `longest_stream`, so that who may no more is told at the gate.
    [[nodiscard]] std::shared_ptr<net::EventStream> follow(std::optional<std::string_view> last_event_id,
                                                           std::set<std::string, std::less<>> permissions);
    /// Ends every stream, and asks nothing any more.
    void close();

private:
    using Moment = std::chrono::steady_clock::time_point;
    void run();
    bool tell_sightings();
    void tell_others();
    void tell_if_changed(std::string_view name, Json now, Json& last);

    Source const status_;
    Source const collection_;
    Pace const pace_;
    net::Broadcast broadcast_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::optional<events::News> pending_;
    bool stopped_ = false;
    Json last_status_;
    Json last_collection_;
    std::thread thread_;
};

}  // namespace kula::api
