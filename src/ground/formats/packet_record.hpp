#pragma once
/// @file
/// What the readers of capture files give: one packet as it was captured, or a fault. Pure.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "base/instant.hpp"
#include "formats/packet.hpp"

namespace kula::formats {

struct PacketRecord {
    LinkType link = LinkType::ethernet;
    base::Instant time;
    std::span<std::byte const> bytes;
    std::size_t wire_length = 0;
};

/// What stood at the front of the input.
enum class Found : std::uint8_t {
    nothing,  ///< Too little to tell; more bytes are needed, or there are none.
    packet,
    broken,  ///< The reader's `reason()` says why; it has stepped over it.
};

namespace reasons {
constexpr std::string_view capture_ends_early = "capture ends within a packet";
constexpr std::string_view record_broken = "packet record is damaged";
constexpr std::string_view interface_unknown = "packet names an interface that was not described";
}  // namespace reasons

}  // namespace kula::formats
