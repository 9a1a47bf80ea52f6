#pragma once
// Texts that OpenSSL reads and writes.

#include <string>
#include <string_view>

#include "openssl.hpp"

namespace kula::seals {

inline BioPointer over(std::string_view bytes) {
    return BioPointer(BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())));
}

inline std::string written(BIO* bio) {
    char* begin = nullptr;
    auto const size = BIO_get_mem_data(bio, &begin);
    return size > 0 ? std::string(begin, static_cast<std::size_t>(size)) : std::string();
}

/// What is behind a password is not read; without this, OpenSSL would ask for it at the terminal.
inline int no_password(char* /*buffer*/, int /*size*/, int /*for_writing*/, void* /*ours*/) { return -1; }

}  // namespace kula::seals
