#pragma once
/// @file
/// How decoders of line-by-line logs go through what is there.

#include "formats/traffic.hpp"
#include "line_reader.hpp"
#include "text_values.hpp"

namespace kula::formats {

/// Gives every line that is there to `read(line, readable)`, which answers the fault, or nothing where there is none;
/// `readable` counts the bytes from the line's first to the end of the input. A byte order mark at the very front is
/// stepped over. What `teller` holds goes to the sink before a fault does, and at the end. Returns the bytes that were
/// used.
template <class Teller, class Read>
std::size_t decode_lines(LineReader& lines, Teller& teller, std::span<std::byte const> bytes, InputEnd end,
                         TrafficSink& sink, Read read) {
    auto rest = bytes;
    std::string_view line;
    for (;;) {
        auto const next = lines.next(rest, end, line);
        if (next == LineReader::Next::nothing) break;
        auto fault = reasons::line_too_long;
        if (next == LineReader::Next::line) {
            if (lines.number() == 1 && line.substr(0, byte_order_mark.size()) == byte_order_mark) {
                line.remove_prefix(byte_order_mark.size());
            }
            auto const readable = rest.data() + rest.size() - reinterpret_cast<std::byte const*>(line.data());
            fault = read(line, static_cast<std::size_t>(readable));
        }
        if (fault.empty()) continue;
        teller.flush(sink);
        sink.undecodable({Place::Unit::line, lines.number()}, fault);
    }
    teller.flush(sink);
    return bytes.size() - rest.size();
}

}  // namespace kula::formats
