#include "gate.hpp"
#include "members.hpp"
#include "notify/webhooks.hpp"
#include "reply.hpp"
#include "routes.hpp"

namespace kula::api {
namespace {

using net::Request;
using notify::Webhook;
using registry::OrganisationId;

/// What the routes of this noun share; all of it outlives the router.
struct Hooks {
    notify::Webhooks& room;
    std::function<Json(std::string const& actor)> names;

    /// Schema `Webhook`.
    [[nodiscard]] Json shown(std::optional<Webhook> const& webhook) const;
    /// Schema `WebhookTold`.
    [[nodiscard]] net::Response answer(base::Result<notify::WebhookTold> const& told) const;
};

Json Hooks::shown(std::optional<Webhook> const& webhook) const {
    auto const& known = webhook ? *webhook : Webhook{};
    return {{"url", webhook ? Json(known.url) : Json(nullptr)},
            {"enabled", webhook.has_value() && known.is_enabled},
            {"gone_at", time_or_null(known.gone_at)},
            {"succeeded_at", time_or_null(known.succeeded_at)},
            {"failed_at", time_or_null(known.failed_at)},
            {"failure", or_null(known.failure)},
            {"former_secret_until", time_or_null(known.former_until)},
            {"changed_at", webhook ? time(known.record.changed_at) : Json(nullptr)},
            {"changed_by", webhook ? names(known.record.changed_by) : Json(nullptr)}};
}

net::Response Hooks::answer(base::Result<notify::WebhookTold> const& told) const {
    if (!told) return refusal(told.error());
    return reply({{"webhook", shown(told->webhook)}, {"secret", told->secret ? Json(*told->secret) : Json(nullptr)}});
}

net::Response read(OrganisationId id, Caller const& caller, Hooks const& hooks) {
    auto const webhook = hooks.room.find(id, caller.actor.clearance);
    if (!webhook) return refusal(webhook.error());
    auto shown = hooks.shown(*webhook);
    if (!caller.actor.clearance.sees_everything()) shown["changed_by"] = nullptr;  // One of the team.
    return reply(shown);
}

net::Response put(Request const& request, OrganisationId id, Caller const& caller, Hooks const& hooks) {
    if (auto refused = other_type(request, {"application/json"})) return std::move(*refused);
    auto const json = parse_body(request);
    if (!json) return refusal(json.error());
    std::vector<net::FieldProblem> problems;
    Members members(*json, "", problems);
    auto const url = members.text("url", Need::required);
    bool const is_enabled = members.flag("enabled", Need::required);
    members.pass_over(
        {"gone_at", "succeeded_at", "failed_at", "failure", "former_secret_until", "changed_at", "changed_by"});
    members.refuse_others();
    if (!problems.empty()) return refusal(std::move(problems));
    return hooks.answer(hooks.room.put(id, *url, is_enabled, caller.actor));
}

}  // namespace

void add_webhook_routes(GuardedRouter& router, notify::Webhooks& room,
                        std::function<Json(std::string const& actor)> names) {
    using net::Method;
    std::string const one = "/api/v1/organisations/{id}/webhook";
    Hooks const hooks{room, std::move(names)};
    /// `answer` is asked with the organisation of the path.
    auto const add = [&](Method method, std::string const& path, auto answer) {
        router.add(method, path, [answer](Request const& request, Caller const& caller) {
            auto const id = OrganisationId::parse(request.parameter("id"));
            if (!id) return refusal(base::not_found("no such organisation"));
            return answer(request, *id, caller);
        });
    };
    add(Method::get, one,
        [hooks](Request const&, OrganisationId id, Caller const& caller) { return read(id, caller, hooks); });
    add(Method::put, one, [hooks](Request const& request, OrganisationId id, Caller const& caller) {
        return put(request, id, caller, hooks);
    });
    add(Method::remove, one, [hooks](Request const&, OrganisationId id, Caller const& caller) {
        auto const removed = hooks.room.remove(id, caller.actor);
        return removed ? net::no_content() : refusal(removed.error());
    });
    add(Method::post, one + "/secret", [hooks](Request const&, OrganisationId id, Caller const& caller) {
        return hooks.answer(hooks.room.renew_secret(id, caller.actor));
    });
    add(Method::post, one + "/test", [hooks](Request const&, OrganisationId id, Caller const& caller) {
        auto const message = hooks.room.test(id, caller.actor);
        if (!message) return refusal(message.error());
        return reply({{"message", message->id.text()}}, net::Status::accepted);
    });
}

}  // namespace kula::api
