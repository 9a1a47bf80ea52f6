#include "subscriber.hpp"

#include <algorithm>
#include <exception>

namespace kula::bus {
namespace {

/// So many go to one subscriber before the others have their turn.
constexpr std::size_t batch = 100;

}  // namespace

Delivered Subscriber::deliver(Source& source, Waiting const& waiting, DispatcherOptions const& options,
                              std::stop_token const& stop) {
    auto const messages = source.fetch(name_, batch);
    if (!messages) return pause(waiting.now(), options);
    for (auto const& message : *messages) {
        if (stop.stop_requested()) return Delivered::some;
        if (!settle(source, message, options)) return pause(waiting.now(), options);
        failures_ = 0;
    }
    failures_ = 0;
    paused_until_.reset();
    return messages->size() < batch ? Delivered::all : Delivered::some;
}

/// Whether the message was handled or given up, and the source knows.
bool Subscriber::settle(Source& source, Message const& message, DispatcherOptions const& options) {
    if (sequence_ != message.sequence) attempts_ = 0;
    sequence_ = message.sequence;
    if (attempts_ < options.attempts) {  // Else only burying it failed the last time.
        auto objected = objection(message);
        if (!objected) return source.confirm(name_, message.sequence).has_value();
        reason_ = std::move(*objected);
        ++attempts_;
    }
    return attempts_ == options.attempts && source.bury(name_, message.sequence, reason_).has_value();
}

/// Why the handler did not take it.
std::optional<std::string> Subscriber::objection(Message const& message) const {
    try {
        auto const handled = handler_(message);
        return handled.has_error() ? std::optional(handled.error().detail) : std::nullopt;
    } catch (std::exception const& bug) {
        return std::string("a bug: ") + bug.what();
    }
}

Delivered Subscriber::pause(std::chrono::milliseconds now, DispatcherOptions const& options) {
    auto length = options.first_pause;
    for (int i = 0; i < failures_ && length < options.longest_pause; ++i) length *= 2;
    ++failures_;
    paused_until_ = now + std::min(length, options.longest_pause);
    return Delivered::all;
}

}  // namespace kula::bus
