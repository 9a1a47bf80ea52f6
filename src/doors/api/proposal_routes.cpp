#include "fields.hpp"
#include "gate.hpp"
#include "history.hpp"
#include "organisation_input.hpp"
#include "organisation_view.hpp"
#include "parameters.hpp"
#include "registry/registry.hpp"
#include "reply.hpp"
#include "routes.hpp"

namespace kula::api {
namespace {

using Names = std::function<Json(std::string const& actor)>;

/// What the routes of this noun share; all of it outlives the router.
struct Proposals {
    registry::Registry& registry;
    OrganisationView const& view;
    History const& history;
    Names names;

    [[nodiscard]] Json shown(registry::Proposal const& proposal, Caller const& caller) const;
    [[nodiscard]] net::Response answer(base::Result<registry::Proposal> const& proposal, Caller const& caller,
                                       net::Status status = net::Status::ok) const;
};

/// Whether the organisation is still what it was when this was proposed.
bool is_outdated(registry::Registry const& registry, registry::Proposal const& proposal, Caller const& caller) {
    if (proposal.state != registry::ProposalState::open) return false;
    auto const now = registry.find(proposal.organisation, caller.actor.clearance);
    return !now || now->record.version != proposal.base_version;
}

/// Who else claims what is to be claimed: for the team only.
Json overlaps(registry::Registry const& registry, registry::Proposal const& proposal, Caller const& caller) {
    Json list = Json::array();
    if (!caller.actor.clearance.sees_everything() || proposal.state != registry::ProposalState::open) return list;
    auto const attribution = registry.attribution();
    for (auto const& change : proposal.changes) {
        auto const network = change.field == "networks" && change.after ? registry::Network::parse(*change.after)
                                                                        : base::invalid("no network");
        if (!network) continue;
        for (auto const* claim : attribution->overlapping(*network, proposal.organisation)) {
            list.push_back({{"network", network->text()},
                            {"claim", OrganisationView::claim(*claim, *attribution, caller.actor.clearance)}});
        }
    }
    return list;
}

Json Proposals::shown(registry::Proposal const& proposal, Caller const& caller) const {
    Json changes = Json::array();
    for (auto const& change : proposal.changes) changes.push_back(OrganisationView::change(change));
    bool const is_of_the_team = caller.actor.clearance.sees_everything();
    return {{"id", proposal.id.text()},
            {"organisation", view.reference(proposal.organisation)},
            {"state", registry::to_text(proposal.state)},
            {"outdated", is_outdated(registry, proposal, caller)},
            {"mine", proposal.record.created_by == caller.actor.name},
            {"changes", std::move(changes)},
            {"overlaps", overlaps(registry, proposal, caller)},
            {"remark", or_null(proposal.remark)},
            {"proposed_at", time(proposal.record.created_at)},
            {"proposed_by", names(proposal.record.created_by)},
            {"reason", or_null(proposal.reason)},
            {"decided_at", time_or_null(proposal.decided_at)},
            {"decided_by", is_of_the_team ? names(proposal.decided_by) : Json(nullptr)}};
}

net::Response Proposals::answer(base::Result<registry::Proposal> const& proposal, Caller const& caller,
                                net::Status status) const {
    return proposal ? reply(shown(*proposal, caller), status) : refusal(proposal.error());
}

base::Result<registry::ProposalId> id_of(net::Request const& request) {
    auto const id = registry::ProposalId::parse(request.parameter("id"));
    if (!id) return base::not_found("no such proposal");
    return *id;
}

net::Response list(net::Request const& request, Caller const& caller, Proposals const& proposals) {
    Parameters parameters(request);
    registry::ProposalQuery query;
    query.state =
        parameters.parsed("state", 20, "must be open, approved, refused or withdrawn", registry::parse_proposal_state);
    query.organisation =
        parameters.parsed("organisation", 36, "must be an organisation's id",
                          [](std::string const& text) { return registry::OrganisationId::parse(text); });
    query.cursor = parameters.cursor();
    query.limit = parameters.limit();
    query.clearance = caller.actor.clearance;
    if (auto refused = parameters.refusal()) return std::move(*refused);
    auto const page = proposals.registry.proposals(query);
    if (!page) return refusal(page.error());
    Json items = Json::array();
    for (auto const& proposal : page->items) items.push_back(proposals.shown(proposal, caller));
    return reply({{"items", std::move(items)}, {"next", or_null(page->next)}, {"total", count(page->total)}});
}

net::Response propose(net::Request const& request, Caller const& caller, Proposals const& proposals) {
    auto const id = registry::OrganisationId::parse(request.parameter("id"));
    if (!id) return refusal(base::not_found("no such organisation"));
    auto const before = proposals.registry.find(*id, caller.actor.clearance);
    if (!before) return refusal(before.error());
    auto const present = [&] { return proposals.view.full(*before, caller.actor.clearance); };
    if (auto refused = proposals.history.precondition(request, caller,
                                                      {"organisation:" + id->text(), before->record.version, present}))
        return std::move(*refused);
    if (auto refused = other_type(request, {"application/json"})) return std::move(*refused);
    auto json = parse_body(request);
    if (!json) return refusal(json.error());
    auto input = proposal_from(*json);
    if (!input.problems.empty()) return refusal(std::move(input.problems));
    return proposals.answer(
        proposals.registry.propose(*id, before->record.version, input.content, input.remark, caller.actor), caller,
        net::Status::created);
}

net::Response refuse(net::Request const& request, Caller const& caller, Proposals const& proposals) {
    auto const id = id_of(request);
    if (!id) return refusal(id.error());
    Fields fields(request);
    auto const reason = fields.text("reason", 4 * registry::longest_remark);
    if (auto refused = fields.refusal()) return std::move(*refused);
    return proposals.answer(proposals.registry.refuse(*id, reason, caller.actor), caller);
}

}  // namespace

void add_proposal_routes(GuardedRouter& router, registry::Registry& registry, OrganisationView const& view,
                         History const& history, std::function<Json(std::string const& actor)> names) {
    using net::Method;
    using net::Request;
    std::string const all = "/api/v1/proposals";
    std::string const one = all + "/{id}";
    Proposals const proposals{registry, view, history, std::move(names)};
    router.add(Method::get, all,
               [proposals](Request const& request, Caller const& caller) { return list(request, caller, proposals); });
    router.add(
        Method::post, "/api/v1/organisations/{id}/proposals",
        [proposals](Request const& request, Caller const& caller) { return propose(request, caller, proposals); },
        {most_organisation_bytes});
    router.add(Method::get, one, [proposals](Request const& request, Caller const& caller) {
        auto const id = id_of(request);
        if (!id) return refusal(id.error());
        return proposals.answer(proposals.registry.proposal(*id, caller.actor.clearance), caller);
    });
    router.add(Method::post, one + "/approval", [proposals](Request const& request, Caller const& caller) {
        auto const id = id_of(request);
        if (!id) return refusal(id.error());
        return proposals.answer(proposals.registry.approve(*id, caller.actor), caller);
    });
    router.add(Method::post, one + "/refusal", [proposals](Request const& request, Caller const& caller) {
        return refuse(request, caller, proposals);
    });
    router.add(Method::post, one + "/withdrawal", [proposals](Request const& request, Caller const& caller) {
        auto const id = id_of(request);
        if (!id) return refusal(id.error());
        return proposals.answer(proposals.registry.withdraw(*id, caller.actor), caller);
    });
}

}  // namespace kula::api
