#include "net/event_stream.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <random>

#include "base/must.hpp"

namespace kula::net {
namespace {

bool is_one_line(std::string_view text) {
    return text.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos;
}

void append_lines(std::string& out, std::string_view data) {
    for (;;) {
        auto const end = data.find_first_of("\r\n");
        out.append("data: ").append(data.substr(0, end)).push_back('\n');
        if (end == std::string_view::npos) return;
        bool const pair = data.substr(end, 2) == "\r\n";
        data.remove_prefix(end + (pair ? 2 : 1));
    }
}

/// 128 bits that nobody guesses, nor counts by.
std::string new_id() {
    std::random_device random;
    return fmt::format("{:08x}{:08x}{:08x}{:08x}", random(), random(), random(), random());
}

}  // namespace

Frame frame(std::string_view name, std::string_view data, std::string_view id) {
    base::must(is_one_line(name) && is_one_line(id), "an event's name and id are one line each");
    std::string out;
    out.reserve(name.size() + data.size() + id.size() + 32);
    if (!id.empty()) out.append("id: ").append(id).push_back('\n');
    if (!name.empty()) out.append("event: ").append(name).push_back('\n');
    append_lines(out, data);
    out.push_back('\n');
    return std::make_shared<std::string const>(std::move(out));
}

EventStream::EventStream(Capacity capacity) : capacity_(capacity) {}

bool EventStream::push(Frame frame) {
    std::lock_guard const lock(mutex_);
    if (ending_ != Ending::open) return false;
    bool const full = queue_.size() - preloaded_ >= capacity_.events || queued_bytes_ + frame->size() > capacity_.bytes;
    if (full) {
        ending_ = Ending::overflowed;
        queue_.clear();
        queued_bytes_ = preloaded_ = 0;
        reader_waits_ = true;  // or it is busy writing to the client that does not read
    } else {
        queued_bytes_ += frame->size();
        queue_.push_back(std::move(frame));
    }
    wake_reader();
    return !full;
}

void EventStream::preload(std::vector<Frame> frames) {
    std::lock_guard const lock(mutex_);
    base::must(queue_.empty(), "only an empty stream is preloaded");
    queue_.assign(std::make_move_iterator(frames.begin()), std::make_move_iterator(frames.end()));
    preloaded_ = queue_.size();
}

void EventStream::close() {
    std::lock_guard const lock(mutex_);
    if (ending_ == Ending::open) ending_ = Ending::closed;
    wake_reader();
}

EventStream::Ending EventStream::ending() const {
    std::lock_guard const lock(mutex_);
    return ending_;
}

EventStream::Taken EventStream::take(std::size_t bytes) {
    std::lock_guard const lock(mutex_);
    Taken taken{{}, ending_};
    std::size_t total = 0;
    while (!queue_.empty() && (taken.frames.empty() || total + queue_.front()->size() <= bytes)) {
        auto const size = queue_.front()->size();
        total += size;
        if (preloaded_ > 0) {
            --preloaded_;
        } else {
            queued_bytes_ -= size;
        }
        taken.frames.push_back(std::move(queue_.front()));
        queue_.pop_front();
    }
    reader_waits_ = taken.frames.empty();
    return taken;
}

void EventStream::attach(std::function<void()> wake) {
    std::lock_guard const lock(mutex_);
    wake_ = std::move(wake);
}

void EventStream::detach() {
    std::lock_guard const lock(mutex_);
    wake_ = nullptr;
    if (ending_ == Ending::open) ending_ = Ending::closed;
    queue_.clear();
    queued_bytes_ = preloaded_ = 0;
}

void EventStream::wake_reader() {
    if (!reader_waits_ || !wake_) return;
    reader_waits_ = false;
    wake_();
}

Broadcast::Broadcast(std::size_t remembered, EventStream::Capacity per_client)
    : remembered_(remembered), per_client_(per_client), before_(new_id()) {}

void Broadcast::publish(std::string_view name, std::string_view data, std::string_view audience) {
    auto id = new_id();
    std::lock_guard const lock(mutex_);
    auto const made = frame(name, data, id);
    recent_.push_back({std::move(id), std::string(audience), made});
    if (recent_.size() > remembered_) {
        before_ = std::move(recent_.front().id);
        recent_.pop_front();
    }
    std::erase_if(subscribers_, [&](Subscriber const& subscriber) {
        auto const stream = subscriber.stream.lock();
        if (!stream || !stream->is_open()) return true;
        return (!subscriber.wants || subscriber.wants(audience)) && !stream->push(made);
    });
}

std::shared_ptr<EventStream> Broadcast::subscribe(std::optional<std::string_view> last_event_id, Wants wants) {
    auto stream = std::make_shared<EventStream>(per_client_);
    std::lock_guard const lock(mutex_);
    if (last_event_id) {
        std::vector<Frame> missed;
        if (auto const first = behind(*last_event_id)) {
            for (auto at = *first; at < recent_.size(); ++at) {
                if (!wants || wants(recent_[at].audience)) missed.push_back(recent_[at].frame);
            }
        } else {
            missed.push_back(frame("reset", "{}", recent_.empty() ? before_ : recent_.back().id));
        }
        stream->preload(std::move(missed));
    }
    subscribers_.push_back({stream, std::move(wants), std::chrono::steady_clock::now()});
    return stream;
}

std::size_t Broadcast::subscribers() const {
    std::lock_guard const lock(mutex_);
    return static_cast<std::size_t>(
        std::count_if(subscribers_.begin(), subscribers_.end(), [](Subscriber const& subscriber) {
            auto const stream = subscriber.stream.lock();
            return stream && stream->is_open();
        }));
}

void Broadcast::close_older_than(std::chrono::steady_clock::duration age) {
    std::lock_guard const lock(mutex_);
    auto const oldest = std::chrono::steady_clock::now() - age;
    std::erase_if(subscribers_, [oldest](Subscriber const& subscriber) {
        if (subscriber.since > oldest) return false;
        if (auto const stream = subscriber.stream.lock()) stream->close();
        return true;
    });
}

void Broadcast::close() {
    std::lock_guard const lock(mutex_);
    for (auto const& subscriber : subscribers_) {
        if (auto const stream = subscriber.stream.lock()) stream->close();
    }
    subscribers_.clear();
}

std::optional<std::size_t> Broadcast::behind(std::string_view id) const {
    if (id == before_) return 0;
    auto const found =
        std::find_if(recent_.begin(), recent_.end(), [id](Remembered const& event) { return event.id == id; });
    if (found == recent_.end()) return std::nullopt;
    return static_cast<std::size_t>(found - recent_.begin()) + 1;
}

}  // namespace kula::net
