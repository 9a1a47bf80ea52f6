#include "account_view.hpp"
#include "fields.hpp"
#include "gate.hpp"
#include "relying_party.hpp"
#include "reply.hpp"
#include "routes.hpp"
#include "session_cookie.hpp"

namespace kula::api {
namespace {

constexpr std::size_t longest_name = 64;

/// What an attempt to sign in further yields, as an answer.
net::Response outcome(base::Result<access::Access::Attempt<access::SignedIn>> const& attempt, access::Access& access,
                      net::Request const& request, Caller const& caller) {
    if (auto objected = objection_to(attempt)) return std::move(*objected);
    auto const& made = std::get<access::SignedIn>(*attempt);
    // The browser forgets the session that it had; so does the server.
    if (auto const& before = caller.identity.session; before && before->id != made.session.id)
        static_cast<void>(access.sign_out(*before, caller.origin));
    return signed_in(access, made, request, caller);
}

net::Response sign_in(net::Request const& request, Caller const& caller, access::Access& access) {
    Fields fields(request);
    auto const name = fields.text("name", longest_name);
    auto const password = fields.text("password", longest_password);
    if (auto refused = fields.refusal()) return std::move(*refused);
    return outcome(access.sign_in(name, password, caller.origin), access, request, caller);
}

net::Response enrol(net::Request const& request, Caller const& caller, access::Access& access) {
    Fields fields(request);
    auto const link = fields.text("link", 128);
    auto const password = fields.text("password", longest_password);
    if (auto refused = fields.refusal()) return std::move(*refused);
    return outcome(access.enrol(link, password, caller.origin), access, request, caller);
}

/// A code of the app, or one of the recovery codes.
template <class Confirm>
net::Response confirm(net::Request const& request, Caller const& caller, access::Access& access,
                      Confirm const& confirmation) {
    Fields fields(request);
    auto const code = fields.text("code", longest_code);
    if (auto refused = fields.refusal()) return std::move(*refused);
    return outcome((access.*confirmation)(caller.session(), code, caller.origin), access, request, caller);
}

net::Response sign_in_with_passkey(net::Request const& request, Caller const& caller, access::Access& access) {
    Fields fields(request);
    access::PasskeyAssertion assertion;
    assertion.credential_id = fields.bytes("credential_id", 2048);
    assertion.client_data = fields.bytes("client_data", 8192);
    assertion.authenticator_data = fields.bytes("authenticator_data", 8192);
    assertion.signature = fields.bytes("signature", 2048);
    assertion.user_handle = fields.bytes("user_handle", 128);
    if (auto refused = fields.refusal()) return std::move(*refused);
    return outcome(access.sign_in_with_passkey(assertion, relying_party_of(request), caller.origin), access, request,
                   caller);
}

/// Shows again who is there.
net::Response confirm_password(net::Request const& request, Caller const& caller, access::Access& access) {
    Fields fields(request);
    auto const password = fields.text("password", longest_password);
    if (auto refused = fields.refusal()) return std::move(*refused);
    if (!caller.identity.session) return refusal(base::refused("a service token does not sign in"));
    return outcome(access.confirm_password(caller.session(), password, caller.origin), access, request, caller);
}

net::Response open_red(net::Request const& request, Caller const& caller, access::Access& access) {
    Fields fields(request);
    auto actor = caller.actor;
    actor.why = fields.text("why", 1000);
    if (auto refused = fields.refusal()) return std::move(*refused);
    if (!caller.identity.session) return refusal(base::refused("a service token opens nothing"));
    auto const opened = access.open_red(caller.session(), actor);
    return opened ? reply({{"until", time(opened->red_until)}}) : refusal_of_own(opened.error());
}

net::Response sign_out(net::Request const& request, Caller const& caller, access::Access& access) {
    auto const ended = access.sign_out(caller.session(), caller.origin);
    bool const was_over = !ended && ended.error().fault == base::Fault::not_found;
    if (!ended && !was_over) return refusal(ended.error());
    auto response = net::no_content();
    take_session_back(response, request);
    return response;
}

}  // namespace

void add_session_routes(GuardedRouter& router, access::Access& access) {
    using net::Method;
    using net::Request;
    std::string const session = "/api/v1/session";
    router.add(Method::post, session,
               [&](Request const& request, Caller const& caller) { return sign_in(request, caller, access); });
    router.add(Method::get, session,
               [](Request const&, Caller const& caller) { return reply(shown(caller.identity)); });
    router.add(Method::remove, session,
               [&](Request const& request, Caller const& caller) { return sign_out(request, caller, access); });
    router.add(Method::post, session + "/totp", [&](Request const& request, Caller const& caller) {
        return confirm(request, caller, access, &access::Access::confirm_totp);
    });
    router.add(Method::post, session + "/recovery-code", [&](Request const& request, Caller const& caller) {
        return confirm(request, caller, access, &access::Access::use_recovery_code);
    });
    router.add(Method::post, session + "/password",
               [&](Request const& request, Caller const& caller) { return confirm_password(request, caller, access); });
    router.add(Method::post, session + "/red",
               [&](Request const& request, Caller const& caller) { return open_red(request, caller, access); });
    router.add(Method::post, session + "/passkey-challenge", [&](Request const&, Caller const&) {
        auto const challenge = access.passkey_challenge();
        return challenge ? reply({{"challenge", challenge->challenge}}) : refusal(challenge.error());
    });
    router.add(Method::post, session + "/passkey", [&](Request const& request, Caller const& caller) {
        return sign_in_with_passkey(request, caller, access);
    });
    router.add(Method::post, "/api/v1/enrolment",
               [&](Request const& request, Caller const& caller) { return enrol(request, caller, access); });
}

}  // namespace kula::api
