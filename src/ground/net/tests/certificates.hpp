#pragma once
/// @file
/// Certificates and keys for tests, made on the spot in a folder of their own.

#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/x509v3.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "tls_identity.hpp"

namespace kula::net::testing {

/// Gone with everything in it at the end.
class Folder {
public:
    Folder() {
        auto path = (std::filesystem::temp_directory_path() / "kula-net-XXXXXX").string();
        path_ = mkdtemp(path.data());
    }
    ~Folder() { std::filesystem::remove_all(path_); }
    Folder(Folder const&) = delete;
    Folder& operator=(Folder const&) = delete;

    [[nodiscard]] std::filesystem::path operator/(std::string const& name) const { return path_ / name; }
    std::filesystem::path write(std::string const& name, std::string const& text) const {
        std::ofstream(path_ / name, std::ios::binary) << text;
        return path_ / name;
    }

private:
    std::filesystem::path path_;
};

inline std::string content_of(BIO* bio) {
    char* bytes = nullptr;
    auto const size = BIO_get_mem_data(bio, &bytes);
    std::string text(bytes, static_cast<std::size_t>(size));
    BIO_free(bio);
    return text;
}

/// A certificate that signed itself, for `localhost` and 127.0.0.1.
struct TestIdentity {
    KeyPtr key{EVP_EC_gen("P-256")};
    CertificatePtr certificate{X509_new()};

    /// Valid from an hour ago until `seconds_left`.
    explicit TestIdentity(std::string const& name = "kula test", long seconds_left = 3600) {
        X509_set_version(certificate.get(), 2);
        ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), std::rand());
        X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -7200);
        X509_gmtime_adj(X509_getm_notAfter(certificate.get()), seconds_left);
        X509_set_pubkey(certificate.get(), key.get());
        auto* const subject = X509_get_subject_name(certificate.get());
        X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC, reinterpret_cast<unsigned char const*>(name.c_str()),
                                   -1, -1, 0);
        X509_set_issuer_name(certificate.get(), subject);
        auto* const names = X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, "DNS:localhost,IP:127.0.0.1");
        X509_add_ext(certificate.get(), names, -1);
        X509_EXTENSION_free(names);
        EXPECT_GT(X509_sign(certificate.get(), key.get(), EVP_sha256()), 0);
    }

    [[nodiscard]] std::string certificate_pem() const {
        auto* const bio = BIO_new(BIO_s_mem());
        PEM_write_bio_X509(bio, certificate.get());
        return content_of(bio);
    }
    /// With a password, if one is given.
    [[nodiscard]] std::string key_pem(std::string const& password = "") const {
        auto* const bio = BIO_new(BIO_s_mem());
        PEM_write_bio_PKCS8PrivateKey(bio, key.get(), password.empty() ? nullptr : EVP_aes_256_cbc(),
                                      password.empty() ? nullptr : password.data(), static_cast<int>(password.size()),
                                      nullptr, nullptr);
        return content_of(bio);
    }
    [[nodiscard]] std::string pkcs12(std::string const& password) const {
        auto* const store =
            PKCS12_create(password.c_str(), "kula", key.get(), certificate.get(), nullptr, 0, 0, 0, 0, 0);
        auto* const bio = BIO_new(BIO_s_mem());
        i2d_PKCS12_bio(bio, store);
        PKCS12_free(store);
        return content_of(bio);
    }
    /// Writes both as `certificate.pem` and `key.pem`.
    [[nodiscard]] TlsOptions in(Folder const& folder) const {
        return {PemFiles{folder.write("certificate.pem", certificate_pem()), folder.write("key.pem", key_pem())}};
    }
};

}  // namespace kula::net::testing
