#include "storage/digest.hpp"

#include <openssl/evp.h>

#include "base/must.hpp"

namespace kula::storage {

std::array<std::uint8_t, 32> sha256(std::string_view bytes) {
    std::array<std::uint8_t, 32> out{};
    static EVP_MD* const algorithm =
        EVP_MD_fetch(nullptr, "SHA256", nullptr);  // Once: looking it up costs more than hashing.
    base::must(algorithm != nullptr, "SHA-256 is available");
    unsigned size = 0;
    bool const is_done = EVP_Digest(bytes.data(), bytes.size(), out.data(), &size, algorithm, nullptr) == 1;
    base::must(is_done && size == out.size(), "SHA-256 yields 32 bytes");
    return out;
}

}  // namespace kula::storage
