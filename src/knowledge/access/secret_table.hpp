#pragma once
// SQL of the tables person_secret, recovery_code and one_time_link.

#include <optional>
#include <string>
#include <vector>

#include "access/user.hpp"
#include "storage/session.hpp"

namespace kula::access::secret_table {

struct Secrets {
    std::optional<std::string> password{};    ///< Argon2id in PHC text.
    std::optional<std::string> totp{};        ///< Sealed.
    std::int64_t totp_step = 0;               ///< The last one used.
    std::optional<std::string> totp_offer{};  ///< Sealed.
    std::optional<base::Instant> totp_offered_at{};
};
Secrets find(storage::Session const& session, UserId user);

void set_password(storage::Session& session, UserId user, std::string const& digest);
/// The same password at today's cost; nothing happens when it was changed meanwhile.
void renew_password(storage::Session& session, UserId user, std::string const& before, std::string const& digest);

void offer_totp(storage::Session& session, UserId user, std::string const& sealed, base::Instant now);
/// False when another one was offered meanwhile.
bool accept_totp(storage::Session& session, UserId user, std::string const& sealed, std::int64_t step);
/// False when this step or a later one was used already.
bool use_totp_step(storage::Session& session, UserId user, std::int64_t step);

void replace_recovery_codes(storage::Session& session, UserId user, std::vector<std::string> const& digests);
bool use_recovery_code(storage::Session& session, UserId user, std::string const& digest, base::Instant now);

/// Password, TOTP and recovery codes.
void forget(storage::Session& session, UserId user);

struct Link {
    UserId user;
    base::Instant expires_at;
};
/// In the place of an older one.
void replace_link(storage::Session& session, Link const& link, std::string const& digest);
std::optional<Link> find_link(storage::Session const& session, std::string const& digest);
/// False when it is gone.
bool take_link(storage::Session& session, std::string const& digest);
void remove_link(storage::Session& session, UserId user);
void remove_old_links(storage::Session& session, base::Instant now);

}  // namespace kula::access::secret_table
