#include <algorithm>
#include <array>

#include "formats/compression.hpp"
#include "formats/input.hpp"
#include "text_values.hpp"

namespace kula::formats {
namespace {

constexpr std::size_t most_prefix = 65536;

/// The first of `keys` as a JSON key would be written; npos where there is none.
template <std::size_t size>
std::size_t find_key(std::string_view text, std::array<std::string_view, size> const& keys) {
    auto first = std::string_view::npos;
    for (auto const key : keys) first = std::min(first, text.find(key));
    return first;
}

/// The first field that only one of the two formats has. A broken first line does no harm.
InputKind recognise_json(std::string_view text, InputKind otherwise) {
    static constexpr std::array<std::string_view, 1> eve_keys{"\"event_type\""};
    static constexpr std::array<std::string_view, 5> zeek_keys{"\"id.orig_h\"", "\"_path\"", "\"uid\"", "\"fuid\"",
                                                               "\"orig_h\""};
    auto const eve = find_key(text, eve_keys);
    auto const zeek = find_key(text, zeek_keys);
    if (eve == zeek) return otherwise;
    return eve < zeek ? InputKind::eve : InputKind::zeek;
}

bool is_zeek_header(std::string_view line) {
    static constexpr std::array<std::string_view, 4> starts{"#separator", "#set_separator", "#fields", "#path"};
    return std::any_of(starts.begin(), starts.end(),
                       [&](std::string_view start) { return line.substr(0, start.size()) == start; });
}

/// By the first line that tells; those of another kind before it are for the decoder to count.
InputKind recognise_text(std::string_view text, bool is_all, CsvColumns const& columns) {
    auto const otherwise = is_all ? InputKind::unrecognised : InputKind::unknown;
    for (std::size_t tried = 0; !text.empty() && tried < CsvFlowDecoder::most_lines_before_header;) {
        auto const line_end = text.find('\n');
        auto const line = trimmed(text.substr(0, line_end));
        if (!line.empty() && line.front() == '{') return recognise_json(text, otherwise);
        if (line_end == std::string_view::npos && !is_all) return InputKind::unknown;
        if (is_zeek_header(line)) return InputKind::zeek;
        if (line.find('\0') != std::string_view::npos) return InputKind::unrecognised;
        text.remove_prefix(line_end == std::string_view::npos ? text.size() : line_end + 1);
        if (line.empty() || line.front() == '#') continue;
        if (!columns.is_empty() || CsvFlowDecoder::reads_header(line, columns)) return InputKind::csv;
        ++tried;
    }
    return text.empty() ? otherwise : InputKind::unrecognised;
}

}  // namespace

std::string_view to_text(InputKind kind) {
    static constexpr std::array<std::string_view, 9> names{"unknown", "capture", "zeek", "eve",         "csv",
                                                           "gzip",    "bzip2",   "zstd", "unrecognised"};
    return names.at(static_cast<std::size_t>(kind));
}

InputKind recognise(std::span<std::byte const> prefix, InputEnd end, CsvColumns const& columns) {
    bool const is_all = end != InputEnd::not_yet || prefix.size() >= most_prefix;
    auto const otherwise = is_all ? InputKind::unrecognised : InputKind::unknown;
    prefix = prefix.first(std::min(prefix.size(), most_prefix));
    if (prefix.empty()) return InputKind::unknown;
    if (prefix.size() < 4 && !is_all) return InputKind::unknown;
    if (auto const compression = compression_of(prefix)) {
        switch (*compression) {
            case Compression::gzip: return InputKind::gzip;
            case Compression::bzip2: return InputKind::bzip2;
            case Compression::zstd: return InputKind::zstd;
        }
    }
    if (begins_capture(prefix)) return InputKind::capture;

    auto text = as_text(prefix);
    if (text.substr(0, byte_order_mark.size()) == byte_order_mark) text.remove_prefix(byte_order_mark.size());
    bool const is_blank = text.find_first_not_of(" \t\r\n") == std::string_view::npos;
    if (is_blank) return prefix.size() < most_prefix ? InputKind::unknown : otherwise;
    return recognise_text(text, is_all, columns);
}

}  // namespace kula::formats
