#include "formats/csv.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include "text_values.hpp"

namespace kula::formats {
namespace {

constexpr std::string_view row_too_long = "row is too long";
constexpr std::string_view quotes_broken = "quotes do not match";
constexpr std::string_view computed = "=+-@\t\r\n";
constexpr char guard = '\'';

/// What begins like guarded text gets a guard of its own, so that taking one off gives back what was written.
bool wants_guard(std::string_view text) {
    auto const behind = text.find_first_not_of(guard);
    return behind != std::string_view::npos && computed.find(text[behind]) != std::string_view::npos;
}

/// Whether a quote behind it is text: an odd number of `\` stands there.
bool ends_escaped(std::string_view text) {
    auto const last_other = text.find_last_not_of('\\');
    return (text.size() - (last_other == std::string_view::npos ? 0 : last_other + 1)) % 2 == 1;
}

/// Whether the row ends at `place`, and how many bytes its end takes.
std::size_t row_end(std::string_view text, std::size_t place) {
    if (text[place] == '\n') return 1;
    return text[place] == '\r' && place + 1 < text.size() && text[place + 1] == '\n' ? 2 : 0;
}

}  // namespace

char CsvReader::delimiter_of(std::string_view header_line) {
    char best = ',';
    auto most = std::count(header_line.begin(), header_line.end(), ',');
    for (char const candidate : {';', '\t', '|'}) {
        auto const count = std::count(header_line.begin(), header_line.end(), candidate);
        if (count > most) {
            most = count;
            best = candidate;
        }
    }
    return best;
}

/// False while it cannot be told whether a byte order mark is there.
bool CsvReader::step_over_mark(std::span<std::byte const>& rest, InputEnd end) {
    constexpr auto mark = byte_order_mark;
    if (is_past_mark_) return true;
    auto const front = as_text(rest.first(std::min(rest.size(), mark.size())));
    if (front.size() < mark.size() && front == mark.substr(0, front.size()) && end == InputEnd::not_yet) return false;
    is_past_mark_ = true;
    if (front == mark) rest = rest.subspan(mark.size());
    return true;
}

/// Drops bytes up to the line end; false where it has not come yet.
bool CsvReader::skip_line(std::span<std::byte const>& rest) {
    auto const found = as_text(rest).find('\n');
    if (found == std::string_view::npos) {
        rest = rest.subspan(rest.size());
        return false;
    }
    rest = rest.subspan(found + 1);
    ++next_line_;
    return true;
}

CsvReader::Next CsvReader::next(std::span<std::byte const>& rest, InputEnd end) {
    if (rest.empty() || !step_over_mark(rest, end)) return Next::nothing;
    if (is_skipping_) {
        if (!skip_line(rest)) return Next::nothing;
        is_skipping_ = false;
    }
    while (!rest.empty()) {
        auto const front = as_text(rest.first(std::min<std::size_t>(rest.size(), 2)));
        bool const is_last_return = front == "\r" && end != InputEnd::not_yet;
        auto const length = is_last_return ? 1 : row_end(front, 0);
        if (length == 0) return read_row(rest, end);
        rest = rest.subspan(length);
        ++next_line_;
    }
    return Next::nothing;
}

CsvReader::Next CsvReader::break_row(std::span<std::byte const>& rest, std::string_view reason) {
    line_ = next_line_;
    reason_ = reason;
    is_skipping_ = !skip_line(rest);
    return Next::broken;
}

CsvReader::Next CsvReader::read_row(std::span<std::byte const>& rest, InputEnd end) {
    auto text = as_text(rest.first(std::min(rest.size(), longest_csv_row + 1)));
    bool const is_all = end != InputEnd::not_yet && text.size() == rest.size();
    bool const has_last_return = is_all && text.back() == '\r';
    if (has_last_return) text.remove_suffix(1);
    std::size_t length = 0;
    auto found = scan(text, is_all, length);
    if (found == Scan::broken && text.find("\\\"") != std::string_view::npos) {
        is_escaping_ = true;
        found = scan(text, is_all, length);
        is_escaping_ = false;
    }
    if (found == Scan::broken) return break_row(rest, quotes_broken);
    if (length > longest_csv_row || (found == Scan::unfinished && text.size() > longest_csv_row)) {
        return break_row(rest, row_too_long);
    }
    bool const ends_whole = found == Scan::whole && text[length - 1] == '\n';
    if (end == InputEnd::cut && !ends_whole) {
        rest = rest.subspan(rest.size());
        return Next::nothing;
    }
    if (found == Scan::unfinished) return is_all ? break_row(rest, quotes_broken) : Next::nothing;
    line_ = next_line_;
    next_line_ += static_cast<std::uint64_t>(std::count_if(
        text.begin(), text.begin() + static_cast<std::ptrdiff_t>(length), [](char c) { return c == '\n'; }));
    rest = rest.subspan(length + (has_last_return && length == text.size() ? 1 : 0));
    return Next::row;
}

void CsvReader::split_plain(std::string_view row) {
    for (;;) {
        auto const place = row.find(delimiter_);
        fields_.push_back(row.substr(0, place));
        if (place == std::string_view::npos) return;
        row.remove_prefix(place + 1);
    }
}

/// Fills `fields_` from the row that `text` begins with; `length` counts its line end. `is_all`: nothing follows
/// `text`.
CsvReader::Scan CsvReader::scan(std::string_view text, bool is_all, std::size_t& length) {
    fields_.clear();
    auto const line_end = text.find('\n');
    auto const first_line = text.substr(0, line_end);
    if (first_line.find('"') == std::string_view::npos) {
        if (line_end == std::string_view::npos && !is_all) return Scan::unfinished;
        bool const has_return = !first_line.empty() && first_line.back() == '\r';
        split_plain(first_line.substr(0, first_line.size() - (has_return ? 1 : 0)));
        length = first_line.size() + (line_end == std::string_view::npos ? 0 : 1);
        return Scan::whole;
    }
    unquoted_.clear();
    unquoted_.reserve(text.size());  // no more is ever needed, so that the fields' views stay good
    for (std::size_t place = 0;;) {
        if (place < text.size() && text[place] == '"') {
            auto const found = scan_quoted(text, is_all, place);
            if (found != Scan::whole) return found;
        } else {
            auto const begin = place;
            while (place < text.size() && text[place] != delimiter_ && row_end(text, place) == 0) ++place;
            fields_.push_back(text.substr(begin, place - begin));
        }
        if (place == text.size()) {
            length = place;
            return is_all ? Scan::whole : Scan::unfinished;
        }
        if (auto const end = row_end(text, place); end != 0) {
            length = place + end;
            return Scan::whole;
        }
        ++place;
    }
}

/// `place` is that of the opening quote, and then that behind the closing one.
CsvReader::Scan CsvReader::scan_quoted(std::string_view text, bool is_all, std::size_t& place) {
    auto const begin = unquoted_.size();
    for (auto at = place + 1;;) {
        auto const quote = text.find('"', at);
        if (quote == std::string_view::npos) return Scan::unfinished;
        auto const part = text.substr(at, quote - at);
        if (is_escaping_ && ends_escaped(part)) {
            unquoted_.append(part.substr(0, part.size() - 1)).push_back('"');
            at = quote + 1;
            continue;
        }
        unquoted_.append(part);
        if (quote + 1 < text.size() && text[quote + 1] == '"') {
            unquoted_ += '"';
            at = quote + 2;
            continue;
        }
        place = quote + 1;
        break;
    }
    if (place == text.size() && !is_all) return Scan::unfinished;
    if (place + 1 == text.size() && text[place] == '\r' && !is_all) return Scan::unfinished;
    bool const is_closed = place == text.size() || text[place] == delimiter_ || row_end(text, place) != 0;
    if (!is_closed) return Scan::broken;
    fields_.push_back(std::string_view(unquoted_).substr(begin));
    return Scan::whole;
}

std::string csv_field(std::string_view text) {
    if (text.find_first_of(",;\t\"\r\n") == std::string_view::npos) return std::string(text);
    std::string quoted = "\"";
    for (char const c : text) quoted.append(c == '"' ? 2 : 1, c);
    return quoted + '"';
}

std::string guarded_from_spreadsheets(std::string text) {
    if (wants_guard(text)) text.insert(text.begin(), guard);
    return text;
}

std::string_view without_guard(std::string_view text) {
    bool const has_guard = !text.empty() && text.front() == guard && wants_guard(text.substr(1));
    return has_guard ? text.substr(1) : text;
}

}  // namespace kula::formats
