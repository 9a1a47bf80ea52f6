#include <algorithm>
#include <map>

#include "account_view.hpp"
#include "fields.hpp"
#include "gate.hpp"
#include "history.hpp"
#include "parameters.hpp"
#include "registry/registry.hpp"
#include "reply.hpp"
#include "routes.hpp"

namespace kula::api {
namespace {

constexpr std::size_t most_roles = 16;

std::optional<access::UserState> parse_state(std::string const& text) {
    for (auto const state : {access::UserState::invited, access::UserState::active, access::UserState::deactivated}) {
        if (access::to_text(state) == text) return state;
    }
    return std::nullopt;
}

std::optional<access::UserSort> parse_sort(std::string const& text) {
    if (text == "name") return access::UserSort::name;
    if (text == "-name") return access::UserSort::name_descending;
    if (text == "last_sign_in") return access::UserSort::last_sign_in;
    if (text == "-last_sign_in") return access::UserSort::last_sign_in_descending;
    return std::nullopt;
}

net::Response list_roles() {
    Json items = Json::array();
    for (auto const& role : access::Roles::shipped().all()) {
        items.push_back({{"id", role.id},
                         {"side", role.side == access::Side::team ? "team" : "organisation"},
                         {"second_factor", role.needs_second_factor},
                         {"permissions", role.permissions}});
    }
    return reply({{"items", std::move(items)}});
}

net::Response list(net::Request const& request, access::Access const& access) {
    Parameters parameters(request);
    access::UserQuery query;
    query.search = parameters.text("search", 200).value_or("");
    query.role = parameters.parsed("role", 64, "must be the id of a role", [](std::string const& text) {
        return access::Roles::shipped().find(text) != nullptr ? std::optional(text) : std::nullopt;
    });
    query.state = parameters.parsed("state", 20, "must be invited, active or deactivated", parse_state);
    query.sort =
        parameters.parsed("sort", 20, "must be name or last_sign_in, with - before it for descending", parse_sort)
            .value_or(access::UserSort::name);
    query.cursor = parameters.cursor();
    query.limit = parameters.limit();
    if (auto refused = parameters.refusal()) return std::move(*refused);
    auto const page = access.list(query);
    if (!page) return refusal(page.error());
    Json items = Json::array();
    for (auto const& user : page->items) items.push_back(shown(user));
    return reply({{"items", std::move(items)}, {"next", or_null(page->next)}, {"total", count(page->total)}});
}

access::UserContent content_from(Fields& fields, registry::Registry const& registry, base::Clearance const& clearance) {
    access::UserContent content;
    content.name = fields.text("name", 64);
    content.full_name = fields.text("full_name", 800);
    content.email = fields.text_or_null("email", 254).value_or("");
    content.language = fields.text("language", 2);
    content.roles = fields.texts("roles", most_roles);
    content.organisation = organisation_from(fields, registry, clearance);
    return content;
}

net::Response shown_versioned(base::Result<access::User> const& user) {
    return user ? reply_versioned(shown(*user), user->record.version) : refusal(user.error());
}

/// The person of this request.
base::Result<access::User> stored(net::Request const& request, access::Access const& access) {
    auto const id = access::UserId::parse(request.parameter("id"));
    if (!id) return base::not_found("no such person");
    return access.find(*id);
}

net::Response invite(net::Request const& request, Caller const& caller, access::Access& access,
                     registry::Registry const& registry) {
    Fields fields(request);
    auto content = content_from(fields, registry, caller.actor.clearance);
    if (auto refused = fields.refusal()) return std::move(*refused);
    auto const invited = access.invite(std::move(content), caller.actor);
    if (!invited) return refusal(invited.error());
    auto response = reply_versioned(shown(*invited), invited->user.record.version, net::Status::created);
    response.headers.set("Location", "/api/v1/users/" + invited->user.id.text());
    return response;
}

/// What stands against changing this person, who is as was just read.
std::optional<net::Response> stale(net::Request const& request, Caller const& caller, History const& history,
                                   access::User const& user) {
    return history.precondition(request, caller, {"user:" + user.id.text(), user.record.version, [&] {
                                                      return base::Result<Json>(shown(user));
                                                  }});
}

/// The changed person; a change that came too late is 412, a taken name stays a conflict.
net::Response after_change(base::Result<access::User> const& after, access::User const& before,
                           net::Request const& request, Caller const& caller, access::Access const& access,
                           History const& history) {
    if (!after && after.error().fault == base::Fault::conflict) {
        auto const now = access.find(before.id);
        if (!now) return refusal(now.error());
        if (auto refused = stale(request, caller, history, *now)) return std::move(*refused);
    }
    return shown_versioned(after);
}

net::Response replace(net::Request const& request, Caller const& caller, access::Access& access,
                      registry::Registry const& registry, History const& history) {
    auto const before = stored(request, access);
    if (!before) return refusal(before.error());
    if (auto refused = stale(request, caller, history, *before)) return std::move(*refused);
    Fields fields(request);
    auto content = content_from(fields, registry, caller.actor.clearance);
    fields.pass_over({"id", "state", "second_factors", "passkeys", "recovery_codes", "last_sign_in", "version",
                      "created_at", "changed_at"});
    if (auto refused = fields.refusal()) return std::move(*refused);
    return after_change(access.replace(before->id, before->record.version, std::move(content), caller.actor), *before,
                        request, caller, access, history);
}

net::Response deactivate(net::Request const& request, Caller const& caller, access::Access& access,
                         History const& history) {
    auto const before = stored(request, access);
    if (!before) return refusal(before.error());
    if (auto refused = stale(request, caller, history, *before)) return std::move(*refused);
    return after_change(access.deactivate(before->id, before->record.version, caller.actor), *before, request, caller,
                        access, history);
}

net::Response renew_link(net::Request const& request, Caller const& caller, access::Access& access) {
    auto const user = stored(request, access);
    if (!user) return refusal(user.error());
    auto const renewed = access.renew_link(user->id, caller.actor);
    return renewed ? reply(shown(*renewed)) : refusal(renewed.error());
}

net::Response end_sessions(net::Request const& request, Caller const& caller, access::Access& access) {
    auto const user = stored(request, access);
    if (!user) return refusal(user.error());
    auto const ended = access.end_sessions(user->id, caller.actor);
    return ended ? net::no_content() : refusal(ended.error());
}

/// Open sessions of everybody whom the caller sees, with whose they are.
net::Response list_all(access::Access const& access, Caller const& caller) {
    auto const sessions = access.all_sessions();
    if (!sessions) return refusal(sessions.error());
    std::map<access::UserId, Json> people;
    Json items = Json::array();
    for (auto const& session : *sessions) {
        if (people.count(session.user) == 0) {
            auto const user = access.find(session.user);
            if (!user) continue;
            people[session.user] = {
                {"id", user->id.text()}, {"name", user->content.name}, {"full_name", user->content.full_name}};
        }
        auto item = shown(session, caller.identity.session ? std::optional(caller.identity.session->id) : std::nullopt);
        item["user"] = people.at(session.user);
        items.push_back(std::move(item));
    }
    return reply({{"items", std::move(items)}});
}

net::Response end_one(net::Request const& request, Caller const& caller, access::Access& access) {
    auto const id = access::SessionId::parse(request.parameter("id"));
    auto const sessions = access.all_sessions();
    if (!sessions) return refusal(sessions.error());
    auto const found = std::find_if(sessions->begin(), sessions->end(),
                                    [&](access::Session const& session) { return id && session.id == *id; });
    if (found == sessions->end()) return refusal(base::not_found("no such session"));
    auto const ended = access.end_session(found->user, found->id, caller.actor);
    return ended ? net::no_content() : refusal(ended.error());
}

}  // namespace

void add_all_session_routes(GuardedRouter& router, access::Access& access) {
    using net::Method;
    std::string const all = "/api/v1/sessions";
    router.add(Method::get, all, [&](net::Request const&, Caller const& caller) { return list_all(access, caller); });
    router.add(Method::remove, all + "/{id}",
               [&](net::Request const& request, Caller const& caller) { return end_one(request, caller, access); });
}

void add_user_routes(GuardedRouter& router, access::Access& access, registry::Registry const& registry,
                     History const& history) {
    using net::Method;
    using net::Request;
    std::string const all = "/api/v1/users";
    std::string const one = all + "/{id}";
    router.add(Method::get, "/api/v1/roles", [](Request const&, Caller const&) { return list_roles(); });
    router.add(Method::get, all, [&](Request const& request, Caller const&) { return list(request, access); });
    router.add(Method::post, all,
               [&](Request const& request, Caller const& caller) { return invite(request, caller, access, registry); });
    router.add(Method::get, one,
               [&](Request const& request, Caller const&) { return shown_versioned(stored(request, access)); });
    router.add(Method::put, one, [&](Request const& request, Caller const& caller) {
        return replace(request, caller, access, registry, history);
    });
    router.add(Method::remove, one, [&](Request const& request, Caller const& caller) {
        return deactivate(request, caller, access, history);
    });
    router.add(Method::post, one + "/link",
               [&](Request const& request, Caller const& caller) { return renew_link(request, caller, access); });
    router.add(Method::get, one + "/sessions", [&](Request const& request, Caller const& caller) {
        auto const user = stored(request, access);
        if (!user) return refusal(user.error());
        auto const& session = caller.identity.session;
        return list_sessions(access, user->id, session ? std::optional(session->id) : std::nullopt);
    });
    router.add(Method::remove, one + "/sessions",
               [&](Request const& request, Caller const& caller) { return end_sessions(request, caller, access); });
}

}  // namespace kula::api
