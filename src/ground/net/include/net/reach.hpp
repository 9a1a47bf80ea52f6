#pragma once
/// @file
/// Which addresses the server asks on somebody's behalf, for feeds and webhooks: the public ones, and what the operator
/// names besides. Pure.
///
/// Whoever may add a feed or a webhook must not reach through it what only this machine can: its own services, the
/// cloud's metadata, the team's network. Source: the IANA registries of special-purpose addresses (RFC 6890).

#include <vector>

#include "base/address.hpp"

namespace kula::net {

/// Whether anybody on the Internet may have the address. An IPv6 address that stands for an IPv4 one counts as none.
bool is_public(base::Address address);
/// An IPv4 address in IPv6's form (`::ffff:192.0.2.1`) counts as itself.
bool is_within_reach(base::Address address, std::vector<base::Prefix> const& besides);

}  // namespace kula::net
