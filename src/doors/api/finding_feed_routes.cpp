#include <algorithm>

#include "finding_feed.hpp"
#include "gate.hpp"
#include "net/http_date.hpp"
#include "net/negotiation.hpp"
#include "parameters.hpp"
#include "reply.hpp"
#include "routes.hpp"
#include "seals/digest.hpp"

namespace kula::api {
namespace {

/// How a feed is written, and what that is called.
struct Form {
    std::string (*write)(WebFeed const&);
    std::string_view content_type;
};

base::Result<FindingFeed::Wanted> wanted_from(net::Request const& request, FindingFeed const& feed) {
    auto const id = registry::OrganisationId::parse(request.parameter("id"));
    if (!id) return base::not_found("no such organisation");
    FindingFeed::Wanted out{*id};
    auto const told = request.query_value("language");
    auto const preferred = net::preferred_language(request.header("Accept-Language").value_or(""));
    out.language = told ? *base::parse_language(*told) : preferred ? *preferred : feed.usual_language();
    out.server = std::string(net::to_text(request.scheme)) + "://" + request.authority;
    out.address = out.server + request.path + (told ? "?language=" + std::string(*told) : "");
    return out;
}

net::Response read(net::Request const& request, Caller const& caller, FindingFeed const& feed, Form const& form) {
    Parameters parameters(request);
    parameters.parsed("language", 2, "must be mk, sq or en",
                      [](std::string const& text) { return base::parse_language(text); });
    if (auto refused = parameters.refusal()) return std::move(*refused);
    auto const wanted = wanted_from(request, feed);
    if (!wanted) return refusal(wanted.error());
    auto const told = feed.of(*wanted, caller.actor.clearance);
    if (!told) return refusal(told.error());
    auto response = net::content(form.content_type, form.write(*told));
    auto const& body = std::get<std::string>(response.body);
    // Weak, so that it may be compressed on its way.
    response.headers.set("ETag", "W/\"" + seals::hex(seals::sha256(body)) + '"');
    response.headers.set("Last-Modified", net::http_date(told->modified));
    response.headers.set("Cache-Control", "private, no-cache");
    response.headers.set("Vary", "Accept-Language");
    return response;
}

}  // namespace

void add_finding_feed_routes(GuardedRouter& router, FindingFeed const& feed) {
    for (auto const& [ending, form] : {std::pair("atom", Form{atom, "application/atom+xml; charset=utf-8"}),
                                       std::pair("json", Form{json_feed, "application/feed+json; charset=utf-8"})}) {
        router.add(net::Method::get, std::string("/api/v1/organisations/{id}/findings.") + ending,
                   [&feed, as = form](net::Request const& request, Caller const& caller) {
                       return read(request, caller, feed, as);
                   });
    }
}

}  // namespace kula::api
