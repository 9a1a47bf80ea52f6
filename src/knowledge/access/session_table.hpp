#pragma once
// SQL of the table access_session.

#include <optional>
#include <string>
#include <vector>

#include "access/session.hpp"
#include "storage/session.hpp"

namespace kula::access::session_table {

/// What decides whether a session is over.
struct Moment {
    base::Instant now;
    std::chrono::minutes longest_pause;
};

/// Sessions that are over are not found.
std::optional<Session> find(storage::Session const& session, SessionId id, Moment moment);
std::optional<Session> find_by_digest(storage::Session const& session, std::string const& digest, Moment moment);
/// The latest used first.
std::vector<Session> of_user(storage::Session const& session, UserId user, Moment moment);
std::vector<Session> all(storage::Session const& session, std::size_t most, Moment moment);

void insert(storage::Session& session, Session const& made, std::string const& digest);
/// State, confirmation, last use, origin and agent; the secret of before is void.
void rotate(storage::Session& session, Session const& changed, std::string const& digest);
void touch(storage::Session& session, Session const& used);
void open_red(storage::Session& session, SessionId id, base::Instant until);
bool remove(storage::Session& session, SessionId id);
/// How many there were.
std::int64_t remove_all(storage::Session& session, UserId user, std::optional<SessionId> except = std::nullopt);
/// Of those in this state, the latest used.
void keep_latest(storage::Session& session, UserId user, SignInState state, std::size_t most);
void remove_old(storage::Session& session, Moment moment);

}  // namespace kula::access::session_table
