#include <functional>
#include <set>

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

net::Response answer(base::Result<std::vector<access::Token>> const& tokens) {
    if (!tokens) return refusal(tokens.error());
    Json items = Json::array();
    for (auto const& token : *tokens) items.push_back(shown(token));
    return reply({{"items", std::move(items)}});
}

net::Response answer(base::Result<access::MadeToken> const& made) {
    if (!made) return refusal(made.error());
    return reply({{"token", shown(made->token)}, {"secret", made->secret}}, net::Status::created);
}

/// What is told of every token.
struct Wanted {
    std::string name;
    std::set<std::string, std::less<>> permissions;
    std::chrono::days life;
};

Wanted wanted_from(Fields& fields, Caller const& caller) {
    Wanted out{fields.text("name", 800), {}, {}};
    for (auto const& permission : fields.texts("permissions", most_permissions)) {
        // Nobody hands on what they may not do themselves.
        if (!caller.identity.permissions.contains(permission))
            fields.wrong("permissions", permission + " is not among your own");
        out.permissions.insert(permission);
    }
    out.life = std::chrono::days(fields.integer("valid_days", 1, longest_days));
    return out;
}

net::Response make(net::Request const& request, Caller const& caller, access::Access& access,
                   registry::Registry const& registry, base::Instant now) {
    Fields fields(request);
    auto wanted = wanted_from(fields, caller);
    auto const organisation = organisation_from(fields, registry, caller.actor.clearance);
    if (auto refused = fields.refusal()) return std::move(*refused);
    return answer(access.make_token(std::move(wanted.name), std::move(wanted.permissions), organisation,
                                    now + wanted.life, caller.actor));
}

net::Response make_own(net::Request const& request, Caller const& caller, access::Access& access, base::Instant now) {
    Fields fields(request);
    auto wanted = wanted_from(fields, caller);
    if (auto refused = fields.refusal()) return std::move(*refused);
    return answer(access.make_own_token(caller.user().id, std::move(wanted.name), std::move(wanted.permissions),
                                        now + wanted.life, caller.actor));
}

using Revoke = std::function<base::Result<void>(access::TokenId)>;

net::Response revoke(net::Request const& request, Revoke const& revoke_that) {
    auto const id = access::TokenId::parse(request.parameter("id"));
    if (!id) return refusal(base::not_found("no such token"));
    auto const revoked = revoke_that(*id);
    return revoked ? net::no_content() : refusal(revoked.error());
}

}  // namespace

void add_token_routes(GuardedRouter& router, access::Access& access, registry::Registry const& registry,
                      base::Clock const& clock) {
    using net::Method;
    using net::Request;
    std::string const all = "/api/v1/tokens";
    router.add(Method::get, all, [&](Request const&, Caller const&) { return answer(access.tokens()); });
    router.add(Method::post, all, [&](Request const& request, Caller const& caller) {
        return make(request, caller, access, registry, clock.now());
    });
    router.add(Method::remove, all + "/{id}", [&](Request const& request, Caller const& caller) {
        return revoke(request, [&](access::TokenId id) { return access.revoke_token(id, caller.actor); });
    });
    std::string const own = "/api/v1/account/tokens";
    router.add(Method::get, own,
               [&](Request const&, Caller const& caller) { return answer(access.own_tokens(caller.user().id)); });
    router.add(Method::post, own, [&](Request const& request, Caller const& caller) {
        return make_own(request, caller, access, clock.now());
    });
    router.add(Method::remove, own + "/{id}", [&](Request const& request, Caller const& caller) {
        return revoke(request,
                      [&](access::TokenId id) { return access.revoke_own_token(caller.user().id, id, caller.actor); });
    });
}

}  // namespace kula::api
