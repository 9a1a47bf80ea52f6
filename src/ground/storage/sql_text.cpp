#include "sql_text.hpp"

#include <cstdint>

namespace kula::storage {
namespace {

/// The end of the quoted text or comment that begins at `place`, or `place` if none does.
std::size_t skip_quoted(std::string_view sql, std::size_t place) {
    auto const behind = [&sql](std::string_view what, std::size_t from) {
        auto const found = sql.find(what, from);
        return found == std::string_view::npos ? sql.size() : found + what.size();
    };
    if (sql[place] == '\'' || sql[place] == '"') return behind(sql.substr(place, 1), place + 1);
    if (sql.substr(place, 2) == "--") return behind("\n", place);
    if (sql.substr(place, 2) == "/*") return behind("*/", place + 2);
    return place;
}

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == std::string_view::npos; }

/// Length of the well-formed sequence at the front, 0 if there is none.
std::size_t sequence_length(std::string_view text) {
    auto const byte = [&text](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
    auto const lead = byte(0);
    if (lead == 0) return 0;
    if (lead < 0x80) return 1;
    std::size_t const length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || text.size() < length) return 0;
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0) != 0x80) return 0;
    }
    bool const overlong = (lead == 0xE0 && byte(1) < 0xA0) || (lead == 0xF0 && byte(1) < 0x90);
    bool const surrogate = lead == 0xED && byte(1) > 0x9F;
    bool const beyond = lead == 0xF4 && byte(1) > 0x8F;
    return overlong || surrogate || beyond ? 0 : length;
}

}  // namespace

std::string numbered_places(std::string_view sql, std::string_view prefix) {
    std::string out;
    out.reserve(sql.size() + 32);
    int number = 0;
    for (std::size_t place = 0; place < sql.size();) {
        auto const end = skip_quoted(sql, place);
        if (end > place) {
            out.append(sql, place, end - place);
            place = end;
        } else if (sql[place] == '?') {
            out.append(prefix).append(std::to_string(++number));
            ++place;
        } else {
            out += sql[place++];
        }
    }
    return out;
}

std::vector<std::string> split_statements(std::string_view script) {
    std::vector<std::string> out;
    std::string statement;
    auto const finish = [&] {
        if (!is_blank(statement)) out.push_back(statement);
        statement.clear();
    };
    for (std::size_t place = 0; place < script.size();) {
        auto const end = skip_quoted(script, place);
        if (end > place) {
            bool const comment = script[place] == '-' || script[place] == '/';
            if (comment) {
                statement += '\n';
            } else {
                statement.append(script, place, end - place);
            }
            place = end;
        } else if (script[place] == ';') {
            finish();
            ++place;
        } else {
            statement += script[place++];
        }
    }
    finish();
    return out;
}

bool is_storable_text(std::string_view text) {
    while (!text.empty()) {
        auto const length = sequence_length(text);
        if (length == 0) return false;
        text.remove_prefix(length);
    }
    return true;
}

}  // namespace kula::storage
