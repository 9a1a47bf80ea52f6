#include "session_table.hpp"

#include <algorithm>

#include "base/must.hpp"

namespace kula::access {
namespace {

constexpr std::chrono::hours longest_session{12};

}  // namespace

std::string_view to_text(SignInState state) {
    switch (state) {
        case SignInState::second_factor_needed: return "second_factor_needed";
        case SignInState::second_factor_to_enrol: return "second_factor_to_enrol";
        case SignInState::signed_in: break;
    }
    return "signed_in";
}

namespace session_table {
namespace {

SignInState parse_state(std::string_view text) {
    for (auto const state : {SignInState::second_factor_needed, SignInState::second_factor_to_enrol}) {
        if (text == to_text(state)) return state;
    }
    base::must(text == to_text(SignInState::signed_in), "a stored session's state is known");
    return SignInState::signed_in;
}

template <class... Values>
std::vector<Session> select(storage::Session const& session, Moment moment, std::string const& rest,
                            Values const&... values) {
    std::vector<Session> out;
    session.each<SessionId, UserId, std::string, base::Instant, base::Instant, base::Instant, base::Instant,
                 std::string, std::string>(
        [&](SessionId id, UserId user, std::string const& state, base::Instant began_at, base::Instant last_used_at,
            base::Instant confirmed_at, base::Instant red_until, std::string const& origin, std::string const& agent) {
            auto const expires_at =
                std::min<base::Instant>(began_at + longest_session, last_used_at + moment.longest_pause);
            if (expires_at <= moment.now) return;
            out.push_back({id, user, parse_state(state), began_at, last_used_at, expires_at, confirmed_at, red_until,
                           origin, agent});
        },
        "select id, person, state, began_at, last_used_at, confirmed_at, red_until, origin, agent from access_session" +
            rest,
        values...);
    return out;
}

std::optional<Session> first(std::vector<Session> sessions) {
    return sessions.empty() ? std::nullopt : std::optional(std::move(sessions.front()));
}

}  // namespace

std::optional<Session> find(storage::Session const& session, SessionId id, Moment moment) {
    return first(select(session, moment, " where id = ?", id));
}

std::optional<Session> find_by_digest(storage::Session const& session, std::string const& digest, Moment moment) {
    return first(select(session, moment, " where digest = ?", digest));
}

std::vector<Session> of_user(storage::Session const& session, UserId user, Moment moment) {
    return select(session, moment, " where person = ? order by last_used_at desc, id desc", user);
}

std::vector<Session> all(storage::Session const& session, std::size_t most, Moment moment) {
    return select(session, moment, " order by last_used_at desc, id desc limit ?", most);
}

void insert(storage::Session& session, Session const& made, std::string const& digest) {
    session.execute(
        "insert into access_session (id, person, digest, state, began_at, last_used_at, confirmed_at, origin, agent) "
        "values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        made.id, made.user, digest, to_text(made.state), made.began_at, made.last_used_at, made.confirmed_at,
        made.origin, made.agent);
}

void rotate(storage::Session& session, Session const& changed, std::string const& digest) {
    session.execute("update access_session set digest = ?, state = ?, confirmed_at = ? where id = ?", digest,
                    to_text(changed.state), changed.confirmed_at, changed.id);
    touch(session, changed);
}

void touch(storage::Session& session, Session const& used) {
    session.execute("update access_session set last_used_at = ?, origin = ?, agent = ? where id = ?", used.last_used_at,
                    used.origin, used.agent, used.id);
}

void open_red(storage::Session& session, SessionId id, base::Instant until) {
    session.execute("update access_session set red_until = ? where id = ?", until, id);
}

bool remove(storage::Session& session, SessionId id) {
    return session.execute("delete from access_session where id = ?", id) == 1;
}

std::int64_t remove_all(storage::Session& session, UserId user, std::optional<SessionId> except) {
    return session.execute("delete from access_session where person = ? and id <> ?", user,
                           except.value_or(SessionId()));
}

void keep_latest(storage::Session& session, UserId user, SignInState state, std::size_t most) {
    session.execute(
        "delete from access_session where person = ? and state = ? and id not in (select id from access_session "
        "where person = ? and state = ? order by last_used_at desc, id desc limit ?)",
        user, to_text(state), user, to_text(state), most);
}

void remove_old(storage::Session& session, Moment moment) {
    session.execute("delete from access_session where began_at <= ? or last_used_at <= ?", moment.now - longest_session,
                    moment.now - moment.longest_pause);
}

}  // namespace session_table
}  // namespace kula::access
