#pragma once
/// @file
/// A certificate with its chain and its key, read from files. What is wrong is told with the file's name.

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "net/tls.hpp"

namespace kula::net {

struct TlsFree {
    void operator()(X509* certificate) const { X509_free(certificate); }
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
using CertificatePtr = std::unique_ptr<X509, TlsFree>;
using KeyPtr = std::unique_ptr<EVP_PKEY, TlsFree>;

struct TlsIdentity {
    std::string name;  ///< The file that holds the certificate.
    CertificatePtr certificate{};
    std::vector<CertificatePtr> chain{};
    KeyPtr key{};
};

/// `unavailable` for a file that cannot be read, `invalid` for what it holds. The key belongs to the certificate.
base::Result<TlsIdentity> read_identity(TlsOptions const& options);

/// OpenSSL's own word for what went wrong last in this thread; forgets it.
std::string tls_reason();

}  // namespace kula::net
