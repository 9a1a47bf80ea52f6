#pragma once
/// @file
/// OpenSSL's objects, owned: what is private in them is wiped when they are freed.

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include <cstddef>
#include <memory>

namespace kula::seals {

/// Bytes of every key here: ChaCha20-Poly1305 (RFC 8439), X25519 (RFC 7748), Ed25519 (RFC 8032).
constexpr std::size_t key_size = 32;

struct FreeOpenssl {
    void operator()(BIO* bio) const { BIO_free(bio); }
    void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
    void operator()(EVP_PKEY_CTX* context) const { EVP_PKEY_CTX_free(context); }
    void operator()(X509* certificate) const { X509_free(certificate); }
};
using BioPointer = std::unique_ptr<BIO, FreeOpenssl>;
using CertificatePointer = std::unique_ptr<X509, FreeOpenssl>;
using CipherPointer = std::unique_ptr<EVP_CIPHER_CTX, FreeOpenssl>;
using DigestPointer = std::unique_ptr<EVP_MD_CTX, FreeOpenssl>;
using KeyPointer = std::unique_ptr<EVP_PKEY, FreeOpenssl>;
using AgreementPointer = std::unique_ptr<EVP_PKEY_CTX, FreeOpenssl>;

}  // namespace kula::seals
