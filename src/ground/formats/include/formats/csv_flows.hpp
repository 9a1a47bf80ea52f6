#pragma once
/// @file
/// Tables of flows with a header: a column map, or the names that common tools give their columns.
///
/// Known without a map: nfdump (`-o csv`), SiLK, IPFIX element names, Zeek's, and plain names such as `src_ip`,
/// `dst_port`, `bytes`; case, blanks and `_-.` in names do not count. Comma, semicolon, tab or bar. Pure; one thread at
/// a time.

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "formats/stream.hpp"
#include "formats/traffic.hpp"

namespace kula::formats {

enum class CsvColumn : std::uint8_t {
    source,
    destination,
    source_port,
    destination_port,
    protocol,
    packets,
    bytes,
    start,
    end,
    query,
    host,
    url,
    sni,
    hash,
};

/// Which column holds what; an empty name leaves it to the names that are known.
class CsvColumns {
public:
    static constexpr std::size_t count = 14;

    /// `source=src,destination=dst,start="first seen"` with the names of `CsvColumn`. Fails with `invalid` on a name
    /// that is not one of them, named twice, or empty.
    static base::Result<CsvColumns> parse(std::string_view map);

    [[nodiscard]] std::string_view name(CsvColumn column) const { return names_[static_cast<std::size_t>(column)]; }
    [[nodiscard]] bool is_empty() const;

private:
    std::array<std::string, count> names_;
};

class CsvFlowDecoder {
public:
    explicit CsvFlowDecoder(CsvColumns columns = {});
    ~CsvFlowDecoder();

    /// Whether a line is a header that this map, or without one the known names, can read: source and destination, or
    /// source and a name, URL or hash.
    static bool reads_header(std::string_view header_line, CsvColumns const& columns);
    /// The header line at the front of `text`: the first line that `reads_header`, of the first
    /// `most_lines_before_header` that are neither blank nor comments (`#`); where there is none, the first of those,
    /// as with a map. Nothing while more text may tell.
    static std::optional<std::string_view> find_header(std::string_view text, bool is_all, CsvColumns const& columns);
    static constexpr std::size_t most_lines_before_header = 16;

    /// See `stream.hpp`; a rest may grow to `longest_csv_row`. A row gives a flow; in a table with a query, host, URL,
    /// SNI or hash column it gives names instead, or, where there are packets or bytes too, both with one connection.
    /// ICMP has port 0. Without times a row has the epoch's. Places are line numbers.
    std::size_t consume(std::span<std::byte const> bytes, InputEnd end, TrafficSink& sink);

private:
    class State;
    std::unique_ptr<State> state_;
};

}  // namespace kula::formats
