#pragma once
/// @file
/// Text as OpenSSL wants to see it.

#include <string>
#include <string_view>

namespace kula::seals {

inline unsigned char const* octets(std::string_view text) {
    return reinterpret_cast<unsigned char const*>(text.data());
}
inline unsigned char* octets(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

}  // namespace kula::seals
