#include "passkey_table.hpp"

#include "seals/digest.hpp"
#include "storage/record.hpp"

namespace kula::access::passkey_table {
namespace {

using storage::Session;
using When = std::optional<base::Instant>;

std::string from_hex(std::string_view text) {
    auto const digit = [](char c) { return static_cast<unsigned>(c <= '9' ? c - '0' : c - 'a' + 10); };
    std::string out;
    for (std::size_t i = 0; i + 1 < text.size(); i += 2)
        out += static_cast<char>(digit(text[i]) << 4 | digit(text[i + 1]));
    return out;
}

}  // namespace

std::vector<Passkey> of_user(Session const& session, UserId user) {
    std::vector<Passkey> out;
    session.each<PasskeyId, std::string, base::Instant, When>(
        [&out](PasskeyId id, std::string const& name, base::Instant created_at, When last_used_at) {
            out.push_back({id, name, created_at, last_used_at});
        },
        "select id, name, created_at, last_used_at from passkey where person = ? order by id", user);
    return out;
}

std::vector<std::string> credentials(Session const& session, UserId user) {
    return session.column<std::string>("select credential from passkey where person = ? order by id", user);
}

std::optional<StoredPasskey> find_by_credential(Session const& session, std::string const& credential) {
    auto const row = session.row<PasskeyId, UserId, std::string, std::int64_t, std::string, base::Instant, When>(
        "select id, person, public_key, uses, name, created_at, last_used_at from passkey where credential = ?",
        credential);
    if (!row) return std::nullopt;
    auto const& [id, user, public_key, uses, name, created_at, last_used_at] = *row;
    return StoredPasskey{{id, name, created_at, last_used_at}, user, credential, from_hex(public_key), uses};
}

void insert(Session& session, StoredPasskey const& made, base::Record const& record) {
    session.execute("insert into passkey (id, person, credential, public_key, uses, name, " KULA_RECORD_COLUMNS
                    ") values (?, ?, ?, ?, ?, ?, " KULA_RECORD_PLACES ")",
                    made.passkey.id, made.user, made.credential, seals::hex(made.public_key), made.uses,
                    made.passkey.name, record);
}

bool use(Session& session, PasskeyId id, std::int64_t uses, base::Instant now) {
    return session.execute(
               "update passkey set uses = ?, last_used_at = ? where id = ? and (uses < ? or (uses = 0 and cast(? as bigint) = 0))",
               uses, now, id, uses, uses) == 1;
}

bool remove(Session& session, UserId user, PasskeyId id) {
    return session.execute("delete from passkey where id = ? and person = ?", id, user) == 1;
}

void remove_all(Session& session, UserId user) { session.execute("delete from passkey where person = ?", user); }

void insert_challenge(Session& session, std::string const& digest, std::optional<UserId> user,
                      base::Instant expires_at) {
    session.execute("insert into passkey_challenge (digest, person, expires_at) values (?, ?, ?)", digest, user,
                    expires_at);
}

bool take_challenge(Session& session, std::string const& digest, std::optional<UserId> user, base::Instant now) {
    auto const row = session.row<std::optional<UserId>, base::Instant>(
        "select person, expires_at from passkey_challenge where digest = ?", digest);
    bool const is_taken = session.execute("delete from passkey_challenge where digest = ?", digest) == 1;
    return row && is_taken && std::get<0>(*row) == user && std::get<1>(*row) > now;
}

void remove_old_challenges(Session& session, base::Instant now) {
    session.execute("delete from passkey_challenge where expires_at <= ?", now);
}

void keep_latest_challenges(Session& session, std::int64_t most) {
    session.execute(
        "delete from passkey_challenge where person is null and digest not in "
        "(select digest from passkey_challenge where person is null order by expires_at desc, digest limit ?)",
        most);
}

}  // namespace kula::access::passkey_table
