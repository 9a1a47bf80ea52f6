#include "secret_table.hpp"

#include "base/must.hpp"

namespace kula::access::secret_table {

using storage::Session;
using Text = std::optional<std::string>;

Secrets find(Session const& session, UserId user) {
    auto const row = session.row<Text, Text, std::int64_t, Text, std::optional<base::Instant>>(
        "select password, totp, totp_step, totp_offer, totp_offered_at from person_secret where person = ?", user);
    base::must(row.has_value(), "every person has a row of secrets");
    auto const& [password, totp, totp_step, offer, offered_at] = *row;
    return {password, totp, totp_step, offer, offered_at};
}

void set_password(Session& session, UserId user, std::string const& digest) {
    session.execute("update person_secret set password = ? where person = ?", digest, user);
}

void renew_password(Session& session, UserId user, std::string const& before, std::string const& digest) {
    session.execute("update person_secret set password = ? where person = ? and password = ?", digest, user, before);
}

void offer_totp(Session& session, UserId user, std::string const& sealed, base::Instant now) {
    session.execute("update person_secret set totp_offer = ?, totp_offered_at = ? where person = ?", sealed, now, user);
}

bool accept_totp(Session& session, UserId user, std::string const& sealed, std::int64_t step) {
    return session.execute(
               "update person_secret set totp = totp_offer, totp_step = ?, totp_offer = null, totp_offered_at = null "
               "where person = ? and totp_offer = ?",
               step, user, sealed) == 1;
}

bool use_totp_step(Session& session, UserId user, std::int64_t step) {
    return session.execute("update person_secret set totp_step = ? where person = ? and totp_step < ?", step, user,
                           step) == 1;
}

void replace_recovery_codes(Session& session, UserId user, std::vector<std::string> const& digests) {
    session.execute("delete from recovery_code where person = ?", user);
    for (auto const& digest : digests)
        session.execute("insert into recovery_code (person, digest) values (?, ?)", user, digest);
}

bool use_recovery_code(Session& session, UserId user, std::string const& digest, base::Instant now) {
    return session.execute("update recovery_code set used_at = ? where person = ? and digest = ? and used_at is null",
                           now, user, digest) == 1;
}

void forget(Session& session, UserId user) {
    session.execute(
        "update person_secret set password = null, totp = null, totp_step = 0, totp_offer = null, "
        "totp_offered_at = null where person = ?",
        user);
    session.execute("delete from recovery_code where person = ?", user);
}

void replace_link(Session& session, Link const& link, std::string const& digest) {
    remove_link(session, link.user);
    session.execute("insert into one_time_link (person, digest, expires_at) values (?, ?, ?)", link.user, digest,
                    link.expires_at);
}

std::optional<Link> find_link(Session const& session, std::string const& digest) {
    auto const row =
        session.row<UserId, base::Instant>("select person, expires_at from one_time_link where digest = ?", digest);
    if (!row) return std::nullopt;
    return Link{std::get<0>(*row), std::get<1>(*row)};
}

bool take_link(Session& session, std::string const& digest) {
    return session.execute("delete from one_time_link where digest = ?", digest) == 1;
}

void remove_link(Session& session, UserId user) { session.execute("delete from one_time_link where person = ?", user); }

void remove_old_links(Session& session, base::Instant now) {
    session.execute("delete from one_time_link where expires_at <= ?", now);
}

}  // namespace kula::access::secret_table
