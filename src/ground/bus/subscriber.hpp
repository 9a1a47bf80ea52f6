#pragma once
/// @file
/// One subscriber: what it is to get, and when it is tried again.

#include <chrono>
#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>

#include "bus/dispatcher.hpp"

namespace kula::bus {

enum class Delivered { all, some };

class Subscriber {
public:
    Subscriber(std::string name, Handler handler) : name_(std::move(name)), handler_(std::move(handler)) {}

    [[nodiscard]] std::string const& name() const { return name_; }
    /// Until when it pauses after a failure; none while it does not.
    [[nodiscard]] std::optional<std::chrono::milliseconds> paused_until() const { return paused_until_; }
    /// A batch of what there is; ends early when one fails or a stop is asked for. `some`: there may be more at once.
    Delivered deliver(Source& source, Waiting const& waiting, DispatcherOptions const& options,
                      std::stop_token const& stop);

private:
    bool settle(Source& source, Message const& message, DispatcherOptions const& options);
    [[nodiscard]] std::optional<std::string> objection(Message const& message) const;
    Delivered pause(std::chrono::milliseconds now, DispatcherOptions const& options);

    std::string name_;
    Handler handler_;
    std::optional<std::chrono::milliseconds> paused_until_{};
    int failures_ = 0;           ///< In a row, whatever failed.
    std::int64_t sequence_ = 0;  ///< The message that was tried last,
    int attempts_ = 0;           ///< how often it failed,
    std::string reason_{};       ///< and why.
};

}  // namespace kula::bus
