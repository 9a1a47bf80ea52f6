#pragma once
/// @file
/// FNV-1a, 64 bits: tells texts apart where nothing hangs on its strength. Pure. Source: draft-eastlake-fnv.

#include <cstdint>
#include <string_view>

namespace kula::base {

inline constexpr std::uint64_t fnv1a_basis = 0xcbf29ce484222325u;

/// `state` is the hash of what stands before `text`.
constexpr std::uint64_t fnv1a(std::string_view text, std::uint64_t state = fnv1a_basis) {
    for (char const c : text) state = (state ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
    return state;
}

}  // namespace kula::base
