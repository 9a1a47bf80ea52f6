#include "json_value.hpp"

#include <algorithm>
#include <array>

namespace kula::intake {
namespace {

/// Of an object: finding one of them looks at all.
constexpr std::size_t most_members = 2000;

constexpr bool is_in_front_of_values(char c) { return c == '[' || c == ',' || c == ':'; }
constexpr bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

}  // namespace

std::optional<ValueEnd> end_of_value(std::string_view text) {
    std::size_t depth = 0;
    std::size_t deepest = 0;
    bool is_text = false;
    char last = '\0';  // That was no blank.
    for (std::size_t at = 0; at < text.size(); ++at) {
        char const c = text[at];
        if (c == '\n' && (is_text || depth > 0)) {
            // A line that begins an object where none can stand: the value before it was never closed.
            bool const may_be_next = is_text || !is_in_front_of_values(last);
            if (may_be_next && at + 1 == text.size()) return std::nullopt;
            if (may_be_next && text[at + 1] == '{') return ValueEnd{at, deepest};
        }
        if (!is_text && !is_blank(c)) last = c;
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
            if (depth == 0) return ValueEnd{std::max<std::size_t>(at, 1), deepest};  // Of what the value stands in.
            if (--depth == 0) return ValueEnd{at + 1, deepest};
        } else if (depth == 0 && (c == ',' || c == '\n')) {
            return ValueEnd{at, deepest};
        }
    }
    return std::nullopt;
}

std::optional<Json> parse_value(std::string_view text, std::size_t depth, std::uint64_t line, RowSink& sink) {
    if (depth > deepest_value) return sink.broken(line, text, "is nested deeper than 64 levels"), std::nullopt;
    std::array<std::size_t, deepest_value + 2> members{};
    bool has_too_many = false;
    auto value = Json::parse(
        as_utf8(text),
        [&](int level_of_depth, Json::parse_event_t event, Json& /*parsed*/) {
            auto const level = static_cast<std::size_t>(level_of_depth);
            if (event == Json::parse_event_t::object_start) members.at(level + 1) = 0;
            if (event != Json::parse_event_t::key) return true;
            bool const is_one_too_many = ++members.at(level) > most_members;
            has_too_many = has_too_many || is_one_too_many;
            return !is_one_too_many;
        },
        false);
    if (has_too_many) return sink.broken(line, text, "an object has more than 2,000 members"), std::nullopt;
    if (value.is_discarded()) return sink.broken(line, text, "is no JSON"), std::nullopt;
    return value;
}

void take_object(Json const& value, std::string_view raw, std::uint64_t line, RowSink& sink, Cells const* beside) {
    if (!value.is_object()) return sink.broken(line, raw, "is no JSON object");
    Row row(value);
    row.line = line;
    row.raw = raw;
    row.beside = beside;
    sink.row(row);
}

}  // namespace kula::intake
