#include "line_reader.hpp"

#include <cstring>

namespace kula::formats {

LineReader::Next LineReader::take(std::span<std::byte const>& rest, std::size_t length, bool has_end,
                                  std::string_view& line) {
    ++number_;
    searched_ = 0;
    line = {reinterpret_cast<char const*>(rest.data()), length};
    rest = rest.subspan(length + (has_end ? 1 : 0));
    if (length > longest_line) {
        is_skipping_ = !has_end;
        return Next::too_long;
    }
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    return Next::line;
}

LineReader::Next LineReader::next(std::span<std::byte const>& rest, InputEnd end, std::string_view& line) {
    while (!rest.empty()) {
        auto const* const found =
            static_cast<std::byte const*>(std::memchr(rest.data() + searched_, '\n', rest.size() - searched_));
        auto const length = found == nullptr ? rest.size() : static_cast<std::size_t>(found - rest.data());
        if (is_skipping_) {
            is_skipping_ = found == nullptr;
            rest = rest.subspan(length + (is_skipping_ ? 0 : 1));
            continue;
        }
        if (found != nullptr || length > longest_line) return take(rest, length, found != nullptr, line);
        searched_ = length;
        if (end == InputEnd::not_yet) return Next::nothing;
        if (end == InputEnd::reached) return take(rest, length, false, line);
        rest = rest.subspan(length);
    }
    searched_ = 0;
    return Next::nothing;
}

}  // namespace kula::formats
