#pragma once
/// @file
/// Dumps of routing tables, as RouteViews and RIPE RIS publish them: who originates which prefix, by each peer's word.
///
/// MRT TABLE_DUMP_V2 (RFC 6396 §4.3, its additional-path subtypes RFC 8050), unicast of both families, and the text
/// that `bgpdump -m` makes of it. The origin is the last AS of the path; confederations (RFC 5065) do not count. A path
/// that ends in a set (`AS_SET`, deprecated by RFC 9774) names an origin only where the set holds one AS. Pure.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string_view>

#include "base/address.hpp"
#include "base/instant.hpp"
#include "formats/stream.hpp"

namespace kula::formats {

/// The longest record of an MRT file that is read; a longer one ends the reading.
constexpr std::size_t longest_mrt_record = 16u << 20;

/// Whether a file that begins so is a dump in MRT: the first record is a PEER_INDEX_TABLE. 12 bytes are enough.
[[nodiscard]] bool begins_rib(std::span<std::byte const> bytes);

class RibReader {
public:
    /// One prefix with the origin that each peer told: a peer that tells several paths counts once for each origin.
    using Take = std::function<void(base::Prefix const&, std::span<std::uint32_t const> origins)>;
    explicit RibReader(Take take) : take_(std::move(take)) {}

    /// As `formats/stream.hpp` says.
    std::size_t consume(std::span<std::byte const> bytes, InputEnd end);

    /// Records of a prefix that are no such.
    [[nodiscard]] std::uint64_t broken() const { return broken_; }
    /// The file ends within a record, or a record is longer than any is: what is behind was not read.
    [[nodiscard]] bool is_cut() const { return is_cut_; }
    /// When the table was dumped, by the first record; nothing before that.
    [[nodiscard]] std::optional<base::Instant> dumped() const { return dumped_; }

private:
    void record(std::uint16_t subtype, std::span<std::byte const> content);

    Take take_;
    std::uint64_t broken_ = 0;
    bool is_cut_ = false;
    std::optional<base::Instant> dumped_{};
};

/// A line of `bgpdump -m`: `TABLE_DUMP2|1700000000|B|192.0.2.1|64500|198.51.100.0/24|64500 64501|IGP|…`
struct RibLine {
    base::Instant dumped{};
    base::Prefix prefix{};
    std::optional<std::uint32_t> origin{};  ///< Nothing where the path names none.
};
/// Nothing where it is no such line of a table.
[[nodiscard]] std::optional<RibLine> parse_rib_line(std::string_view line);

}  // namespace kula::formats
