#include "account_view.hpp"

#include "registry/registry.hpp"
#include "reply.hpp"
#include "session_cookie.hpp"

namespace kula::api {
namespace {

Json second_factors(access::User const& user) {
    Json list = Json::array();
    if (user.has_totp) list.push_back("totp");
    if (user.passkeys > 0) list.push_back("passkey");
    if (user.recovery_codes > 0) list.push_back("recovery_code");
    return list;
}

Json organisation_or_null(std::optional<base::Uuid> const& organisation) {
    return organisation ? Json(organisation->text()) : Json(nullptr);
}

}  // namespace

Json shown(access::Identity const& identity) {
    base::must(identity.session && identity.user, "a session has a person");
    auto const& session = *identity.session;
    auto const& user = *identity.user;
    return {{"id", session.id.text()},
            {"state", access::to_text(session.state)},
            {"csrf_token", identity.csrf},
            {"expires_at", time(session.expires_at)},
            {"red_until", identity.reads_every_red ? time(session.red_until) : Json(nullptr)},
            {"user",
             {{"id", user.id.text()},
              {"name", user.content.name},
              {"full_name", user.content.full_name},
              {"language", user.content.language},
              {"roles", user.content.roles},
              {"organisation", organisation_or_null(user.content.organisation)}}},
            {"permissions", identity.permissions},
            {"second_factors", second_factors(user)}};
}

Json shown(access::User const& user) {
    auto const& content = user.content;
    return {{"id", user.id.text()},
            {"name", content.name},
            {"full_name", content.full_name},
            {"email", or_null(content.email)},
            {"language", content.language},
            {"roles", content.roles},
            {"organisation", organisation_or_null(content.organisation)},
            {"state", access::to_text(user.state)},
            {"second_factors", second_factors(user)},
            {"passkeys", count(user.passkeys)},
            {"recovery_codes", count(user.recovery_codes)},
            {"last_sign_in", time_or_null(user.last_sign_in)},
            {"version", user.record.version},
            {"created_at", time(user.record.created_at)},
            {"changed_at", time(user.record.changed_at)}};
}

Json shown(access::Session const& session, std::optional<access::SessionId> current) {
    return {{"id", session.id.text()},
            {"began_at", time(session.began_at)},
            {"last_used_at", time(session.last_used_at)},
            {"expires_at", time(session.expires_at)},
            {"origin", session.origin},
            {"agent", session.agent},
            {"current", current == session.id}};
}

Json shown(access::Token const& token) {
    return {{"id", token.id.text()},
            {"name", token.name},
            {"permissions", token.permissions},
            {"organisation", organisation_or_null(token.organisation)},
            {"person", token.person ? Json(token.person->text()) : Json(nullptr)},
            {"created_at", time(token.record.created_at)},
            {"expires_at", time(token.expires_at)},
            {"last_used_at", time_or_null(token.last_used_at)},
            {"last_used_from", or_null(token.last_used_from)},
            {"revoked_at", time_or_null(token.revoked_at)}};
}

Json shown(access::Invited const& invited) {
    return {{"user", shown(invited.user)},
            {"link", "/desk/welcome#" + invited.link.secret},
            {"expires_at", time(invited.link.expires_at)}};
}

net::Response signed_in(access::Access& access, access::SignedIn const& made, net::Request const& request,
                        Caller const& caller) {
    auto const identity = access.of_session(made.secret, caller.origin);
    if (!identity) return refusal(identity.error());
    auto response = reply(shown(*identity));
    set_session(response, request, made.secret);
    return response;
}

net::Response enrolled(access::Access& access, access::Access::Enrolled const& made, net::Request const& request,
                       Caller const& caller, net::Status status) {
    auto const identity = access.of_session(made.signed_in.secret, caller.origin);
    if (!identity) return refusal(identity.error());
    auto response = reply({{"session", shown(*identity)}, {"recovery_codes", made.recovery_codes}}, status);
    set_session(response, request, made.signed_in.secret);
    return response;
}

net::Response list_sessions(access::Access const& access, access::UserId user,
                            std::optional<access::SessionId> current) {
    auto const sessions = access.sessions(user);
    if (!sessions) return refusal(sessions.error());
    Json items = Json::array();
    for (auto const& session : *sessions) items.push_back(shown(session, current));
    return reply({{"items", std::move(items)}});
}

std::optional<base::Uuid> organisation_from(Fields& fields, registry::Registry const& registry,
                                            base::Clearance const& clearance) {
    auto const text = fields.text_or_null("organisation", 36);
    if (!text) return std::nullopt;
    auto const id = registry::OrganisationId::parse(*text);
    if (id && registry.find(*id, clearance)) return id->uuid();
    fields.wrong("organisation", "is no known organisation");
    return std::nullopt;
}

}  // namespace kula::api
