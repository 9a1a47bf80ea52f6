#include "event_reader.hpp"

#include <charconv>
#include <utility>

namespace kula::client {

bool EventReader::take(std::string_view bytes, std::function<bool(Event const&)> const& receiver) {
    for (char const c : bytes) {
        bool const is_second_half = after_return_ && c == '\n';
        after_return_ = c == '\r';
        if (is_second_half) continue;
        if (c != '\n' && c != '\r') {
            line_ += c;
            if (line_.size() + data_.size() > longest_event) return false;
            continue;
        }
        auto const line = std::exchange(line_, {});
        if (!take_line(line, receiver)) return false;
    }
    return true;
}

void EventReader::begin_again() {
    line_.clear();
    kind_.clear();
    data_.clear();
    id_ = last_id_;
    after_return_ = false;
}

bool EventReader::take_line(std::string_view line, std::function<bool(Event const&)> const& receiver) {
    if (line.empty()) {
        last_id_ = id_;
        auto kind = std::exchange(kind_, {});
        auto data = std::exchange(data_, {});
        if (data.empty()) return true;
        data.pop_back();  // The line's end behind the last `data`.
        return receiver({last_id_, kind.empty() ? "message" : std::move(kind), std::move(data)});
    }
    auto const colon = line.find(':');
    auto const name = line.substr(0, colon);
    auto value = colon == std::string_view::npos ? std::string_view() : line.substr(colon + 1);
    if (value.starts_with(' ')) value.remove_prefix(1);
    if (name == "data") data_.append(value).append(1, '\n');
    if (name == "event") kind_ = value;
    if (name == "id" && value.find('\0') == std::string_view::npos) id_ = value;
    if (name == "retry") {
        unsigned milliseconds = 0;
        auto const [stop, fault] = std::from_chars(value.data(), value.data() + value.size(), milliseconds);
        if (fault == std::errc() && stop == value.data() + value.size())
            retry_ = std::chrono::milliseconds(milliseconds);
    }
    return true;
}

}  // namespace kula::client
