#pragma once
/// @file
/// The name under which the browser asked, as passkeys are bound to it.

#include "access/passkey.hpp"
#include "net/http.hpp"

namespace kula::api {

/// Of the accepted `Host`: `{localhost, http://localhost:8080}`.
inline access::RelyingParty relying_party_of(net::Request const& request) {
    auto const& authority = request.authority;
    auto const end = authority.rfind(':');
    bool const has_port = end != std::string::npos && authority.find(']', end) == std::string::npos;
    return {has_port ? authority.substr(0, end) : authority,
            std::string(net::to_text(request.scheme)) + "://" + authority};
}

}  // namespace kula::api
