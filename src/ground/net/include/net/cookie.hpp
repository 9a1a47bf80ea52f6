#pragma once
/// @file
/// Cookies: read from a request, set in a response.
///
/// Source: RFC 6265 §4.1 (what a server sets), §5.4 (what a browser sends); draft-ietf-httpbis-rfc6265bis §4.1.3 (name
/// prefixes). Pure.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "net/http.hpp"

namespace kula::net {

/// The value of the cookie of this name, without quotes around it. Names compare exactly. Where one stands more than
/// once, the first counts, as browsers put the most specific first. Nothing where the value holds what no cookie may,
/// or behind the first 100 cookies. The view lives as long as the request.
std::optional<std::string_view> cookie(Request const& request, std::string_view name);

/// Whether a browser sends the cookie along when a page of another site leads here.
enum class SameSite : std::uint8_t {
    strict,  ///< Never.
    lax,     ///< When it leads to a page with `GET`.
};

struct Cookie {
    std::string name;
    std::string value;
    std::string path = "/";
    std::optional<std::chrono::seconds> max_age{};  ///< Without one, until the browser ends; zero takes it back.
    bool secure = true;                             ///< Sent over TLS only.
    SameSite same_site = SameSite::strict;
    bool http_only = true;  ///< Not for scripts.
};

/// The value of `Set-Cookie`: `__Host-kula_session=…; Path=/; Secure; HttpOnly; SameSite=Strict`. A name that is no
/// token, a value or path that would end the attribute, `__Secure-` without `secure`, and `__Host-` without `secure` or
/// with another path than `/` are bugs (`std::logic_error`): browsers would drop such a cookie without a word.
std::string to_text(Cookie const& cookie);

/// Adds a `Set-Cookie`; others stay.
void set_cookie(Response& response, Cookie const& cookie);

}  // namespace kula::net
