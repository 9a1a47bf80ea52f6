#include "net/event_stream.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/clock.hpp"
#include "base/id.hpp"
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

/// Different in every process, so that an id from before a restart is recognised as such.
std::string new_epoch() {
    auto const text = base::Uuid::v7(base::SystemClock{}.now()).text();
    return text.substr(text.size() - 12);
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
    : remembered_(remembered), per_client_(per_client), epoch_(new_epoch()) {}

void Broadcast::publish(std::string_view name, std::string_view data) {
    std::lock_guard const lock(mutex_);
    auto const made = frame(name, data, fmt::format("{}-{}", epoch_, ++sequence_));
    recent_.push_back({sequence_, std::string(name), made});
    if (recent_.size() > remembered_) recent_.pop_front();
    std::erase_if(subscribers_, [&](Subscriber const& subscriber) {
        auto const stream = subscriber.stream.lock();
        if (!stream || !stream->is_open()) return true;
        return (!subscriber.wants || subscriber.wants(name)) && !stream->push(made);
    });
}

std::shared_ptr<EventStream> Broadcast::subscribe(std::optional<std::string_view> last_event_id, Wants wants) {
    auto stream = std::make_shared<EventStream>(per_client_);
    std::lock_guard const lock(mutex_);
    if (last_event_id) {
        std::vector<Frame> missed;
        auto const last = sequence_of(*last_event_id);
        auto const oldest_known = sequence_ - recent_.size();
        if (!last || *last < oldest_known || *last > sequence_) {
            missed.push_back(frame("reset", "{}", fmt::format("{}-{}", epoch_, sequence_)));
        } else {
            for (auto const& event : recent_) {
                if (event.sequence > *last && (!wants || wants(event.name))) missed.push_back(event.frame);
            }
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

std::optional<std::uint64_t> Broadcast::sequence_of(std::string_view id) const {
    if (id.size() <= epoch_.size() + 1 || id.substr(0, epoch_.size()) != epoch_ || id[epoch_.size()] != '-') {
        return std::nullopt;
    }
    auto const digits = id.substr(epoch_.size() + 1);
    std::uint64_t sequence = 0;
    auto const [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), sequence);
    if (fault != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    return sequence;
}

}  // namespace kula::net
