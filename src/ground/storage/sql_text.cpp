#include "sql_text.hpp"

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

}  // namespace kula::storage
