#include "tls_context.hpp"

#include <fmt/format.h>
#include <openssl/asn1.h>
#include <openssl/ssl.h>

#include <ctime>
#include <string_view>

#include "base/must.hpp"
#include "tls_identity.hpp"

namespace kula::net {
namespace {

/// Forward secrecy and authenticated encryption only (RFC 9325 §4.2).
constexpr auto ciphers_of_tls_1_2 = "ECDHE+AESGCM:ECDHE+CHACHA20:!aNULL:!PSK";
constexpr auto key_exchanges = "X25519:P-256:P-384";

/// RFC 7301. Who offers protocols, but not ours, is told so in the handshake.
int choose_protocol(SSL* /*session*/, unsigned char const** chosen, unsigned char* length, unsigned char const* offered,
                    unsigned bytes, void* /*none*/) {
    static constexpr std::string_view ours = "http/1.1";
    for (unsigned at = 0; at < bytes; at += 1u + offered[at]) {
        unsigned const size = offered[at];
        if (at + 1 + size > bytes) break;
        std::string_view const name(reinterpret_cast<char const*>(offered) + at + 1, size);
        if (name != ours) continue;
        *chosen = offered + at + 1;
        *length = static_cast<unsigned char>(size);
        return SSL_TLSEXT_ERR_OK;
    }
    return SSL_TLSEXT_ERR_ALERT_FATAL;
}

bool set_rules(SSL_CTX* native) {
    SSL_CTX_set_options(native, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE |
                                    SSL_OP_PRIORITIZE_CHACHA);
    SSL_CTX_set_mode(native,
                     SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
    // Tickets carry the session to the client and back; nothing is kept here.
    SSL_CTX_set_session_cache_mode(native, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_num_tickets(native, 1);
    SSL_CTX_set_alpn_select_cb(native, choose_protocol, nullptr);
    return SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION) == 1 &&
           SSL_CTX_set_max_proto_version(native, 0) == 1 && SSL_CTX_set_cipher_list(native, ciphers_of_tls_1_2) == 1 &&
           SSL_CTX_set1_groups_list(native, key_exchanges) == 1;
}

bool use(SSL_CTX* native, TlsIdentity const& identity) {
    if (SSL_CTX_use_certificate(native, identity.certificate.get()) != 1) return false;
    if (SSL_CTX_use_PrivateKey(native, identity.key.get()) != 1) return false;
    for (auto const& certificate : identity.chain) {
        if (SSL_CTX_add1_chain_cert(native, certificate.get()) != 1) return false;
    }
    return true;
}

base::Instant instant_of(ASN1_TIME const* time) {
    std::tm parts{};
    if (ASN1_TIME_to_tm(time, &parts) != 1) return {};
    return std::chrono::sys_seconds(std::chrono::seconds(timegm(&parts)));
}

}  // namespace

void TlsContext::Free::operator()(ssl_ctx_st* native) const { SSL_CTX_free(native); }

base::Result<std::shared_ptr<TlsContext const>> TlsContext::load(TlsOptions const& options) {
    auto const identity = read_identity(options);
    if (!identity) return identity.error();
    std::shared_ptr<TlsContext> context(new TlsContext);
    context->native_.reset(SSL_CTX_new(TLS_server_method()));
    base::must(context->native_ != nullptr && set_rules(context->native_.get()), "OpenSSL takes our rules for TLS");
    if (!use(context->native_.get(), *identity)) {
        return base::invalid(fmt::format("TLS cannot use the certificate in {}: {}", identity->name, tls_reason()));
    }
    context->name_ = identity->name;
    context->begins_ = instant_of(X509_get0_notBefore(identity->certificate.get()));
    context->expires_ = instant_of(X509_get0_notAfter(identity->certificate.get()));
    return std::shared_ptr<TlsContext const>(std::move(context));
}

std::string TlsContext::objection(base::Instant now) const {
    if (now >= expires_) {
        return fmt::format("the certificate in {} expired at {}", name_, base::to_seconds_text(expires_));
    }
    if (now < begins_) {
        return fmt::format("the certificate in {} is valid only from {}", name_, base::to_seconds_text(begins_));
    }
    return {};
}

}  // namespace kula::net
