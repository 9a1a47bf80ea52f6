#pragma once
/// @file
/// The tests' client over TLS. It does not check who the server is; `peer` tells.

#include <openssl/ssl.h>

#include <csignal>
#include <memory>

#include "client.hpp"

namespace kula::net::testing {

struct TlsWishes {
    int least = TLS1_2_VERSION;
    int most = 0;                       ///< 0: the newest.
    std::string protocol = "http/1.1";  ///< For ALPN; empty: none.
    int receive_buffer = 0;
};

/// OpenSSL writes with a signal where the other end has left; only the client may, so the process does not ignore it.
class WithoutPipeSignal {
public:
    WithoutPipeSignal() {
        sigemptyset(&pipe_);
        sigaddset(&pipe_, SIGPIPE);
        pthread_sigmask(SIG_BLOCK, &pipe_, &before_);
    }
    ~WithoutPipeSignal() {
        timespec const at_once{};
        while (sigtimedwait(&pipe_, nullptr, &at_once) > 0) {
        }
        pthread_sigmask(SIG_SETMASK, &before_, nullptr);
    }
    WithoutPipeSignal(WithoutPipeSignal const&) = delete;
    WithoutPipeSignal& operator=(WithoutPipeSignal const&) = delete;

private:
    sigset_t pipe_{};
    sigset_t before_{};
};

class TlsClient : public Client {
public:
    explicit TlsClient(std::uint16_t port, TlsWishes const& wishes = {})
        : Client(port, wishes.receive_buffer), rules_(SSL_CTX_new(TLS_client_method()), SSL_CTX_free) {
        SSL_CTX_set_security_level(rules_.get(), 0);  // what is refused is to be refused by the server
        SSL_CTX_set_min_proto_version(rules_.get(), wishes.least);
        SSL_CTX_set_max_proto_version(rules_.get(), wishes.most);
        session_.reset(SSL_new(rules_.get()));
        auto const offered = std::string(1, static_cast<char>(wishes.protocol.size())) + wishes.protocol;
        if (!wishes.protocol.empty()) {
            SSL_set_alpn_protos(session_.get(), reinterpret_cast<unsigned char const*>(offered.data()),
                                static_cast<unsigned>(offered.size()));
        }
        SSL_set_fd(session_.get(), descriptor());
        WithoutPipeSignal const quiet;
        shook_hands_ = SSL_connect(session_.get()) == 1;
    }

    [[nodiscard]] bool shook_hands() const { return shook_hands_; }
    [[nodiscard]] int version() const { return SSL_version(session_.get()); }
    [[nodiscard]] SSL* session() { return session_.get(); }
    /// The common name in the server's certificate.
    [[nodiscard]] std::string peer() const {
        char name[100] = "";
        auto* const certificate = SSL_get0_peer_certificate(session_.get());
        if (certificate == nullptr) return "";
        X509_NAME_get_text_by_NID(X509_get_subject_name(certificate), NID_commonName, name, sizeof name);
        return name;
    }
    [[nodiscard]] std::string protocol() const {
        unsigned char const* name = nullptr;
        unsigned size = 0;
        SSL_get0_alpn_selected(session_.get(), &name, &size);
        return {reinterpret_cast<char const*>(name), size};
    }
    /// The server has said that nothing more comes, as far as we have read.
    [[nodiscard]] bool was_told_the_end() const {
        return (SSL_get_shutdown(session_.get()) & SSL_RECEIVED_SHUTDOWN) != 0;
    }

protected:
    long transmit(std::string_view bytes) override {
        WithoutPipeSignal const quiet;
        return SSL_write(session_.get(), bytes.data(), static_cast<int>(bytes.size()));
    }
    long receive(char* bytes, std::size_t size) override {
        return SSL_read(session_.get(), bytes, static_cast<int>(size));
    }

private:
    std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> rules_;
    struct Free {
        void operator()(SSL* session) const { SSL_free(session); }
    };
    std::unique_ptr<SSL, Free> session_;
    bool shook_hands_ = false;
};

}  // namespace kula::net::testing
