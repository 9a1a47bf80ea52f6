#pragma once
/// @file
/// Cuts lines off the front of a stream, `\n` or `\r\n`. Pure; one thread at a time.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "formats/stream.hpp"

namespace kula::formats {

class LineReader {
public:
    enum class Next : std::uint8_t {
        nothing,  ///< No whole line is there.
        line,
        too_long,  ///< A line beyond `longest_line`; it is stepped over.
    };

    /// Takes the next line off the front of `rest`; `line` lives as long as the input. The last line needs no line end.
    Next next(std::span<std::byte const>& rest, InputEnd end, std::string_view& line);
    /// Of the line that was taken last; the first is 1.
    [[nodiscard]] std::uint64_t number() const { return number_; }

private:
    Next take(std::span<std::byte const>& rest, std::size_t length, bool has_end, std::string_view& line);

    std::uint64_t number_ = 0;
    std::size_t searched_ = 0;  ///< Bytes at the front that are known to hold no line end.
    bool is_skipping_ = false;
};

}  // namespace kula::formats
