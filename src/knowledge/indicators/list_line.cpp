#include "list_line.hpp"

#include <algorithm>
#include <charconv>

#include "base/ascii.hpp"
#include "name.hpp"

namespace kula::indicators {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

std::size_t token_length(std::string_view text) {
    return static_cast<std::size_t>(std::find_if(text.begin(), text.end(), is_blank) - text.begin());
}

// `first - last`, `first -last`, `first- last`: how far the range reaches, if it is one.
std::size_t spaced_range_length(std::string_view line, std::size_t first_token) {
    auto const rest = trim_blanks(line.substr(first_token));
    bool const dash_behind = line[first_token - 1] == '-';
    if (!dash_behind && (rest.empty() || rest.front() != '-')) return 0;
    auto const last = trim_blanks(dash_behind ? rest : rest.substr(1));
    auto const text = last.substr(0, std::min(token_length(last), last.find_first_of("#;")));
    if (!base::Address::parse(text)) return 0;
    return static_cast<std::size_t>(text.data() + text.size() - line.data());
}

base::Result<Value> parse_token(std::string_view token, ReservedSpace reserved, std::string_view& comment) {
    auto const mark = token.find_first_of("#;");
    if (mark != std::string_view::npos) {
        auto head = Value::parse(token.substr(0, mark), reserved);
        // In a URL both marks may be part of the path or begin a fragment.
        if (head.has_error() || head->kind != Kind::url) {
            comment = token.substr(mark + 1);
            return head;
        }
    }
    return Value::parse(token, reserved);
}

bool is_address(std::string_view text) { return base::Address::parse(text).has_value(); }

}  // namespace

std::string_view trim_blanks(std::string_view text) { return base::trimmed(text, " \t\r"); }

bool is_silent_line(std::string_view line) { return line.empty() || line.front() == '#' || line.front() == ';'; }

std::string_view clean_start(std::string_view text, std::size_t longest) {
    text = trim_blanks(text);
    if (text.size() > longest) {
        while (longest > 0 && (static_cast<unsigned char>(text[longest]) & 0xc0) == 0x80) --longest;
        text = text.substr(0, longest);
    }
    return is_clean_text(text) ? text : std::string_view();
}

std::string shown(std::string_view text) {
    auto const clean = clean_start(text, longest_skipped_text);
    if (!clean.empty() || text.empty()) return std::string(clean);
    std::string out(text.substr(0, longest_skipped_text));
    std::replace_if(
        out.begin(), out.end(), [](char c) { return c < 0x20 || c == 0x7f; }, '?');
    return out;
}

base::Result<Value> parse_plain_line(std::string_view line, ReservedSpace reserved, Attributes& attributes) {
    line = trim_blanks(line);
    auto length = token_length(line);
    if (length == line.size() && line.find_first_of("#;") == std::string_view::npos)
        return Value::parse(line, reserved);
    if (length == 0) return base::invalid("no indicator: empty");
    if (auto const range = spaced_range_length(line, length)) length = range;
    std::string_view comment;
    auto value = parse_token(line.substr(0, length), reserved, comment);
    auto rest = trim_blanks(line.substr(length));
    if (value.has_error()) return value;
    if (!comment.empty() || rest.empty()) {
        auto const end = static_cast<std::size_t>(line.data() + line.size() - comment.data());
        attributes.comment = comment.empty() ? comment : clean_start({comment.data(), end}, longest_comment);
        return value;
    }
    auto const second = rest.substr(0, token_length(rest));
    if (is_address(second)) return base::invalid("no indicator: two values in one line");
    std::uint64_t count = 0;
    auto const [end, fault] = std::from_chars(second.data(), second.data() + second.size(), count);
    if (fault == std::errc{} && end == second.data() + second.size()) {
        attributes.count = count;
        rest = trim_blanks(rest.substr(second.size()));
    }
    while (!rest.empty() && (rest.front() == '#' || rest.front() == ';')) rest.remove_prefix(1);
    attributes.comment = clean_start(rest, longest_comment);
    return value;
}

}  // namespace kula::indicators
