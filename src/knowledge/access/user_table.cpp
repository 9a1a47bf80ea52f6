#include "user_table.hpp"

#include <algorithm>
#include <sstream>
#include <tuple>

#include "base/must.hpp"
#include "seals/digest.hpp"
#include "storage/keyset.hpp"
#include "storage/record.hpp"
#include "text.hpp"
#include "user_rules.hpp"

namespace kula::access::user_table {
namespace {

using storage::Session;

#define USER_COLUMNS                                                                             \
    "id, name, full_name, email, language, organisation, state, last_sign_in, "                  \
    "(select count(*) from person_secret s where s.person = person.id and s.totp is not null), " \
    "(select count(*) from passkey k where k.person = person.id), "                              \
    "(select count(*) from recovery_code r where r.person = person.id and r.used_at is null), " KULA_RECORD_COLUMNS

using UserRow =
    std::tuple<UserId, std::string, std::string, std::string, std::string, std::optional<base::Uuid>, std::string,
               std::optional<base::Instant>, std::int64_t, std::int64_t, std::int64_t, base::Record>;

/// All but the roles.
User user_of(UserRow const& row) {
    auto const& [id, name, full_name, email, language, organisation, state, last_sign_in, totp, passkeys, codes,
                 record] = row;
    auto const known = parse_user_state(state);
    base::must(known.has_value(), "a stored person's state is known");
    return {
        id,    {name, full_name, email, language, {}, organisation}, *known, totp > 0, passkeys, codes, last_sign_in,
        record};
}

/// A role that the table of today does not know any more gives nothing.
void add_roles(Session const& session, User& user) {
    auto const stored = session.column<std::string>("select role from person_role where person = ?", user.id);
    for (auto const& role : Roles::shipped().all()) {
        if (std::find(stored.begin(), stored.end(), role.id) != stored.end()) user.content.roles.push_back(role.id);
    }
}

template <class... Values>
std::vector<User> select(Session const& session, std::string const& rest, Values const&... values) {
    std::vector<User> out;
    auto const rows =
        session.rows<UserId, std::string, std::string, std::string, std::string, std::optional<base::Uuid>, std::string,
                     std::optional<base::Instant>, std::int64_t, std::int64_t, std::int64_t, base::Record>(
            "select " USER_COLUMNS " from person" + rest, values...);
    for (auto const& row : rows) {
        out.push_back(user_of(row));
        add_roles(session, out.back());
    }
    return out;
}

std::optional<User> first(std::vector<User> users) {
    return users.empty() ? std::nullopt : std::optional(std::move(users.front()));
}

std::string search_text(UserContent const& content) {
    return folded(content.name + '\n' + content.full_name + '\n' + content.email);
}

void insert_roles(Session& session, User const& user) {
    for (auto const& role : user.content.roles)
        session.execute("insert into person_role (person, role) values (?, ?)", user.id, role);
}

void add_filters(storage::Where& where, UserQuery const& query) {
    if (query.state) where.add("state = ?", to_text(*query.state));
    if (query.role)
        where.add("exists (select 1 from person_role r where r.person = person.id and r.role = ?)", *query.role);
    std::istringstream words(folded(query.search));
    for (std::string word; words >> word;) where.add("search like ? escape '\\'", storage::like_anywhere(word));
}

storage::Keyset keyset_of(UserSort sort) {
    using Direction = storage::Keyset::Direction;
    using Key = storage::Keyset::Key;
    auto const list = static_cast<int>(sort);
    switch (sort) {
        case UserSort::name: return {list, "name_order", Direction::ascending, Key::hexadecimal};
        case UserSort::name_descending: return {list, "name_order", Direction::descending, Key::hexadecimal};
        case UserSort::last_sign_in: return {list, "coalesce(last_sign_in, 0)", Direction::ascending, Key::number};
        case UserSort::last_sign_in_descending: break;
    }
    return {list, "coalesce(last_sign_in, 0)", Direction::descending, Key::number};
}

std::string key_of(UserSort sort, User const& user) {
    if (sort == UserSort::name || sort == UserSort::name_descending) return seals::hex(user.content.name);
    return std::to_string(user.last_sign_in ? base::to_microseconds(*user.last_sign_in) : 0);
}

}  // namespace

std::optional<User> find(Session const& session, UserId id) { return first(select(session, " where id = ?", id)); }

std::optional<User> find_by_name(Session const& session, std::string_view name) {
    return first(select(session, " where name = ?", name));
}

base::Result<UserPage> list(Session const& session, UserQuery const& query) {
    if (query.search.size() > 200 || !is_clean(query.search))
        return base::invalid("search: is not up to 200 bytes of text");
    if (query.limit == 0 || query.limit > 1000) return base::invalid("limit: is not from 1 to 1,000");
    if (query.role && !is_clean(*query.role)) return base::invalid("role: is not known");
    storage::Where where;
    add_filters(where, query);
    UserPage page;
    page.total = session.value<std::int64_t>("select count(*) from person" + where.sql(), where.arguments());
    auto const keyset = keyset_of(query.sort);
    if (auto const placed = keyset.add_place(where, query.cursor); placed.has_error()) return placed.error();
    page.items = select(session, where.sql() + keyset.order_by() + " limit ?", where.arguments(), query.limit + 1);
    if (page.items.size() > query.limit) {
        page.items.pop_back();
        auto const& last = page.items.back();
        page.next = keyset.cursor(key_of(query.sort, last), last.id.text());
    }
    return page;
}

void insert(Session& session, User const& user) {
    auto const& content = user.content;
    session.execute(
        "insert into person (id, name, name_order, search, full_name, email, language, organisation, state, "
        "last_sign_in, " KULA_RECORD_COLUMNS ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, null, " KULA_RECORD_PLACES ")",
        user.id, content.name, seals::hex(content.name), search_text(content), content.full_name, content.email,
        content.language, content.organisation, to_text(user.state), user.record);
    session.execute("insert into person_secret (person, totp_step) values (?, 0)", user.id);
    insert_roles(session, user);
}

void update(Session& session, User const& user) {
    auto const& content = user.content;
    auto const& record = user.record;
    session.execute(
        "update person set name = ?, name_order = ?, search = ?, full_name = ?, email = ?, language = ?, "
        "organisation = ?, state = ?, changed_at = ?, changed_by = ?, version = ? where id = ?",
        content.name, seals::hex(content.name), search_text(content), content.full_name, content.email,
        content.language, content.organisation, to_text(user.state), record.changed_at, record.changed_by,
        record.version, user.id);
    session.execute("delete from person_role where person = ?", user.id);
    insert_roles(session, user);
}

void signed_in(Session& session, UserId id, base::Instant at) {
    session.execute("update person set last_sign_in = ? where id = ?", at, id);
}

std::int64_t other_administrators(Session const& session, UserId id) {
    return session.value<std::int64_t>(
        "select count(*) from person join person_role on person_role.person = person.id "
        "where person_role.role = 'administrator' and person.state = 'active' and person.id <> ?",
        id);
}

}  // namespace kula::access::user_table
