#pragma once
/// @file
/// Rows of comma-separated values (RFC 4180), taken off the front of a stream.
///
/// Quoted fields may hold delimiters, doubled quotes and line ends; rows end with `\n` or `\r\n`; a byte order mark at
/// the very front and empty lines are stepped over. A row whose quotes do not match is tried again with `\"` for a
/// quote inside quotes, as several tools write it. After a broken row reading goes on with the next line. Pure; one
/// thread at a time.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "formats/stream.hpp"

namespace kula::formats {

constexpr std::size_t longest_csv_row = 1u << 20;

class CsvReader {
public:
    explicit CsvReader(char delimiter = ',') : delimiter_(delimiter) {}

    enum class Next : std::uint8_t {
        nothing,  ///< No whole row is there.
        row,      ///< `fields()` are filled.
        broken,   ///< `reason()` tells why; the row's first line is stepped over.
    };

    /// Takes the next row off the front of `rest`. The caller gives what is left again with more bytes behind it.
    Next next(std::span<std::byte const>& rest, InputEnd end);

    /// Of the row taken last, unquoted; they live until the next call, and no longer than the input.
    [[nodiscard]] std::span<std::string_view const> fields() const { return fields_; }
    /// The line that the row taken last begins on; the first is 1.
    [[nodiscard]] std::uint64_t line() const { return line_; }
    [[nodiscard]] std::string_view reason() const { return reason_; }

    /// Whether the line of a broken row has not been stepped over to its end yet.
    [[nodiscard]] bool is_inside_broken_row() const { return is_skipping_; }

    /// The caller has stepped over the byte order mark, if there was one.
    void begin_behind_mark() { is_past_mark_ = true; }
    /// From the next row on.
    void use_delimiter(char delimiter) { delimiter_ = delimiter; }
    /// The one of comma, semicolon, tab and bar that stands most often in a header line; else a comma.
    [[nodiscard]] static char delimiter_of(std::string_view header_line);

private:
    enum class Scan : std::uint8_t { whole, unfinished, broken };
    bool step_over_mark(std::span<std::byte const>& rest, InputEnd end);
    bool skip_line(std::span<std::byte const>& rest);
    Next read_row(std::span<std::byte const>& rest, InputEnd end);
    Next break_row(std::span<std::byte const>& rest, std::string_view reason);
    Scan scan(std::string_view text, bool is_all, std::size_t& length);
    Scan scan_quoted(std::string_view text, bool is_all, std::size_t& place);
    void split_plain(std::string_view row);

    char delimiter_;
    bool is_past_mark_ = false;
    bool is_skipping_ = false;
    bool is_escaping_ = false;
    std::uint64_t line_ = 0;
    std::uint64_t next_line_ = 1;
    std::vector<std::string_view> fields_;
    std::string unquoted_;
    std::string_view reason_;
};

/// A field as a row holds it: quoted where it has to be.
std::string csv_field(std::string_view text);
/// What a spreadsheet would compute (it begins with `=`, `+`, `-`, `@`, a tab or a line end) gets a `'` in front, and
/// so does what begins like that behind `'`s of its own; other text stays. Source: OWASP, CSV injection.
std::string guarded_from_spreadsheets(std::string text);
/// The text before it was guarded.
std::string_view without_guard(std::string_view text);

}  // namespace kula::formats
