#pragma once
/// @file
/// An address and a UDP port to listen on, as an operator writes it.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/address.hpp"

namespace kula::collect {

struct Endpoint {
    base::Address address;
    std::uint16_t port = 0;  ///< 0: any that is free; the collector tells which one it got.

    /// `192.0.2.1:2055` or `[2001:db8::1]:2055`; nothing else, no names. `0.0.0.0` and `[::]` are all addresses of
    /// their family, and of that one only.
    static std::optional<Endpoint> parse(std::string_view text);
    [[nodiscard]] std::string text() const;
    friend auto operator<=>(Endpoint const&, Endpoint const&) = default;
};

}  // namespace kula::collect
