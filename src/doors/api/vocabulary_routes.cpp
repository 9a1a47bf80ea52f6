#include "gate.hpp"
#include "parameters.hpp"
#include "registry/entity_class.hpp"
#include "registry/vocabulary.hpp"
#include "reply.hpp"
#include "routes.hpp"

namespace kula::api {
namespace {

template <class Thing>
Json labelled(Thing const& thing) {
    auto const& [en, mk, sq] = thing.labels;
    return {{"id", thing.id}, {"labels", {{"en", en}, {"mk", mk}, {"sq", sq}}}};
}

net::Response list_sectors(net::Request const& request, Caller const&) {
    Parameters parameters(request);
    if (auto refused = parameters.refusal()) return std::move(*refused);
    Json items = Json::array();
    for (auto const& sector : registry::sectors()) {
        auto json = labelled(sector);
        json["annex"] = sector.annex ? Json(*sector.annex) : Json(nullptr);
        json["subsectors"] = Json::array();
        for (auto const& part : sector.subsectors) json["subsectors"].push_back(labelled(part));
        items.push_back(std::move(json));
    }
    return reply({{"items", std::move(items)}});
}

net::Response list_contact_roles(net::Request const& request, Caller const&) {
    Parameters parameters(request);
    if (auto refused = parameters.refusal()) return std::move(*refused);
    Json items = Json::array();
    for (auto const& role : registry::contact_roles()) items.push_back(labelled(role));
    return reply({{"items", std::move(items)}});
}

net::Response suggest_class(net::Request const& request, Caller const&) {
    Parameters parameters(request);
    auto const sector = parameters.text("sector", 64);
    auto const subsector = parameters.text("subsector", 64);
    auto const size =
        parameters.parsed("size", 10, "must be micro, small, medium or large", registry::parse_organisation_size);
    if (auto refused = parameters.refusal()) return std::move(*refused);
    auto const found = registry::suggested_class(sector, subsector, size);
    return reply({{"entity_class", found ? Json(registry::to_text(found->entity_class)) : Json(nullptr)},
                  {"basis", found ? Json(found->basis) : Json(nullptr)}});
}

}  // namespace

void add_vocabulary_routes(GuardedRouter& router) {
    router.add(net::Method::get, "/api/v1/sectors", list_sectors);
    router.add(net::Method::get, "/api/v1/sectors/suggested-class", suggest_class);
    router.add(net::Method::get, "/api/v1/contact-roles", list_contact_roles);
}

}  // namespace kula::api
