#include "copy_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <iterator>
#include <optional>

#include "storage/text.hpp"

namespace kula::storage {
namespace {

constexpr std::string_view null_mark = "\\N";

void append_text(std::string& out, std::string_view text) {
    for (char const c : text) {
        switch (c) {
            case '\\': out += "\\\\"; break;
            case '\n': out += "\\n"; break;
            case '\r': out += "\\r"; break;
            case '\t': out += "\\t"; break;
            case '\b': out += "\\b"; break;
            case '\f': out += "\\f"; break;
            case '\v': out += "\\v"; break;
            default: out += c;
        }
    }
}

/// Without its escapes; nothing for one that is never written.
std::optional<std::string> plain_of(std::string_view field) {
    std::string out;
    out.reserve(field.size());
    for (std::size_t i = 0; i < field.size(); ++i) {
        if (field[i] != '\\') {
            out += field[i];
            continue;
        }
        if (++i == field.size()) return std::nullopt;
        switch (field[i]) {
            case '\\': out += '\\'; break;
            case 'n': out += '\n'; break;
            case 'r': out += '\r'; break;
            case 't': out += '\t'; break;
            case 'b': out += '\b'; break;
            case 'f': out += '\f'; break;
            case 'v': out += '\v'; break;
            default: return std::nullopt;
        }
    }
    return out;
}

template <class Number>
bool is_number(std::string_view text, Number& out) {
    auto const [end, fault] = std::from_chars(text.data(), text.data() + text.size(), out);
    return fault == std::errc{} && end == text.data() + text.size();
}

std::optional<Cell> cell_of(std::string_view field, ColumnType type) {
    if (field == null_mark) return Cell::null(type);
    Cell cell = Cell::null(type);
    cell.is_null = false;
    if (type == ColumnType::integer)
        return is_number(field, cell.integer) ? std::optional(std::move(cell)) : std::nullopt;
    if (type == ColumnType::real) return is_number(field, cell.real) ? std::optional(std::move(cell)) : std::nullopt;
    auto text = plain_of(field);
    if (!text || !is_storable_text(*text)) return std::nullopt;
    cell.text = std::move(*text);
    return cell;
}

}  // namespace

void append_row(std::string& out, std::span<Cell const> cells) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i > 0) out += '\t';
        auto const& cell = cells[i];
        if (cell.is_null) {
            out += null_mark;
        } else if (cell.type == ColumnType::integer) {
            fmt::format_to(std::back_inserter(out), "{}", cell.integer);
        } else if (cell.type == ColumnType::real) {
            fmt::format_to(std::back_inserter(out), "{}", cell.real);
        } else {
            append_text(out, cell.text);
        }
    }
    out += '\n';
}

base::Result<Cells> parse_row(std::string_view line, std::span<ColumnType const> types) {
    Cells cells;
    cells.reserve(types.size());
    for (std::size_t at = 0; at <= line.size();) {
        auto const end = std::min(line.find('\t', at), line.size());
        if (cells.size() == types.size()) return base::invalid("a row has more columns than its table");
        auto cell = cell_of(line.substr(at, end - at), types[cells.size()]);
        if (!cell) return base::invalid(fmt::format("column {} of a row cannot be read", cells.size() + 1));
        cells.push_back(std::move(*cell));
        at = end + 1;
    }
    if (cells.size() != types.size()) return base::invalid("a row has fewer columns than its table");
    return cells;
}

}  // namespace kula::storage
