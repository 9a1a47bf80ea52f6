#pragma once
/// @file
/// Server-sent events: a bounded queue to one client, and a broadcast to many with a memory to resume from.
///
/// Source: HTML Living Standard §9.2 (server-sent events). Every name here is safe from any thread.

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kula::net {

/// One event as `text/event-stream` writes it, made once for all clients.
using Frame = std::shared_ptr<std::string const>;

/// `data` may have several lines. A line break in `name` or `id` is a bug (`std::logic_error`). Empty ones are left
/// out.
Frame frame(std::string_view name, std::string_view data, std::string_view id = {});

/// The queue between those who know news and one client.
class EventStream {
public:
    struct Capacity {
        std::size_t events = 1024;
        std::size_t bytes = 1024 * 1024;
    };

    explicit EventStream(Capacity capacity);
    EventStream() : EventStream(Capacity{}) {}

    /// Queues a frame; never waits. False once the stream is closed: the client left, or it was too slow, which this
    /// call finds out when the queue is full; such a client is dropped at once and may come back with its
    /// `Last-Event-ID`.
    bool push(Frame frame);
    /// Queues what a client missed; the capacity does not count these. Before the stream is handed to the server only.
    void preload(std::vector<Frame> frames);
    /// Ends the response after what is queued.
    void close();

    enum class Ending { open, closed, overflowed };
    [[nodiscard]] Ending ending() const;
    [[nodiscard]] bool is_open() const { return ending() == Ending::open; }

    // The server's side.

    struct Taken {
        std::vector<Frame> frames;
        Ending ending;
    };
    /// Takes frames of up to `bytes` (at least one). When it takes none, the next push or close calls `wake` once; the
    /// push that overflows always does.
    [[nodiscard]] Taken take(std::size_t bytes);
    /// `wake` is called under the stream's lock, from any thread: it must only post.
    void attach(std::function<void()> wake);
    /// The client is gone: forgets `wake` and the queue, closes.
    void detach();

private:
    void wake_reader();

    Capacity const capacity_;
    mutable std::mutex mutex_;
    std::deque<Frame> queue_;
    std::size_t queued_bytes_ = 0;
    std::size_t preloaded_ = 0;
    Ending ending_ = Ending::open;
    bool reader_waits_ = false;
    std::function<void()> wake_;
};

/// News for everyone who subscribed, with ids, and the latest of them kept for those who come back.
class Broadcast {
public:
    /// Keeps the last `remembered` events.
    explicit Broadcast(std::size_t remembered, EventStream::Capacity per_client = {});

    /// Sends to every subscriber who wants what is for this audience. Ids are random: they tell nobody how many events
    /// others got between two of their own.
    void publish(std::string_view name, std::string_view data, std::string_view audience = {});

    /// Which events a subscriber gets, by whom they are for; an empty function means all. Called under the broadcast's
    /// lock.
    using Wants = std::function<bool(std::string_view audience)>;

    /// A stream that begins with what came after `last_event_id`. When that is no longer known (or is from before a
    /// restart) it begins with an event named `reset` with data `{}` instead: the client should read anew. Without a
    /// last id it begins with now.
    [[nodiscard]] std::shared_ptr<EventStream> subscribe(std::optional<std::string_view> last_event_id,
                                                         Wants wants = {});

    [[nodiscard]] std::size_t subscribers() const;
    /// Ends the streams that began so long ago: whoever may, comes back with its last id.
    void close_older_than(std::chrono::steady_clock::duration age);
    /// Ends every stream.
    void close();

private:
    struct Remembered {
        std::string id;
        std::string audience;
        Frame frame;
    };
    struct Subscriber {
        std::weak_ptr<EventStream> stream;
        Wants wants;
        std::chrono::steady_clock::time_point since;
    };
    /// The place of the first remembered event behind this one; nothing where it is not known any more.
    [[nodiscard]] std::optional<std::size_t> behind(std::string_view id) const;

    std::size_t const remembered_;
    EventStream::Capacity const per_client_;
    mutable std::mutex mutex_;
    std::string before_;  ///< The id of what came in front of all that is remembered.
    std::deque<Remembered> recent_;
    std::vector<Subscriber> subscribers_;
};

}  // namespace kula::net
