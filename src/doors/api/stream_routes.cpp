#include "announcer.hpp"
#include "gate.hpp"
#include "parameters.hpp"
#include "reply.hpp"
#include "routes.hpp"

namespace kula::api {

void add_stream_routes(GuardedRouter& router, Announcer& announcer, Gate const& gate) {
    router.add(net::Method::get, "/api/v1/stream", [&](net::Request const& request, Caller const& caller) {
        Parameters parameters(request);
        if (auto refused = parameters.refusal()) return std::move(*refused);
        auto const last = request.header("Last-Event-ID");
        auto const& permissions = caller.identity.permissions;
        auto holds = gate.still_holds(request, caller);
        if (!caller.identity.organisation) return net::events(announcer.follow(last, permissions, std::move(holds)));
        if (!permissions.contains("findings.read"))
            return refusal(base::refused("findings.read is not among your permissions"));
        return net::events(announcer.follow_findings(last, caller.actor.clearance, std::move(holds)));
    });
}

}  // namespace kula::api
