#include "gate.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "base/must.hpp"
#include "export.hpp"
#include "field_choice.hpp"
#include "formats/base64.hpp"
#include "net/problem.hpp"
#include "once.hpp"
#include "reply.hpp"
#include "seals/digest.hpp"
#include "session_cookie.hpp"

namespace kula::api {
namespace {

constexpr std::size_t longest_reason = 1000;
constexpr std::string_view bearer = "Bearer ";
constexpr std::string_view basic = "basic ";

net::Response sign_in_first(std::string detail = "sign in first") {
    return net::to_response(net::Problem{net::Status::unauthorized, std::move(detail)});
}

net::Response refused(std::string detail) { return refusal(base::refused(std::move(detail))); }

OperationRule const& rule_of(std::span<OperationRule const> rules, net::Method method, std::string_view pattern) {
    auto const found = std::find_if(rules.begin(), rules.end(), [&](OperationRule const& rule) {
        return rule.method == net::to_text(method) && rule.path == pattern;
    });
    base::must(found != rules.end(), "every route is in the contract, with what it asks of its caller");
    return *found;
}

/// What stands against a caller who is known so far.
std::optional<net::Response> lack_of_permission(access::Identity const& identity, std::string_view permission) {
    bool const is_complete =
        identity.token.has_value() || (identity.session && identity.session->state == access::SignInState::signed_in);
    if (permission == "signing_in") {
        if (!identity.session) return refused("a service token does not sign in");
        return std::nullopt;
    }
    if (!is_complete) return sign_in_first("finish signing in first");
    if (permission == "signed_in" || identity.permissions.contains(permission)) return std::nullopt;
    return refused(std::string(permission) + " is not among your permissions");
}

bool is_under(std::string_view pattern, std::string_view path) { return pattern.substr(0, path.size()) == path; }

bool may_change_identities(net::Method method, std::string_view pattern) {
    return !net::is_safe(method) && (is_under(pattern, "/api/v1/session") || is_under(pattern, "/api/v1/account") ||
                                     is_under(pattern, "/api/v1/users") || is_under(pattern, "/api/v1/tokens"));
}

/// RFC 9745, RFC 8594: told with every answer, so that whoever still asks finds it in their logs.
void tell_its_end(net::Response& response, OperationRule const& rule) {
    if (rule.deprecation.empty()) return;
    response.headers.set("Deprecation", std::string(rule.deprecation));
    if (!rule.sunset.empty()) response.headers.set("Sunset", std::string(rule.sunset));
    response.headers.add("Link", "</api/v1/docs#" + std::string(rule.name) + ">; rel=\"deprecation\"");
}

/// The password of `Authorization: Basic` (RFC 7617 §2), whatever the user is called.
std::optional<std::string> password_in(std::string_view authorization) {
    if (base::lower_case(authorization.substr(0, basic.size())) != basic) return std::nullopt;
    auto const pair = formats::from_base64(base::trimmed(authorization.substr(basic.size())));
    auto const colon = pair ? pair->find(':') : std::string::npos;
    return colon == std::string::npos ? std::nullopt : std::optional(pair->substr(colon + 1));
}

bool proves_its_page(net::Request const& request, access::Identity const& identity) {
    if (net::is_safe(request.method) || !identity.session) return true;
    return seals::equal_in_constant_time(request.header("X-CSRF-Token").value_or(""), identity.csrf);
}

}  // namespace

access::Session const& Caller::session() const {
    base::must(identity.session.has_value(), "only sessions reach this operation");
    return *identity.session;
}

access::User const& Caller::user() const {
    base::must(identity.user.has_value(), "only people reach this operation");
    return *identity.user;
}

base::Result<access::Identity> Gate::identify(net::Request const& request, access::Origin const& origin,
                                              Rule const& rule) const {
    auto const told = request.header("Authorization");
    if (told && told->substr(0, bearer.size()) == bearer) return access_.of_token(told->substr(bearer.size()), origin);
    if (told && rule.takes_basic) {
        auto const password = password_in(*told);
        return password ? access_.of_token(*password, origin) : base::not_found("no bearer token");
    }
    // A browser that was once asked for a feed's password sends it along to its neighbours, too.
    auto const secret = session_secret(request);
    if (!secret) return told ? base::not_found("no bearer token") : base::not_found("no session");
    return access_.of_session(*secret, origin, request.header("X-Background") ? access::Use::background : rule.use);
}

base::Result<Caller> Gate::caller_of(net::Request const& request, access::Identity identity,
                                     access::Origin origin) const {
    Caller caller{{identity.actor, origin.address}, std::move(identity), std::move(origin)};
    auto const& known = caller.identity;
    auto const person = known.user ? std::optional(known.user->id.uuid()) : std::nullopt;
    caller.actor.clearance = known.actor.empty()     ? base::Clearance::of({})
                             : known.reads_every_red ? base::Clearance::everything(person)
                                                     : base::Clearance::of_team(person);
    if (auto const& organisation = caller.identity.organisation) {
        auto reach = registry_.reach_of(registry::OrganisationId(*organisation));
        if (!reach) return reach.error();
        caller.actor.clearance = std::move(*reach);
    }
    if (auto const why = request.header("X-Reason")) {
        auto const decoded = percent_decoded(*why);
        if (!decoded || decoded->size() > longest_reason)
            return base::invalid("X-Reason: must be at most 1,000 bytes of percent-encoded UTF-8");
        caller.actor.why = *decoded;
    }
    return caller;
}

std::optional<net::Response> Gate::objection(net::Request const& request, access::Identity const& identity,
                                             Rule const& rule) const {
    if (auto objected = lack_of_permission(identity, rule.permission)) return objected;
    if (!proves_its_page(request, identity)) return refused("X-CSRF-Token is missing, or not this session's");
    if (rule.is_an_accounts && !identity.session) return refused("a service token has no account");
    auto const& session = identity.session;
    bool const is_asked = rule.is_grave && session && session->state == access::SignInState::signed_in;
    if (!is_asked || access_.is_confirmed(*session)) return std::nullopt;
    return net::to_response(net::Problem{.status = net::Status::forbidden,
                                         .detail = "show again who you are, then ask again",
                                         .type = std::string(confirmation_needed)});
}

net::Response Gate::pass(net::Request const& request, Rule const& rule, GuardedHandler const& handler) const {
    auto origin = origin_of(request);
    bool const is_public = rule.permission == "public";
    auto identity = identify(request, origin, rule);
    if (!identity && identity.error().fault != base::Fault::not_found && !is_public) return refusal(identity.error());
    if (!identity && !is_public) return sign_in_first();
    if (identity && !is_public) {
        if (auto objected = objection(request, *identity, rule)) return std::move(*objected);
    }
    auto const caller = caller_of(request, identity ? std::move(*identity) : access::Identity{}, std::move(origin));
    return caller ? handler(request, *caller) : refusal(caller.error());
}

net::Response Gate::serve(net::Request const& request, Caller const& caller, OperationRule const& told,
                          Rule const& rule, GuardedHandler const& handler) const {
    if (told.takes_key) return once_.answer(request, caller, told, handler);
    if (auto const form = export_form(request, told)) {
        auto const first = [&](net::Request const& page) { return handler(page, caller); };
        auto again = rule;
        again.use = access::Use::background;  // Whoever takes a long list out need not be there.
        auto const later = [this, again, handler](net::Request const& page) { return pass(page, again, handler); };
        return exporter_.answer(request, caller, told, *form, first, later);
    }
    auto const choice = FieldChoice::of(request, told);
    if (!choice) return refusal(choice.error());
    if (choice->is_everything()) return handler(request, caller);
    return choice->apply(handler(FieldChoice::without(request), caller));
}

net::Handler Gate::guard(net::Method method, std::string_view pattern, GuardedHandler handler) const {
    auto const& told = rule_of(rules_, method, pattern);
    bool const is_polled = pattern == "/api/v1/stream" || told.takes_basic;  // Nobody need be there.
    Rule const rule{told.permission,
                    told.is_grave,
                    is_under(pattern, "/api/v1/account"),
                    may_change_identities(method, pattern),
                    told.takes_basic,
                    is_polled ? access::Use::background : access::Use::attended};
    return [this, rule, &told, handler = std::move(handler)](net::Request const& request) {
        auto response = pass(request, rule, [&](net::Request const& passed, Caller const& caller) {
            return serve(passed, caller, told, rule, handler);
        });
        if (rule.takes_basic && response.status == net::Status::unauthorized)
            response.headers.set("WWW-Authenticate", "Basic realm=\"kula\", charset=\"UTF-8\"");
        tell_its_end(response, told);
        if (rule.changes_identities && identities_changed_) identities_changed_();
        return response;
    };
}

std::function<bool()> Gate::still_holds(net::Request const& request, Caller const& caller) const {
    net::Request credentials;
    for (auto const* name : {"Authorization", "Cookie"}) {
        if (auto const value = request.header(name)) credentials.headers.add(name, std::string(*value));
    }
    return [this, credentials = std::move(credentials), origin = caller.origin, before = caller.identity,
            clearance = caller.actor.clearance] {
        Rule lasting;
        lasting.use = access::Use::background;
        auto const now = identify(credentials, origin, lasting);
        if (!now) return now.error().fault == base::Fault::unavailable;
        bool const is_same = now->actor == before.actor && now->permissions == before.permissions &&
                             now->organisation == before.organisation;
        if (!is_same || !now->organisation) return is_same;
        // Organisations may have been put above or below theirs.
        auto const reach = registry_.reach_of(registry::OrganisationId(*now->organisation));
        return reach ? *reach == clearance : reach.error().fault == base::Fault::unavailable;
    };
}

GuardedRouter& GuardedRouter::add(net::Method method, std::string_view pattern, GuardedHandler handler,
                                  net::RouteOptions options) {
    router_.add(method, pattern, gate_.guard(method, pattern, std::move(handler)), options);
    return *this;
}

}  // namespace kula::api
