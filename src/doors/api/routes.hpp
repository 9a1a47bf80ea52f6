#pragma once
/// @file
/// The nouns of the API, each with its routes. What a handler needs outlives the router.

#include <functional>
#include <string>

#include "base/actor.hpp"
#include "base/clock.hpp"
#include "json.hpp"
#include "net/router.hpp"

namespace kula::access {
class Access;
}
namespace kula::journal {
class Journal;
}
namespace kula::registry {
class Registry;
}
namespace kula::seals {
class SigningKey;
}
namespace kula::indicators {
class Store;
}
namespace kula::intake {
class Intake;
}
namespace kula::events {
class SightingStore;
}

namespace kula::api {

class Announcer;
class Gate;
class GuardedRouter;
class History;
class CollectionView;
class IndicatorView;
class Metrics;
class OrganisationView;
class RecentActivity;
class RedReads;
class StatusView;
class UpkeepView;

void add_organisation_routes(GuardedRouter& router, registry::Registry& registry, OrganisationView const& view,
                             RecentActivity const& activity, History const& history,
                             std::function<void(std::string const& id)> removed);
void add_contact_routes(GuardedRouter& router, registry::Registry const& registry, OrganisationView const& view);
void add_network_routes(GuardedRouter& router, registry::Registry& registry, History const& history);
void add_team_routes(GuardedRouter& router, registry::Registry& registry, History const& history);
/// `names` says who `user:<id>` is; null where nobody knows.
void add_proposal_routes(GuardedRouter& router, registry::Registry& registry, OrganisationView const& view,
                         History const& history, std::function<Json(std::string const& actor)> names);
void add_vocabulary_routes(GuardedRouter& router);
/// `seen` tells what was seen of an indicator in all that is kept.
using SeenOfIndicator =
    std::function<base::Result<Json>(std::string const& indicator, base::Clearance const& clearance)>;
void add_indicator_routes(GuardedRouter& router, indicators::Store& store, IndicatorView const& view, RedReads& red,
                          SeenOfIndicator seen);
void add_sighting_routes(GuardedRouter& router, events::SightingStore const& sightings,
                         OrganisationView const& organisations, IndicatorView const& indicators, RedReads& red,
                         base::Clock const& clock);
void add_picture_routes(GuardedRouter& router, events::SightingStore const& sightings,
                        OrganisationView const& organisations, RedReads& red, base::Clock const& clock);
void add_exporter_routes(GuardedRouter& router, CollectionView const& collection);
void add_delivery_routes(GuardedRouter& router, intake::Intake& intake, journal::Journal& journal);
void add_mapping_routes(GuardedRouter& router, intake::Intake const& intake);
void add_status_routes(GuardedRouter& router, StatusView& status, UpkeepView const& upkeep, Metrics& metrics);
void add_stream_routes(GuardedRouter& router, Announcer& announcer, Gate const& gate);
void add_session_routes(GuardedRouter& router, access::Access& access);
void add_account_routes(GuardedRouter& router, access::Access& access);
/// Everybody's sessions.
void add_all_session_routes(GuardedRouter& router, access::Access& access);
void add_user_routes(GuardedRouter& router, access::Access& access, registry::Registry const& registry,
                     History const& history);
void add_token_routes(GuardedRouter& router, access::Access& access, registry::Registry const& registry,
                      base::Clock const& clock);
void add_journal_routes(GuardedRouter& router, journal::Journal& journal, access::Access const& access,
                        seals::SigningKey const& key, base::Clock const& clock);

}  // namespace kula::api
