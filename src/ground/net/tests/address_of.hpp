#pragma once

#include <string_view>

#include "base/address.hpp"

namespace kula::net::testing {

inline base::Address address_of(std::string_view text) { return *base::Address::parse(text); }

}  // namespace kula::net::testing
