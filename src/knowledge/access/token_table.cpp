#include "token_table.hpp"

#include <sstream>

#include "storage/record.hpp"

namespace kula::access::token_table {
namespace {

using storage::Session;
using When = std::optional<base::Instant>;

std::string joined(std::set<std::string, std::less<>> const& permissions) {
    std::string out;
    for (auto const& permission : permissions) out += permission + '\n';
    return out;
}

std::set<std::string, std::less<>> split(std::string const& text) {
    std::set<std::string, std::less<>> out;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) out.insert(line);
    return out;
}

template <class... Values>
std::vector<Token> select(Session const& session, std::string const& rest, Values const&... values) {
    std::vector<Token> out;
    session.each<TokenId, std::string, std::string, std::optional<base::Uuid>, base::Instant, When, std::string, When,
                 std::optional<UserId>, base::Record>(
        [&](TokenId id, std::string const& name, std::string const& permissions,
            std::optional<base::Uuid> const& organisation, base::Instant expires_at, When last_used_at,
            std::string const& last_used_from, When revoked_at, std::optional<UserId> const& person,
            base::Record const& record) {
            out.push_back({id, name, split(permissions), organisation, expires_at, last_used_at, last_used_from,
                           revoked_at, person, record});
        },
        "select id, name, permissions, organisation, expires_at, last_used_at, last_used_from, "
        "revoked_at, person, " KULA_RECORD_COLUMNS " from service_token" +
            rest,
        values...);
    return out;
}

std::optional<Token> first(std::vector<Token> tokens) {
    return tokens.empty() ? std::nullopt : std::optional(std::move(tokens.front()));
}

}  // namespace

std::optional<Token> find(Session const& session, TokenId id) { return first(select(session, " where id = ?", id)); }

std::optional<Token> find_by_digest(Session const& session, std::string const& digest) {
    return first(select(session, " where digest = ?", digest));
}

std::vector<Token> since(Session const& session, base::Instant moment) {
    return select(session, " where expires_at > ? and (revoked_at is null or revoked_at > ?) order by id desc", moment,
                  moment);
}

std::vector<Token> of_person(Session const& session, UserId person, base::Instant moment) {
    return select(session,
                  " where person = ? and expires_at > ? and (revoked_at is null or revoked_at > ?) order by id desc",
                  person, moment, moment);
}

void insert(Session& session, Token const& token, std::string const& digest) {
    session.execute(
        "insert into service_token (id, name, digest, permissions, organisation, expires_at, person, last_used_from, " KULA_RECORD_COLUMNS
        ") values (?, ?, ?, ?, ?, ?, ?, '', " KULA_RECORD_PLACES ")",
        token.id, token.name, digest, joined(token.permissions), token.organisation, token.expires_at, token.person,
        token.record);
}

void touch(Session& session, TokenId id, base::Instant now, std::string const& from) {
    session.execute("update service_token set last_used_at = ?, last_used_from = ? where id = ?", now, from, id);
}

void revoke(Session& session, Token const& token) {
    session.execute("update service_token set revoked_at = ?, changed_at = ?, changed_by = ?, version = ? where id = ?",
                    token.revoked_at, token.record.changed_at, token.record.changed_by, token.record.version, token.id);
}

}  // namespace kula::access::token_table
