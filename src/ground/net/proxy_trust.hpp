#pragma once
/// @file
/// Who the client is when a proxy stands between.
///
/// Source: RFC 7239 (`Forwarded`); `X-Forwarded-For` and `X-Forwarded-Proto` as nginx, HAProxy and others write them.
/// Pure.

#include <vector>

#include "base/address.hpp"
#include "net/http.hpp"
#include "net/server.hpp"

namespace kula::net {

/// Who asks, and how the browser sees it.
struct Caller {
    base::Address address;
    Scheme scheme = Scheme::http;
    friend bool operator==(Caller const&, Caller const&) = default;
};

class ProxyTrust {
public:
    ProxyTrust(std::vector<base::Prefix> trusted, ForwardedBy header) : trusted_(std::move(trusted)), header_(header) {}

    [[nodiscard]] bool trusts(base::Address address) const;

    /// `connected` is the other end of the connection and how it came. Only if it is trusted are headers believed, and
    /// of the addresses there only those that trusted hops wrote: the rightmost that is not trusted itself is the
    /// client. What is malformed, or longer than 32 hops, leaves `connected` as it is.
    [[nodiscard]] Caller caller(Caller const& connected, Headers const& headers) const;

private:
    std::vector<base::Prefix> trusted_;
    ForwardedBy header_;
};

}  // namespace kula::net
