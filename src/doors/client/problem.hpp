#pragma once
/// @file
/// What a server refuses, as one sentence, and how a command ends then.
///
/// Source: RFC 9457.

#include <string>

#include "contract.hpp"
#include "net/client.hpp"

namespace kula::client {

/// The sentence for standard error, without a line's end: what was refused, where in the input, and what to do.
/// A body that is no problem is told as far as it is text. `operation` may be null.
std::string told(net::ClientAnswer const& answer, Operation const* operation);

/// 401 and 403 are `not_allowed`, 412 is `changed_meanwhile`, a good answer is `done`, all else `failed`.
int ending_of(unsigned status);

}  // namespace kula::client
