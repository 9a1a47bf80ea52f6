#include "admin.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cstdio>

#include "exit_status.hpp"

namespace kula {
namespace {

base::Actor console() { return {"console"}; }

AdminAnswer refused(base::Error const& error) { return {status_failed, {}, "kula admin: " + error.detail + '\n'}; }
AdminAnswer refused(std::string const& sentence) { return {status_failed, {}, "kula admin: " + sentence + '\n'}; }

AdminAnswer linked(access::Invited const& invited) {
    return {status_ok, "/desk/welcome#" + invited.link.secret + '\n',
            fmt::format("Put the server's address before it. It opens once, until {}, and lets {} choose a password.\n",
                        base::to_seconds_text(invited.link.expires_at), invited.user.content.name)};
}

base::Result<access::UserContent> content_of(AdminRequest const& request, registry::Registry const& registry) {
    access::UserContent content;
    content.name = request.told("name");
    content.full_name = request.told("full-name").empty() ? content.name : request.told("full-name");
    content.email = request.told("email");
    if (auto const language = request.told("language"); !language.empty()) content.language = language;
    content.roles = request.all("role");
    if (auto const organisation = request.told("organisation"); !organisation.empty()) {
        auto const id = registry::OrganisationId::parse(organisation);
        if (!id || !registry.find(*id, base::Clearance::everything()))
            return base::invalid("organisation: is no known organisation's id");
        content.organisation = id->uuid();
    }
    return content;
}

AdminAnswer add_user(AdminRequest const& request, AdminRooms rooms) {
    auto content = content_of(request, rooms.registry);
    if (!content) return refused(content.error());
    auto const invited = rooms.access.invite(std::move(*content), console());
    return invited ? linked(*invited) : refused(invited.error());
}

/// The first administrator; refused once there is one.
AdminAnswer init(AdminRequest request, AdminRooms rooms) {
    access::UserQuery query;
    query.role = "administrator";
    query.limit = 1;
    auto const known = rooms.access.list(query);
    if (!known) return refused(known.error());
    if (!known->items.empty()) {
        return refused(fmt::format("there is an administrator, {}; 'kula admin user link {}' makes a new one-time link",
                                   known->items.front().content.name, known->items.front().content.name));
    }
    if (request.told("name").empty()) request.options["name"] = {"admin"};
    request.options["role"] = {"administrator"};
    return add_user(request, rooms);
}

base::Result<access::User> user_of(AdminRequest const& request, access::Access const& access) {
    auto const found = access.find_by_name(request.told("name"));
    if (!found) return found.error();
    if (!*found) return base::not_found("there is nobody of this name");
    return **found;
}

AdminAnswer list_users(access::Access const& access) {
    AdminAnswer out;
    access::UserQuery query;
    query.limit = 500;
    do {
        auto const page = access.list(query);
        if (!page) return refused(page.error());
        for (auto const& user : page->items) {
            out.out += fmt::format("{}\t{}\t{}\t{}\t{}\n", user.content.name, access::to_text(user.state),
                                   fmt::join(user.content.roles, ","), user.content.full_name, user.id.text());
        }
        query.cursor = page->next;
    } while (!query.cursor.empty());
    return out;
}

AdminAnswer renew_link(AdminRequest const& request, AdminRooms rooms) {
    auto const user = user_of(request, rooms.access);
    if (!user) return refused(user.error());
    auto const renewed = rooms.access.renew_link(user->id, console());
    return renewed ? linked(*renewed) : refused(renewed.error());
}

AdminAnswer deactivate(AdminRequest const& request, AdminRooms rooms) {
    auto const user = user_of(request, rooms.access);
    if (!user) return refused(user.error());
    auto const done = rooms.access.deactivate(user->id, user->record.version, console());
    return done ? AdminAnswer{status_ok, {}, user->content.name + " cannot sign in any more\n"} : refused(done.error());
}

std::optional<int> days_of(std::string const& text) {
    if (text.empty()) return 90;
    int days = 0;
    auto const [end, fault] = std::from_chars(text.data(), text.data() + text.size(), days);
    bool const is_whole = fault == std::errc{} && end == text.data() + text.size();
    return is_whole && days >= 1 && days <= 730 ? std::optional(days) : std::nullopt;
}

AdminAnswer make_token(AdminRequest const& request, AdminRooms rooms) {
    auto const permissions = request.all("permission");
    auto const days = days_of(request.told("days"));
    if (!days) return refused("--days takes 1 to 730");
    auto const made = rooms.access.make_token(request.told("name"), {permissions.begin(), permissions.end()},
                                              std::nullopt, rooms.clock.now() + std::chrono::days(*days), console());
    if (!made) return refused(made.error());
    return {status_ok, made->secret + '\n',
            fmt::format("Told once; it ends at {}.\n", base::to_seconds_text(made->token.expires_at))};
}

AdminAnswer list_tokens(AdminRooms rooms) {
    auto const tokens = rooms.access.tokens();
    if (!tokens) return refused(tokens.error());
    AdminAnswer out;
    for (auto const& token : *tokens) {
        auto const* const state = token.revoked_at                        ? "revoked"
                                  : token.expires_at <= rooms.clock.now() ? "over"
                                                                          : "open";
        out.out += fmt::format("{}\t{}\t{}\t{}\t{}\n", token.id.text(), state, base::to_seconds_text(token.expires_at),
                               fmt::join(token.permissions, ","), token.name);
    }
    return out;
}

AdminAnswer revoke_token(AdminRequest const& request, AdminRooms rooms) {
    auto const id = access::TokenId::parse(request.told("id"));
    if (!id) return refused("there is no such token");
    auto const revoked = rooms.access.revoke_token(*id, console());
    return revoked ? AdminAnswer{status_ok, {}, "revoked\n"} : refused(revoked.error());
}

AdminAnswer list_roles() {
    AdminAnswer out;
    for (auto const& role : access::Roles::shipped().all())
        out.out += fmt::format("{}\t{}\n", role.id, fmt::join(role.permissions, ","));
    return out;
}

}  // namespace

std::string AdminRequest::told(std::string const& option) const {
    auto const found = options.find(option);
    return found == options.end() || found->second.empty() ? std::string() : found->second.front();
}

std::vector<std::string> AdminRequest::all(std::string const& option) const {
    auto const found = options.find(option);
    return found == options.end() ? std::vector<std::string>{} : found->second;
}

AdminAnswer answer(AdminRequest const& request, AdminRooms rooms) {
    auto const& verb = request.verb;
    if (verb == "init") return init(request, rooms);
    if (verb == "user add") return add_user(request, rooms);
    if (verb == "user list") return list_users(rooms.access);
    if (verb == "user link") return renew_link(request, rooms);
    if (verb == "user deactivate") return deactivate(request, rooms);
    if (verb == "token make") return make_token(request, rooms);
    if (verb == "token list") return list_tokens(rooms);
    if (verb == "token revoke") return revoke_token(request, rooms);
    if (verb == "role list") return list_roles();
    return refused("the server does not know '" + verb + "'; it may be older than this program");
}

int AdminAnswer::told(Print const& print) const {
    print.out(out);
    print.err(err);
    return status;
}

Print to_standard_streams() {
    auto const to = [](std::FILE* stream) {
        return
            [stream](std::string_view text) { return std::fwrite(text.data(), 1, text.size(), stream) == text.size(); };
    };
    return {to(stdout), to(stderr), [] { return true; }};
}

}  // namespace kula
