#include "seals/smime.hpp"

#include <openssl/cms.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <vector>

#include "base/must.hpp"
#include "pem.hpp"
#include "seals/secret_file.hpp"

namespace kula::seals {
namespace {

constexpr std::size_t longest_smime_secret = 256 * 1024;

struct FreeCms {
    void operator()(CMS_ContentInfo* cms) const { CMS_ContentInfo_free(cms); }
    void operator()(STACK_OF(X509) * stack) const { sk_X509_pop_free(stack, X509_free); }
};
using CmsPointer = std::unique_ptr<CMS_ContentInfo, FreeCms>;
using Certificates = std::unique_ptr<STACK_OF(X509), FreeCms>;

/// In their order; those that cannot be read end it.
Certificates certificates_in(std::string_view pem) {
    Certificates out(sk_X509_new_null());
    auto const bio = over(pem);
    while (auto* const read = PEM_read_bio_X509(bio.get(), nullptr, no_password, nullptr))
        sk_X509_push(out.get(), read);
    ERR_clear_error();
    return out;
}

KeyPointer key_in(std::string_view pem) {
    KeyPointer key(PEM_read_bio_PrivateKey(over(pem).get(), nullptr, no_password, nullptr));
    ERR_clear_error();
    return key;
}

std::string pem_of(X509* certificate) {
    BioPointer const bio(BIO_new(BIO_s_mem()));
    PEM_write_bio_X509(bio.get(), certificate);
    return written(bio.get());
}

/// RFC 8550 §4.4.2 and §4.4.4: usages that are not told allow everything.
bool may_sign_mail(X509* certificate) {
    bool const for_signing =
        (X509_get_key_usage(certificate) & (X509v3_KU_DIGITAL_SIGNATURE | X509v3_KU_NON_REPUDIATION)) != 0;
    return for_signing && (X509_get_extended_key_usage(certificate) & (XKU_SMIME | XKU_ANYEKU)) != 0;
}

base::Result<void> valid_at(PublicKey const& certificate, base::Instant now) {
    auto const name = "the certificate " + certificate.fingerprint;
    if (now < certificate.valid_from) return base::invalid(name + " is not valid yet");
    if (certificate.valid_until && now >= *certificate.valid_until) return base::invalid(name + " has expired");
    return {};
}

base::Error broken() {
    ERR_clear_error();
    return base::unavailable("OpenSSL has failed to make a message");
}

base::Result<std::string> der_of(CMS_ContentInfo* cms) {
    unsigned char* bytes = nullptr;
    auto const size = i2d_CMS_ContentInfo(cms, &bytes);
    if (size <= 0) return broken();
    std::string out(reinterpret_cast<char const*>(bytes), static_cast<std::size_t>(size));
    OPENSSL_free(bytes);
    return out;
}

/// For keys of elliptic curves SHA-256 derives what wraps the message's key (RFC 5753 §7.1.4), not OpenSSL's SHA-1.
bool add_recipient(CMS_ContentInfo* cms, X509* certificate) {
    auto* const info = CMS_add1_recipient_cert(cms, certificate, CMS_KEY_PARAM);
    if (info == nullptr) return false;
    if (EVP_PKEY_get_base_id(X509_get0_pubkey(certificate)) != EVP_PKEY_EC) return true;
    auto* const context = CMS_RecipientInfo_get0_pkey_ctx(info);
    return context != nullptr && EVP_PKEY_CTX_set_ecdh_kdf_md(context, EVP_sha256()) > 0;
}

}  // namespace

SmimeSigner::~SmimeSigner() { OPENSSL_cleanse(secret_.data(), secret_.size()); }

base::Result<SmimeSigner> SmimeSigner::open(std::filesystem::path const& file) {
    auto secret = read_secret_file(file, longest_smime_secret);
    if (!secret) return secret.error();
    auto const key = key_in(*secret);
    auto const certificates = certificates_in(*secret);
    auto* const own = sk_X509_num(certificates.get()) > 0 ? sk_X509_value(certificates.get(), 0) : nullptr;
    auto told = own == nullptr ? base::Result<PublicKey>(base::invalid("holds no certificate that can be read"))
                               : read_smime_certificate(pem_of(own));
    bool const is_a_pair = key && own != nullptr && X509_check_private_key(own, key.get()) == 1;
    ERR_clear_error();
    std::optional<base::Error> fault;
    if (!key) fault = base::invalid("holds no private key that can be read without a password");
    if (!fault && !told) fault = told.error();
    if (!fault && !is_a_pair) fault = base::invalid("holds a private key of another certificate");
    if (!fault && !may_sign_mail(own)) fault = base::invalid("holds a certificate that is not for signing mail");
    SmimeSigner signer(std::move(*secret), told ? std::move(*told) : PublicKey{});
    if (fault) return *fault;
    return signer;
}

base::Result<std::string> SmimeSigner::sign(std::string_view entity, base::Instant now) const {
    if (auto const valid = valid_at(certificate_, now); !valid) return valid.error();
    auto const key = key_in(secret_);
    auto const certificates = certificates_in(secret_);
    auto* const own = sk_X509_value(certificates.get(), 0);
    CmsPointer const cms(
        CMS_sign(nullptr, nullptr, certificates.get(), nullptr, CMS_BINARY | CMS_PARTIAL | CMS_STREAM));
    if (!cms || CMS_add1_signer(cms.get(), own, key.get(), EVP_sha256(), CMS_BINARY | CMS_NOCERTS) == nullptr)
        return broken();
    if (CMS_final(cms.get(), over(entity).get(), nullptr, CMS_BINARY) != 1) return broken();
    return der_of(cms.get());
}

base::Result<std::string> encrypt_smime(std::string_view entity, std::span<std::string const> certificates,
                                        base::Instant now) {
    base::must(!certificates.empty(), "what is encrypted is encrypted to somebody");
    CmsPointer const cms(CMS_encrypt(nullptr, nullptr, EVP_aes_256_cbc(), CMS_BINARY | CMS_PARTIAL | CMS_STREAM));
    if (!cms) return broken();
    for (auto const& text : certificates) {
        auto const told = read_smime_certificate(text);
        if (!told) return base::invalid("what is to be encrypted to " + told.error().detail);
        if (auto const valid = valid_at(*told, now); !valid) return valid.error();
        if (!told->can_encrypt)
            return base::invalid("the certificate " + told->fingerprint + " is not for encrypting mail");
        auto const read = certificates_in(told->text);
        if (!add_recipient(cms.get(), sk_X509_value(read.get(), 0))) return broken();
    }
    if (CMS_final(cms.get(), over(entity).get(), nullptr, CMS_BINARY) != 1) return broken();
    return der_of(cms.get());
}

}  // namespace kula::seals
