#pragma once
/// @file
/// What the server needs to speak TLS itself: its certificate and its private key, from files.
///
/// Source: RFC 8446 (TLS 1.3), RFC 9325 (which versions and ciphers; here 1.3, and 1.2 with forward secrecy and AEAD).
/// The private key stays in memory and appears in no message.

#include <filesystem>
#include <variant>

namespace kula::net {

/// As certificate authorities and ACME clients write them.
struct PemFiles {
    std::filesystem::path certificate;  ///< The server's own first, then those that lead to the root.
    std::filesystem::path key;          ///< Without a password.
};

/// One file that holds both.
struct Pkcs12File {
    std::filesystem::path file;
    std::filesystem::path password_file{};  ///< Its first line; none: the password is empty.
};

struct TlsOptions {
    std::variant<PemFiles, Pkcs12File> identity;
};

}  // namespace kula::net
