#pragma once
/// @file
/// How this server speaks TLS: one certificate and the rules for all connections. Immutable; safe from any thread.

#include <memory>
#include <string>

#include "base/instant.hpp"
#include "base/result.hpp"
#include "net/tls.hpp"

struct ssl_ctx_st;

namespace kula::net {

class TlsContext {
public:
    /// Errors name the file and the fault. A certificate that is not valid today is loaded: see `objection`.
    static base::Result<std::shared_ptr<TlsContext const>> load(TlsOptions const& options);

    [[nodiscard]] base::Instant expires() const { return expires_; }
    /// Why a browser would not accept the certificate's dates now; empty if it would.
    [[nodiscard]] std::string objection(base::Instant now) const;
    [[nodiscard]] ssl_ctx_st* native() const { return native_.get(); }

private:
    struct Free {
        void operator()(ssl_ctx_st* native) const;
    };
    TlsContext() = default;

    std::unique_ptr<ssl_ctx_st, Free> native_;
    std::string name_;
    base::Instant begins_{};
    base::Instant expires_{};
};

}  // namespace kula::net
