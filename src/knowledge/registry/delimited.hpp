#pragma once
// Rows of a CSV text (RFC 4180): quotes, quotes in quotes, line breaks in quotes; comma or semicolon, as the header
// shows.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kula::registry {

class DelimitedRows {
public:
    explicit DelimitedRows(std::string_view text);

    struct Row {
        std::size_t line;  ///< Where it begins, from 1.
        std::vector<std::string> fields;
        bool is_closed = true;  ///< False when the text ends inside quotes.
    };
    /// Empty lines are passed over. Nothing at the end.
    std::optional<Row> next();

private:
    void take_field(Row& row);

    std::string_view text_;
    char separator_;
    std::size_t line_ = 1;
};

}  // namespace kula::registry
