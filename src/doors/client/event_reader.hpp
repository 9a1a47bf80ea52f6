#pragma once
/// @file
/// Server-sent events out of the bytes of a stream.
///
/// Source: HTML Living Standard §9.2.6 (interpretation of an event stream). Pure.

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace kula::client {

struct Event {
    std::string id;    ///< The last one that was told, also with an earlier event.
    std::string kind;  ///< `message` where none was told.
    std::string data;
};

class EventReader {
public:
    /// A longer line or event is given up, and the stream with it.
    static constexpr std::size_t longest_event = 4u * 1024 * 1024;

    /// Takes the next bytes and hands on every event that is whole now. `false`: the receiver, or the bound, ends it.
    bool take(std::string_view bytes, std::function<bool(Event const&)> const& receiver);
    /// What came of an event that is not whole is forgotten: the connection has ended.
    void begin_again();

    /// For `Last-Event-ID`; empty: none yet.
    [[nodiscard]] std::string const& last_id() const { return last_id_; }
    /// How long the server wants a reader to stay away after the end.
    [[nodiscard]] std::optional<std::chrono::milliseconds> retry() const { return retry_; }

private:
    bool take_line(std::string_view line, std::function<bool(Event const&)> const& receiver);

    std::string line_{};
    bool after_return_ = false;
    std::string last_id_{};
    std::string id_{};
    std::string kind_{};
    std::string data_{};
    std::optional<std::chrono::milliseconds> retry_{};
};

}  // namespace kula::client
