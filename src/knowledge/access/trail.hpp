#pragma once
// What the trail is told of people, sessions and tokens: never a secret, nor a digest of one.

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "access/session.hpp"
#include "access/user.hpp"
#include "base/actor.hpp"
#include "journal/journal.hpp"

namespace kula::access::trail {

std::string subject(UserId id);
std::string subject(TokenId id);
/// A name that is nobody's: the beginning of its digest, which groups attempts and tells no text; for what is typed in
/// the place of a name may be a password.
std::string unknown_subject(std::string_view kind, std::string_view typed);

std::string told(User const& user);
std::string told(Token const& token);
std::string told(std::initializer_list<std::pair<char const*, std::string>> members);

/// A person's own deed.
base::Actor person(UserId id, Origin const& origin);
/// Somebody of whom nothing is known but the address.
base::Actor stranger(Origin const& origin);

}  // namespace kula::access::trail
