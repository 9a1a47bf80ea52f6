#include "collection_view.hpp"
#include "gate.hpp"
#include "parameters.hpp"
#include "reply.hpp"
#include "routes.hpp"

namespace kula::api {

void add_exporter_routes(GuardedRouter& router, CollectionView const& collection) {
    router.add(net::Method::get, "/api/v1/exporters", [&](net::Request const& request, Caller const&) {
        Parameters parameters(request);
        if (auto refused = parameters.refusal()) return std::move(*refused);
        return reply(collection.collection());
    });
}

}  // namespace kula::api
