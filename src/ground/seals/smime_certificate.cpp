#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <ctime>

#include "key_texts.hpp"
#include "octets.hpp"
#include "pem.hpp"
#include "seals/digest.hpp"
#include "seals/public_key.hpp"

namespace kula::seals {
namespace {

constexpr std::string_view pem_begin = "-----BEGIN CERTIFICATE-----";

std::string text_of(X509_NAME const* name) {
    BioPointer const bio(BIO_new(BIO_s_mem()));
    X509_NAME_print_ex(bio.get(), name, 0, XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB);
    return shown(written(bio.get()));
}

std::optional<base::Instant> moment(ASN1_TIME const* time) {
    std::tm parts{};
    if (ASN1_TIME_to_tm(time, &parts) != 1) return std::nullopt;
    return base::Instant(std::chrono::seconds(timegm(&parts)));
}

/// RFC 8550 §4.4.2 and §4.4.4: usages that are not told allow everything.
bool allows_encryption(X509* certificate) {
    auto const usage = X509_get_key_usage(certificate);
    bool const for_keys = (usage & (X509v3_KU_KEY_ENCIPHERMENT | X509v3_KU_KEY_AGREEMENT)) != 0;
    auto const extended = X509_get_extended_key_usage(certificate);
    return for_keys && (extended & (XKU_SMIME | XKU_ANYEKU)) != 0;
}

std::vector<std::string> emails_of(X509* certificate) {
    std::vector<std::string> out;
    auto* const found = X509_get1_email(certificate);
    for (int i = 0; i < sk_OPENSSL_STRING_num(found); ++i)
        add_once(out, lower_case(shown(sk_OPENSSL_STRING_value(found, i))));
    X509_email_free(found);
    return out;
}

/// Nothing where there is none, or something behind it.
CertificatePointer certificate_in(std::string_view bytes) {
    if (bytes.starts_with(pem_begin)) {
        if (bytes.find(pem_begin, 1) != std::string_view::npos) return nullptr;
        return CertificatePointer(PEM_read_bio_X509(over(bytes).get(), nullptr, no_password, nullptr));
    }
    auto const* place = octets(bytes);
    auto const* const end = place + bytes.size();
    CertificatePointer certificate(d2i_X509(nullptr, &place, static_cast<long>(bytes.size())));
    return place == end ? std::move(certificate) : nullptr;
}

base::Result<PublicKey> told(X509* certificate) {
    PublicKey out;
    BioPointer const pem(BIO_new(BIO_s_mem()));
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    auto const from = moment(X509_get0_notBefore(certificate));
    auto const until = moment(X509_get0_notAfter(certificate));
    bool const is_whole = PEM_write_bio_X509(pem.get(), certificate) == 1 &&
                          X509_digest(certificate, EVP_sha256(), digest, &size) == 1 && from && until;
    if (!is_whole) return base::invalid("is a certificate that cannot be read");
    out.text = written(pem.get());
    out.fingerprint = hex(std::string_view(reinterpret_cast<char const*>(digest), size));
    for (auto& letter : out.fingerprint) letter = letter >= 'a' ? static_cast<char>(letter - 'a' + 'A') : letter;
    out.names = {text_of(X509_get_subject_name(certificate))};
    out.emails = emails_of(certificate);
    out.issuer = text_of(X509_get_issuer_name(certificate));
    out.valid_from = *from;
    out.valid_until = *until;
    out.can_encrypt = allows_encryption(certificate);
    return out;
}

}  // namespace

base::Result<PublicKey> read_smime_certificate(std::string_view bytes) {
    if (bytes.size() > longest_public_key) return base::invalid("is longer than 64 KiB");
    auto const text = without_blanks(bytes);
    if (text.find("PRIVATE KEY-----") != std::string_view::npos)
        return base::invalid("holds a private key; give the certificate alone");
    auto const certificate = certificate_in(text.starts_with(pem_begin) ? text : bytes);
    ERR_clear_error();
    if (certificate == nullptr) return base::invalid("is no single X.509 certificate, PEM or DER");
    return told(certificate.get());
}

}  // namespace kula::seals
