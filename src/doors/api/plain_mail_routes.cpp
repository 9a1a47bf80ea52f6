#include "fields.hpp"
#include "gate.hpp"
#include "release/gate.hpp"
#include "reply.hpp"
#include "routes.hpp"

namespace kula::api {
namespace {

using Names = std::function<Json(std::string const& actor)>;

constexpr std::size_t longest_why = 500;

Json shown(std::optional<release::PlainAgreement> const& agreement, Names const& names) {
    if (!agreement) return {{"up_to", nullptr}, {"why", nullptr}, {"changed_at", nullptr}, {"changed_by", nullptr}};
    return {{"up_to", base::to_text(agreement->up_to)},
            {"why", agreement->why},
            {"changed_at", time(agreement->record.changed_at)},
            {"changed_by", names(agreement->record.changed_by)}};
}

net::Response put(net::Request const& request, registry::OrganisationId id, Caller const& caller, release::Gate& gate,
                  Names const& names) {
    Fields fields(request);
    auto const up_to = fields.text_or_null("up_to", 20);
    auto const why = fields.text_or_null("why", longest_why);
    auto const tlp = up_to ? base::parse_tlp(*up_to) : std::nullopt;
    if (up_to && !tlp) fields.wrong("up_to", "must be green, amber or amber+strict");
    fields.pass_over({"changed_at", "changed_by"});
    if (auto refused = fields.refusal()) return std::move(*refused);
    if (!tlp) {
        auto const ended = gate.end_agreement(id, caller.actor);
        return ended ? reply(shown(std::nullopt, names)) : refusal(ended.error());
    }
    auto const agreed = gate.agree(id, *tlp, why.value_or(""), caller.actor);
    return agreed ? reply(shown(*agreed, names)) : refusal(agreed.error());
}

}  // namespace

void add_plain_mail_routes(GuardedRouter& router, release::Gate& gate,
                           std::function<Json(std::string const& actor)> names) {
    std::string const path = "/api/v1/organisations/{id}/plain-mail";
    router.add(net::Method::get, path, [&gate, names](net::Request const& request, Caller const& caller) {
        auto const id = registry::OrganisationId::parse(request.parameter("id"));
        if (!id) return refusal(base::not_found("no such organisation"));
        auto const agreement = gate.plain_agreement(*id, caller.actor.clearance);
        return agreement ? reply(shown(*agreement, names)) : refusal(agreement.error());
    });
    router.add(net::Method::put, path, [&gate, names](net::Request const& request, Caller const& caller) {
        auto const id = registry::OrganisationId::parse(request.parameter("id"));
        if (!id) return refusal(base::not_found("no such organisation"));
        return put(request, *id, caller, gate, names);
    });
}

}  // namespace kula::api
