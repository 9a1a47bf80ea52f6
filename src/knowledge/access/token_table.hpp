#pragma once
// SQL of the table service_token.

#include <optional>
#include <string>
#include <vector>

#include "access/user.hpp"
#include "storage/session.hpp"

namespace kula::access::token_table {

std::optional<Token> find(storage::Session const& session, TokenId id);
std::optional<Token> find_by_digest(storage::Session const& session, std::string const& digest);
/// Those that were neither revoked nor over before this moment, the newest first.
std::vector<Token> since(storage::Session const& session, base::Instant moment);
/// The same of one person's own.
std::vector<Token> of_person(storage::Session const& session, UserId person, base::Instant moment);

void insert(storage::Session& session, Token const& token, std::string const& digest);
void touch(storage::Session& session, TokenId id, base::Instant now, std::string const& from);
void revoke(storage::Session& session, Token const& token);

}  // namespace kula::access::token_table
