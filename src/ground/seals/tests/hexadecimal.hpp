#pragma once
/// @file
/// Vectors of the RFCs as they are printed there.

#include <cstddef>
#include <string>
#include <string_view>

namespace kula::seals::testing {

inline std::string bytes_of(std::string_view hexadecimal) {
    std::string out;
    for (std::size_t i = 0; i + 1 < hexadecimal.size(); i += 2) {
        out.push_back(static_cast<char>(std::stoi(std::string(hexadecimal.substr(i, 2)), nullptr, 16)));
    }
    return out;
}

}  // namespace kula::seals::testing
