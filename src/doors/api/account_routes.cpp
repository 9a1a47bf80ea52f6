#include "account_view.hpp"
#include "fields.hpp"
#include "gate.hpp"
#include "relying_party.hpp"
#include "reply.hpp"
#include "routes.hpp"

namespace kula::api {
namespace {

net::Response choose_language(net::Request const& request, Caller const& caller, access::Access& access) {
    Fields fields(request);
    auto const language = fields.text("language", 2);
    if (auto refused = fields.refusal()) return std::move(*refused);
    auto const chosen = access.choose_language(caller.session(), language, caller.origin);
    return chosen ? net::no_content() : refusal_of_own(chosen.error());
}

net::Response change_password(net::Request const& request, Caller const& caller, access::Access& access) {
    Fields fields(request);
    auto const present = fields.text("present", longest_password);
    auto const wanted = fields.text("wanted", longest_password);
    if (auto refused = fields.refusal()) return std::move(*refused);
    auto const attempt = access.change_password(caller.session(), present, wanted, caller.origin);
    if (auto objected = objection_to(attempt)) return std::move(*objected);
    return signed_in(access, std::get<access::SignedIn>(*attempt), request, caller);
}

net::Response offer_totp(Caller const& caller, access::Access& access) {
    auto const offer = access.offer_totp(caller.session());
    return offer ? reply({{"secret", offer->secret}, {"uri", offer->uri}}) : refusal_of_own(offer.error());
}

net::Response accept_totp(net::Request const& request, Caller const& caller, access::Access& access) {
    Fields fields(request);
    auto const code = fields.text("code", longest_code);
    if (auto refused = fields.refusal()) return std::move(*refused);
    auto const attempt = access.accept_totp(caller.session(), code, caller.origin);
    if (auto objected = objection_to(attempt)) return std::move(*objected);
    return enrolled(access, std::get<access::Access::Enrolled>(*attempt), request, caller);
}

net::Response renew_recovery_codes(Caller const& caller, access::Access& access) {
    auto const codes = access.new_recovery_codes(caller.session(), caller.origin);
    return codes ? reply({{"recovery_codes", *codes}}) : refusal_of_own(codes.error());
}

net::Response list_passkeys(Caller const& caller, access::Access const& access) {
    auto const passkeys = access.passkeys(caller.user().id);
    if (!passkeys) return refusal(passkeys.error());
    Json items = Json::array();
    for (auto const& passkey : *passkeys) {
        items.push_back({{"id", passkey.id.text()},
                         {"name", passkey.name},
                         {"created_at", time(passkey.created_at)},
                         {"last_used_at", time_or_null(passkey.last_used_at)}});
    }
    return reply({{"items", std::move(items)}});
}

net::Response offer_passkey(net::Request const& request, Caller const& caller, access::Access& access) {
    auto const offer = access.offer_passkey(caller.session(), relying_party_of(request));
    if (!offer) return refusal_of_own(offer.error());
    auto const& person = caller.user().content;
    return reply({{"challenge", offer->challenge},
                  {"user_handle", offer->user_handle},
                  {"name", person.name},
                  {"full_name", person.full_name},
                  {"excluded", offer->excluded}});
}

net::Response add_passkey(net::Request const& request, Caller const& caller, access::Access& access) {
    Fields fields(request);
    access::PasskeyAttestation attestation;
    attestation.name = fields.text("name", 100);
    attestation.client_data = fields.bytes("client_data", 8192);
    attestation.attestation_object = fields.bytes("attestation_object", 16384);
    if (auto refused = fields.refusal()) return std::move(*refused);
    auto const made = access.accept_passkey(caller.session(), attestation, relying_party_of(request), caller.origin);
    return made ? enrolled(access, *made, request, caller, net::Status::created) : refusal_of_own(made.error());
}

net::Response remove_passkey(net::Request const& request, Caller const& caller, access::Access& access) {
    auto const id = access::PasskeyId::parse(request.parameter("id"));
    if (!id) return refusal(base::not_found("no such passkey"));
    auto const removed = access.remove_passkey(caller.session(), *id, caller.origin);
    return removed ? net::no_content() : refusal_of_own(removed.error());
}

net::Response end_own_session(net::Request const& request, Caller const& caller, access::Access& access) {
    auto const id = access::SessionId::parse(request.parameter("id"));
    if (!id) return refusal(base::not_found("no such session"));
    auto const ended = access.end_session(caller.user().id, *id, caller.actor);
    return ended ? net::no_content() : refusal(ended.error());
}

}  // namespace

void add_account_routes(GuardedRouter& router, access::Access& access) {
    using net::Method;
    using net::Request;
    std::string const account = "/api/v1/account";
    router.add(Method::put, account + "/language",
               [&](Request const& request, Caller const& caller) { return choose_language(request, caller, access); });
    router.add(Method::put, account + "/password",
               [&](Request const& request, Caller const& caller) { return change_password(request, caller, access); });
    router.add(Method::post, account + "/totp",
               [&](Request const&, Caller const& caller) { return offer_totp(caller, access); });
    router.add(Method::put, account + "/totp",
               [&](Request const& request, Caller const& caller) { return accept_totp(request, caller, access); });
    router.add(Method::post, account + "/recovery-codes",
               [&](Request const&, Caller const& caller) { return renew_recovery_codes(caller, access); });
    router.add(Method::get, account + "/passkeys",
               [&](Request const&, Caller const& caller) { return list_passkeys(caller, access); });
    router.add(Method::post, account + "/passkeys",
               [&](Request const& request, Caller const& caller) { return add_passkey(request, caller, access); });
    router.add(Method::post, account + "/passkeys/offer",
               [&](Request const& request, Caller const& caller) { return offer_passkey(request, caller, access); });
    router.add(Method::remove, account + "/passkeys/{id}",
               [&](Request const& request, Caller const& caller) { return remove_passkey(request, caller, access); });
    router.add(Method::get, account + "/sessions", [&](Request const&, Caller const& caller) {
        return list_sessions(access, caller.user().id, caller.session().id);
    });
    router.add(Method::remove, account + "/sessions/{id}",
               [&](Request const& request, Caller const& caller) { return end_own_session(request, caller, access); });
}

}  // namespace kula::api
