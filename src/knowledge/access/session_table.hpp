#pragma once
// SQL of the table access_session.

#include <optional>
#include <string>
#include <vector>

#include "access/session.hpp"
#include "storage/session.hpp"

namespace kula::access::session_table {

/// Sessions that are over are not found.
std::optional<Session> find(storage::Session const& session, SessionId id, base::Instant now);
std::optional<Session> find_by_digest(storage::Session const& session, std::string const& digest, base::Instant now);
/// The latest used first.
std::vector<Session> of_user(storage::Session const& session, UserId user, base::Instant now);

void insert(storage::Session& session, Session const& made, std::string const& digest);
/// State, last use, origin and agent; the secret of before is void.
void rotate(storage::Session& session, Session const& changed, std::string const& digest);
void touch(storage::Session& session, Session const& used);
bool remove(storage::Session& session, SessionId id);
/// How many there were.
std::int64_t remove_all(storage::Session& session, UserId user, std::optional<SessionId> except = std::nullopt);
/// Of those in this state, the latest used.
void keep_latest(storage::Session& session, UserId user, SignInState state, std::size_t most);
void remove_old(storage::Session& session, base::Instant now);

}  // namespace kula::access::session_table
