#pragma once
/// @file
/// The nouns of the API, each with its routes. What a handler needs outlives the router.

#include <functional>
#include <string>

#include "base/clock.hpp"
#include "json.hpp"
#include "net/router.hpp"

namespace kula::registry {
class Registry;
}
namespace kula::indicators {
class Store;
}
namespace kula::events {
class SightingStore;
}

namespace kula::api {

class Announcer;
class CollectionView;
class IndicatorView;
class Metrics;
class OrganisationView;
class RecentActivity;
class StatusView;

/// Who changes something while there is no access control.
inline constexpr char const* actor = "api";

void add_organisation_routes(net::Router& router, registry::Registry& registry, OrganisationView const& view,
                             RecentActivity const& activity, std::function<void(std::string const& id)> removed);
void add_network_routes(net::Router& router, registry::Registry& registry);
/// `seen` tells what was seen of an indicator in all that is kept.
void add_indicator_routes(net::Router& router, indicators::Store& store, IndicatorView const& view,
                          std::function<base::Result<Json>(std::string const& indicator)> seen);
void add_sighting_routes(net::Router& router, events::SightingStore const& sightings,
                         OrganisationView const& organisations, IndicatorView const& indicators,
                         base::Clock const& clock);
void add_picture_routes(net::Router& router, events::SightingStore const& sightings,
                        OrganisationView const& organisations, base::Clock const& clock);
void add_exporter_routes(net::Router& router, CollectionView const& collection);
void add_status_routes(net::Router& router, StatusView& status, Metrics& metrics);
void add_stream_routes(net::Router& router, Announcer& announcer);

}  // namespace kula::api
