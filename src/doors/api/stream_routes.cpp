#include "announcer.hpp"
#include "gate.hpp"
#include "parameters.hpp"
#include "routes.hpp"

namespace kula::api {

void add_stream_routes(GuardedRouter& router, Announcer& announcer, Gate const& gate) {
    router.add(net::Method::get, "/api/v1/stream", [&](net::Request const& request, Caller const& caller) {
        Parameters parameters(request);
        if (auto refused = parameters.refusal()) return std::move(*refused);
        return net::events(announcer.follow(request.header("Last-Event-ID"), caller.identity.permissions,
                                            gate.still_holds(request, caller)));
    });
}

}  // namespace kula::api
