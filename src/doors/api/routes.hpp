#pragma once
/// @file
/// The nouns of the API, each with its routes. What a handler needs outlives the router.

#include <functional>
#include <string>

#include "base/actor.hpp"
#include "base/clock.hpp"
#include "base/id.hpp"
#include "base/result.hpp"
#include "json.hpp"
#include "net/router.hpp"

namespace kula::access {
class Access;
}
namespace kula::journal {
class Journal;
}
namespace kula::registry {
struct Organisation;
class Registry;
}  // namespace kula::registry
namespace kula::seals {
class SigningKey;
}
namespace kula::release {
class Gate;
}
namespace kula::notify {
class Outbox;
class Webhooks;
}  // namespace kula::notify
namespace kula::indicators {
class Store;
}
namespace kula::intake {
class Intake;
}
namespace kula::events {
class EventSearch;
class SightingStore;
}  // namespace kula::events
namespace kula::intake {
class Feeds;
}
namespace kula::findings {
class Findings;
class RoutingStore;
}  // namespace kula::findings
namespace kula::incidents {
class Incidents;
class Triage;
}  // namespace kula::incidents

namespace kula::api {

class Announcer;
class Gate;
class GuardedRouter;
class History;
class IncidentView;
class CollectionView;
class EventView;
class FindingFeed;
class FindingView;
class IndicatorView;
class MessageView;
class Metrics;
class OrganisationView;
class RecentActivity;
class RedReads;
class ReportView;
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
/// What the team writes to organisations.
void add_message_routes(GuardedRouter& router, notify::Outbox& outbox, MessageView const& view, RedReads& red);
/// Up to which label an organisation takes mail that is not encrypted. `names` as for proposals.
void add_plain_mail_routes(GuardedRouter& router, release::Gate& gate,
                           std::function<Json(std::string const& actor)> names);
/// Where an organisation's own machine takes what the organisation is told. `names` as for proposals.
void add_webhook_routes(GuardedRouter& router, notify::Webhooks& webhooks,
                        std::function<Json(std::string const& actor)> names);
void add_vocabulary_routes(GuardedRouter& router);
/// `seen` tells what was seen of an indicator in all that is kept.
using SeenOfIndicator =
    std::function<base::Result<Json>(std::string const& indicator, base::Clearance const& clearance)>;
void add_indicator_routes(GuardedRouter& router, indicators::Store& store, IndicatorView const& view, RedReads& red,
                          SeenOfIndicator seen);
void add_sighting_routes(GuardedRouter& router, events::SightingStore const& sightings,
                         OrganisationView const& organisations, IndicatorView const& indicators, RedReads& red,
                         base::Clock const& clock);
void add_event_routes(GuardedRouter& router, events::EventSearch const& search, registry::Registry const& registry,
                      EventView const& view, RedReads& red);
void add_picture_routes(GuardedRouter& router, events::SightingStore const& sightings,
                        OrganisationView const& organisations, RedReads& red, base::Clock const& clock);
void add_feed_routes(GuardedRouter& router, intake::Feeds& feeds, History const& history, base::Clock const& clock);
/// `below` says how far a filter by an organisation goes: it and those below it.
using OrganisationsBelow = std::function<base::Result<base::Clearance>(base::Id<registry::Organisation> id)>;
void add_finding_routes(GuardedRouter& router, findings::Findings& findings, FindingView const& view,
                        OrganisationsBelow below, base::Clock const& clock);
/// The findings of an organisation for feed readers.
void add_finding_feed_routes(GuardedRouter& router, FindingFeed const& feed);
void add_incident_routes(GuardedRouter& router, incidents::Incidents& incidents, IncidentView const& view,
                         History const& history);
void add_report_routes(GuardedRouter& router, incidents::Triage& triage, incidents::Incidents const& incidents,
                       ReportView const& view);
void add_routing_routes(GuardedRouter& router, findings::RoutingStore& store, findings::Findings const& findings,
                        registry::Registry const& registry, OrganisationView const& organisations,
                        History const& history, base::Clock const& clock);
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
