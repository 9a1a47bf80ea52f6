#pragma once
/// @file
/// Where the IP header stands in a captured frame. Pure.

#include <cstddef>
#include <span>

#include "formats/packet.hpp"

namespace kula::formats {

struct NetworkLayer {
    Content content = Content::other;
    std::size_t offset = 0;  ///< Of the IP header, at most the frame's size; meaningful with `Content::ip`.
};

[[nodiscard]] NetworkLayer find_network_layer(LinkType link, std::span<std::byte const> frame);

}  // namespace kula::formats
