#include "contract.hpp"
#include "gate.hpp"
#include "metrics.hpp"
#include "parameters.hpp"
#include "reply.hpp"
#include "routes.hpp"
#include "status_view.hpp"
#include "upkeep_view.hpp"

namespace kula::api {
namespace {

constexpr std::string_view plain_text = "text/plain; charset=utf-8";

net::Response ready(StatusView const& status) {
    auto const ready = status.ready();
    if (ready) return net::content(plain_text, "ok\n");
    return net::content(plain_text, ready.error().detail + "\n", net::Status::service_unavailable);
}

/// Nothing but its own style, which stands in it.
net::Response page() {
    auto response = net::content("text/html; charset=utf-8", std::string(contract_page()));
    response.headers.set("Content-Security-Policy",
                         "default-src 'none'; style-src '" + std::string(contract_page_style()) +
                             "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    return response;
}

}  // namespace

void add_status_routes(GuardedRouter& router, StatusView& status, UpkeepView const& upkeep, Metrics& metrics) {
    using net::Method;
    using net::Request;
    router.add(Method::get, "/api/v1/status", [&](Request const& request, Caller const&) {
        Parameters parameters(request);
        if (auto refused = parameters.refusal()) return std::move(*refused);
        return reply(status.status());
    });
    router.add(Method::get, "/api/v1/upkeep", [&](Request const&, Caller const&) {
        auto const json = upkeep.upkeep();
        return json ? reply(*json) : refusal(json.error());
    });
    router.add(Method::get, "/api/v1/openapi.json",
               [](Request const&, Caller const&) { return net::json(std::string(contract_json())); });
    router.add(Method::get, "/api/v1/docs", [](Request const&, Caller const&) { return page(); });
    router.add(Method::get, "/healthz", [](Request const&, Caller const&) { return net::content(plain_text, "ok\n"); });
    router.add(Method::get, "/readyz", [&](Request const&, Caller const&) { return ready(status); });
    router.add(Method::get, "/metrics", [&](Request const&, Caller const&) {
        return net::content("text/plain; version=0.0.4; charset=utf-8", metrics.text());
    });
}

}  // namespace kula::api
