#pragma once
/// @file
/// From where the server may be asked: the name in `Host`, and the page that sends a write.
///
/// A page of another site can make a browser on this machine send requests here. Against reading by DNS rebinding the
/// server answers only to its own names; against writing it looks at `Origin` (RFC 6454) and `Sec-Fetch-Site`. Pure.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "net/http.hpp"
#include "net/problem.hpp"

namespace kula::net {

class SitePolicy {
public:
    SitePolicy(std::vector<std::string> host_names, std::vector<std::string> trusted_origins);

    /// Why this request is not served. `authority` is an absolute-form target's, or empty.
    /// `scheme` is how the browser came: a page that came in the clear may not write to one that came with TLS.
    /// 400: `Host` is absent, double or malformed. 421: it names somebody else. 403: another site's page writes.
    [[nodiscard]] std::optional<Problem> objection(Method method, Scheme scheme, Headers const& headers,
                                                   std::string_view authority) const;

private:
    [[nodiscard]] bool may_write(Scheme scheme, Headers const& headers, std::string_view authority) const;

    std::vector<std::string> host_names_;
    std::vector<std::string> trusted_origins_;
};

}  // namespace kula::net
