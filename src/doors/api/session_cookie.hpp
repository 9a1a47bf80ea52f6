#pragma once
/// @file
/// What a request tells of its sender beside the question: the session's cookie, the address, the browser.

#include <optional>
#include <string>
#include <string_view>

#include "access/session.hpp"
#include "net/http.hpp"

namespace kula::api {

/// The secret in the session's cookie: `__Host-kula_session` over TLS, `kula_session` otherwise.
std::optional<std::string_view> session_secret(net::Request const& request);
/// Sets the cookie; it goes when the browser ends, the session's own end is kept at the server.
void set_session(net::Response& response, net::Request const& request, std::string const& secret);
void take_session_back(net::Response& response, net::Request const& request);

access::Origin origin_of(net::Request const& request);
/// Nothing for a broken escape or bytes that are not UTF-8.
std::optional<std::string> percent_decoded(std::string_view text);

}  // namespace kula::api
