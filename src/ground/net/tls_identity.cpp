#include "tls_identity.hpp"

#include <fmt/format.h>
#include <openssl/bio.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>

#include <cerrno>
#include <fstream>
#include <system_error>

namespace kula::net {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_bytes = 1024 * 1024;
constexpr std::size_t most_chain = 16;

struct Free {
    void operator()(BIO* bio) const { BIO_free_all(bio); }
    void operator()(PKCS12* store) const { PKCS12_free(store); }
    void operator()(STACK_OF(X509) * stack) const { sk_X509_pop_free(stack, X509_free); }
};
template <class T>
using Owned = std::unique_ptr<T, Free>;

/// Forgets its bytes when it goes: a key or a password was among them.
struct Secret {
    std::string text;
    explicit Secret(std::string read) : text(std::move(read)) {}
    Secret(Secret const&) = delete;
    Secret& operator=(Secret const&) = delete;
    ~Secret() { OPENSSL_cleanse(text.data(), text.size()); }
};

base::Result<std::string> read_file(fs::path const& path) {
    std::error_code none;
    std::ifstream stream(path, std::ios::binary);
    if (!stream || fs::is_directory(path, none)) {
        auto const reason = errno != 0 ? std::generic_category().message(errno) : "it is no file";
        return base::unavailable(fmt::format("cannot read {}: {}", path.string(), reason));
    }
    std::string text(most_bytes + 1, '\0');
    stream.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(stream.gcount()));
    if (text.size() > most_bytes) return base::invalid(fmt::format("{} is too long for a key", path.string()));
    return text;
}

Owned<BIO> reading(std::string const& text) {
    return Owned<BIO>(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

/// Instead of asking at the terminal.
int no_password(char* /*buffer*/, int /*size*/, int /*writes*/, void* /*none*/) { return 0; }

base::Result<void> read_certificates(PemFiles const& files, TlsIdentity& identity) {
    auto const text = read_file(files.certificate);
    if (!text) return text.error();
    auto const bio = reading(*text);
    while (identity.chain.size() < most_chain) {
        CertificatePtr next(PEM_read_bio_X509(bio.get(), nullptr, no_password, nullptr));
        if (!next) break;
        (identity.certificate ? identity.chain.emplace_back() : identity.certificate) = std::move(next);
    }
    bool const ended = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
    auto const reason = tls_reason();
    if (!identity.certificate && ended) return base::invalid(fmt::format("{} holds no PEM certificate", identity.name));
    if (!ended) {
        return base::invalid(fmt::format("certificate {} in {} is damaged: {}",
                                         identity.chain.size() + (identity.certificate ? 2 : 1), identity.name,
                                         reason));
    }
    return {};
}

base::Result<TlsIdentity> from_pem(PemFiles const& files) {
    TlsIdentity identity{files.certificate.string()};
    if (auto const read = read_certificates(files, identity); !read) return read.error();
    auto text = read_file(files.key);
    if (!text) return text.error();
    Secret const secret(std::move(*text));
    identity.key.reset(PEM_read_bio_PrivateKey(reading(secret.text).get(), nullptr, no_password, nullptr));
    if (!identity.key) {
        auto const reason = tls_reason();
        bool const locked = secret.text.find("ENCRYPTED") != std::string::npos;
        return base::invalid(locked ? fmt::format("the key in {} has a password; it must have none, or come with its "
                                                  "certificate as PKCS#12",
                                                  files.key.string())
                                    : fmt::format("{} holds no PEM private key: {}", files.key.string(), reason));
    }
    if (X509_check_private_key(identity.certificate.get(), identity.key.get()) != 1) {
        tls_reason();
        return base::invalid(fmt::format("the key in {} does not belong to the first certificate in {}",
                                         files.key.string(), identity.name));
    }
    return identity;
}

std::string first_line(std::string const& text) { return text.substr(0, text.find_first_of("\r\n")); }

base::Result<TlsIdentity> from_pkcs12(Pkcs12File const& store) {
    auto const bytes = read_file(store.file);
    if (!bytes) return bytes.error();
    std::string word;
    if (!store.password_file.empty()) {
        auto read = read_file(store.password_file);
        if (!read) return read.error();
        Secret const whole(std::move(*read));
        word = first_line(whole.text);
    }
    Secret const password(std::move(word));
    TlsIdentity identity{store.file.string()};
    Owned<PKCS12> const parsed(d2i_PKCS12_bio(reading(*bytes).get(), nullptr));
    if (!parsed) {
        tls_reason();
        return base::invalid(fmt::format("{} is no PKCS#12 file", identity.name));
    }
    EVP_PKEY* key = nullptr;
    X509* certificate = nullptr;
    STACK_OF(X509)* chain = nullptr;
    bool const good = PKCS12_parse(parsed.get(), password.text.c_str(), &key, &certificate, &chain) == 1;
    identity.key.reset(key);
    identity.certificate.reset(certificate);
    Owned<STACK_OF(X509)> const rest(chain);
    if (!good) return base::invalid(fmt::format("{} does not open with its password: {}", identity.name, tls_reason()));
    if (!identity.key || !identity.certificate) {
        return base::invalid(fmt::format("{} does not hold both a certificate and its key", identity.name));
    }
    while (rest && sk_X509_num(rest.get()) > 0) identity.chain.emplace_back(sk_X509_shift(rest.get()));
    return identity;
}

}  // namespace

std::string tls_reason() {
    auto const code = ERR_peek_last_error();
    char const* const reason = ERR_reason_error_string(code);
    ERR_clear_error();
    return reason != nullptr ? reason : "no reason given";
}

base::Result<TlsIdentity> read_identity(TlsOptions const& options) {
    ERR_clear_error();
    if (auto const* const files = std::get_if<PemFiles>(&options.identity)) return from_pem(*files);
    return from_pkcs12(std::get<Pkcs12File>(options.identity));
}

}  // namespace kula::net
