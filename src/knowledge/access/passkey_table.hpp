#pragma once
// SQL of the tables passkey and passkey_challenge.

#include <optional>
#include <string>
#include <vector>

#include "access/passkey.hpp"
#include "access/user.hpp"
#include "storage/session.hpp"

namespace kula::access::passkey_table {

struct StoredPasskey {
    Passkey passkey;
    UserId user;
    std::string credential;  ///< base64url.
    std::string public_key;  ///< Bytes of a COSE key.
    std::int64_t uses = 0;
};

std::vector<Passkey> of_user(storage::Session const& session, UserId user);
std::vector<std::string> credentials(storage::Session const& session, UserId user);
std::optional<StoredPasskey> find_by_credential(storage::Session const& session, std::string const& credential);
void insert(storage::Session& session, StoredPasskey const& made, base::Record const& record);
/// False when the count did not rise since, and is kept.
bool use(storage::Session& session, PasskeyId id, std::int64_t uses, base::Instant now);
bool remove(storage::Session& session, UserId user, PasskeyId id);
void remove_all(storage::Session& session, UserId user);

/// `user`: who is to add a passkey; nobody: to sign in with.
void insert_challenge(storage::Session& session, std::string const& digest, std::optional<UserId> user,
                      base::Instant expires_at);
/// Whether it stood open for this; it does not from now on.
bool take_challenge(storage::Session& session, std::string const& digest, std::optional<UserId> user,
                    base::Instant now);
void remove_old_challenges(storage::Session& session, base::Instant now);
/// Of those to sign in with.
void keep_latest_challenges(storage::Session& session, std::int64_t most);

}  // namespace kula::access::passkey_table
