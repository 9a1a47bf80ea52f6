#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "row_readers.hpp"
#include "texts.hpp"

namespace kula::intake {
namespace {

using formats::InputEnd;
using Bytes = std::span<std::byte const>;

/// Deeper values are no rows: what writes them calls itself for every level.
constexpr std::size_t deepest_value = 64;
/// Of an object: finding one of them looks at all.
constexpr std::size_t most_members = 2000;

struct ValueEnd {
    std::size_t length;
    std::size_t depth;
};

/// Where the JSON value ends that the text begins with; nothing while its end has not come.
std::optional<ValueEnd> end_of_value(std::string_view text) {
    std::size_t depth = 0;
    std::size_t deepest = 0;
    bool is_text = false;
    for (std::size_t at = 0; at < text.size(); ++at) {
        char const c = text[at];
        if (is_text) {
            if (c == '\\') ++at;
            is_text = c != '"';
            continue;
        }
        if (c == '"') {
            is_text = true;
        } else if (c == '{' || c == '[') {
            deepest = std::max(deepest, ++depth);
        } else if (c == '}' || c == ']') {
            if (depth <= 1) return ValueEnd{at + 1, deepest};
            --depth;
        } else if (depth == 0 && (c == ',' || c == '\n')) {
            return ValueEnd{at, deepest};
        }
    }
    return std::nullopt;
}

class JsonRows : public RowReader {
public:
    explicit JsonRows(Reading const& reading) : each_(reading.each) {}

    std::size_t consume(Bytes bytes, InputEnd end, RowSink& sink) override {
        if (is_given_up_) return bytes.size();
        auto rest = as_text(bytes);
        if (!is_past_mark_ && !step_over_mark(rest, end == InputEnd::not_yet)) return 0;
        is_past_mark_ = true;
        for (;;) {
            step_over_parting(rest);
            if (rest.empty()) break;
            auto const found = end_of_value(rest.substr(0, longest_value + 1));
            if (!found && rest.size() > longest_value) return give_up(rest.substr(0, 200), bytes.size(), sink);
            if (!found) {
                if (end == InputEnd::not_yet) break;
                is_list_ = false;  // Its end is not missed as well.
                sink.cut();
                sink.broken(line_, rest, "the text ends inside a value");
                return bytes.size();
            }
            auto const value = rest.substr(0, found->length);
            if (found->depth > deepest_value) {
                sink.broken(line_, value, "is nested deeper than 64 levels");
            } else {
                take(value, sink);
            }
            step(rest, found->length);
        }
        if (end != InputEnd::not_yet && is_list_) sink.cut();
        return bytes.size() - rest.size();
    }

private:
    /// Commas, blanks, line ends, and the brackets of the list that holds all values.
    void step_over_parting(std::string_view& rest) {
        while (!rest.empty()) {
            char const c = rest.front();
            bool const is_parting = c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == ',' || c == '\0';
            if (c == '[' && is_at_beginning_ && each_.empty()) {
                is_list_ = true;
            } else if (c == ']' && is_list_) {
                is_list_ = false;
            } else if (!is_parting) {
                break;
            }
            if (!is_parting) is_at_beginning_ = false;
            step(rest, 1);
        }
        if (!rest.empty()) is_at_beginning_ = false;
    }
    void step(std::string_view& rest, std::size_t length) {
        auto const lines = std::count(rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(length), '\n');
        line_ += static_cast<std::uint64_t>(lines);
        rest.remove_prefix(length);
    }
    std::size_t give_up(std::string_view beginning, std::size_t all, RowSink& sink) {
        is_given_up_ = true;
        sink.broken(line_, beginning, "a value is longer than 8 MiB");
        sink.refuse("a value is longer than 8 MiB: what stands behind it was not read");
        return all;
    }
    void take(std::string_view text, RowSink& sink) {
        std::array<std::size_t, deepest_value + 2> members{};
        bool has_too_many = false;
        auto const value = Json::parse(
            as_utf8(text),
            [&](int depth, Json::parse_event_t event, Json& /*parsed*/) {
                auto const level = static_cast<std::size_t>(depth);
                if (event == Json::parse_event_t::object_start) members.at(level + 1) = 0;
                if (event != Json::parse_event_t::key) return true;
                bool const is_one_too_many = ++members.at(level) > most_members;
                has_too_many = has_too_many || is_one_too_many;
                return !is_one_too_many;
            },
            false);
        if (has_too_many) return sink.broken(line_, text, "an object has more than 2,000 members");
        if (value.is_discarded()) return sink.broken(line_, text, "is no JSON");
        if (each_.empty()) return take_object(value, text, sink);
        auto const* inside = &value;
        std::string_view path = each_;
        while (!path.empty() && path != "*" && inside->is_object()) {
            auto const name = path.substr(0, path.find('.'));
            path.remove_prefix(std::min(path.size(), name.size() + 1));
            auto const found = inside->find(name);
            if (found == inside->end()) return sink.refuse(fmt::format("there is no list {}", each_));
            inside = &*found;
        }
        if (path == "*" && inside->is_object()) return take_members(*inside, sink);
        if (!inside->is_array()) return sink.refuse(fmt::format("there is no list {}", each_));
        for (auto const& each : *inside)
            take_object(each, each.dump(-1, ' ', false, Json::error_handler_t::replace), sink);
    }
    void take_members(Json const& object, RowSink& sink) const {
        for (auto const& [name, value] : object.items()) {
            Json const member{{"name", name}, {"value", value}};
            take_object(member, member.dump(-1, ' ', false, Json::error_handler_t::replace), sink);
        }
    }
    void take_object(Json const& value, std::string_view raw, RowSink& sink) const {
        if (!value.is_object()) return sink.broken(line_, raw, "is no JSON object");
        Row row(value);
        row.line = line_;
        row.raw = raw;
        sink.row(row);
    }

    std::string const each_;
    bool is_past_mark_ = false;
    bool is_at_beginning_ = true;
    bool is_list_ = false;
    bool is_given_up_ = false;
    std::uint64_t line_ = 1;
};

}  // namespace

std::unique_ptr<RowReader> json_rows(Reading const& reading) { return std::make_unique<JsonRows>(reading); }

}  // namespace kula::intake
