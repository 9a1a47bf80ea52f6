#include "delimited.hpp"

#include <algorithm>

namespace kula::registry {
namespace {

std::string_view without_mark(std::string_view text) {
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    return text.substr(0, 3) == byte_order_mark ? text.substr(3) : text;
}

char separator_of(std::string_view header) {
    auto const count = [header](char c) { return std::count(header.begin(), header.end(), c); };
    return count(';') > count(',') ? ';' : ',';
}

}  // namespace

DelimitedRows::DelimitedRows(std::string_view text)
    : text_(without_mark(text)), separator_(separator_of(text_.substr(0, text_.find('\n')))) {}

std::optional<DelimitedRows::Row> DelimitedRows::next() {
    while (!text_.empty() && (text_.front() == '\n' || text_.front() == '\r')) {
        if (text_.front() == '\n') ++line_;
        text_.remove_prefix(1);
    }
    if (text_.empty()) return std::nullopt;
    Row row{line_, {}};
    for (;;) {
        take_field(row);
        if (text_.empty()) return row;
        char const end = text_.front();
        text_.remove_prefix(1);
        if (end == separator_) continue;
        ++line_;
        return row;
    }
}

/// Stops before the separator or line feed that ends the field.
void DelimitedRows::take_field(Row& row) {
    std::string field;
    bool is_quoted = false;
    while (!text_.empty()) {
        char const c = text_.front();
        if (c == '"') {
            bool const is_doubled = is_quoted && text_.size() > 1 && text_[1] == '"';
            if (is_doubled) {
                field += '"';
                text_.remove_prefix(2);
                continue;
            }
            if (is_quoted || field.empty()) {
                is_quoted = !is_quoted;
                text_.remove_prefix(1);
                continue;
            }
        }
        if (!is_quoted && (c == separator_ || c == '\n')) break;
        if (c == '\n') ++line_;
        field += c;
        text_.remove_prefix(1);
    }
    if (is_quoted) row.is_closed = false;
    if (!field.empty() && field.back() == '\r') field.pop_back();
    row.fields.push_back(std::move(field));
}

}  // namespace kula::registry
