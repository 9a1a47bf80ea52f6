#include "demo_organisations.hpp"

namespace kula {

base::Result<registry::OrganisationId> demo_organisation(std::string const& name, registry::Registry const& registry) {
    registry::OrganisationQuery query;
    query.search = name;
    query.clearance = base::Clearance::everything();
    auto const found = registry.list(query);
    if (!found) return found.error();
    for (auto const& organisation : found->items) {
        if (organisation.name == name) return organisation.id;
    }
    return base::not_found("the demo has no organisation " + name);
}

}  // namespace kula
