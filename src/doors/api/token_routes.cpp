#include "account_view.hpp"
#include "fields.hpp"
#include "gate.hpp"
#include "registry/registry.hpp"
#include "reply.hpp"
#include "routes.hpp"

namespace kula::api {
namespace {

constexpr std::size_t most_permissions = 64;
constexpr std::int64_t longest_days = 730;

net::Response list(access::Access const& access) {
    auto const tokens = access.tokens();
    if (!tokens) return refusal(tokens.error());
    Json items = Json::array();
    for (auto const& token : *tokens) items.push_back(shown(token));
    return reply({{"items", std::move(items)}});
}

net::Response make(net::Request const& request, Caller const& caller, access::Access& access,
                   registry::Registry const& registry, base::Instant now) {
    Fields fields(request);
    auto const name = fields.text("name", 800);
    auto const permissions = fields.texts("permissions", most_permissions);
    auto const organisation = organisation_from(fields, registry, caller.actor.clearance);
    auto const days = fields.integer("valid_days", 1, longest_days);
    for (auto const& permission : permissions) {
        // Nobody hands on what they may not do themselves.
        if (!caller.identity.permissions.contains(permission))
            fields.wrong("permissions", permission + " is not among your own");
    }
    if (auto refused = fields.refusal()) return std::move(*refused);
    auto const made = access.make_token(name, {permissions.begin(), permissions.end()}, organisation,
                                        now + std::chrono::days(days), caller.actor);
    if (!made) return refusal(made.error());
    return reply({{"token", shown(made->token)}, {"secret", made->secret}}, net::Status::created);
}

net::Response revoke(net::Request const& request, Caller const& caller, access::Access& access) {
    auto const id = access::TokenId::parse(request.parameter("id"));
    if (!id) return refusal(base::not_found("no such token"));
    auto const revoked = access.revoke_token(*id, caller.actor);
    return revoked ? net::no_content() : refusal(revoked.error());
}

}  // namespace

void add_token_routes(GuardedRouter& router, access::Access& access, registry::Registry const& registry,
                      base::Clock const& clock) {
    using net::Method;
    using net::Request;
    std::string const all = "/api/v1/tokens";
    router.add(Method::get, all, [&](Request const&, Caller const&) { return list(access); });
    router.add(Method::post, all, [&](Request const& request, Caller const& caller) {
        return make(request, caller, access, registry, clock.now());
    });
    router.add(Method::remove, all + "/{id}",
               [&](Request const& request, Caller const& caller) { return revoke(request, caller, access); });
}

}  // namespace kula::api
