#include "api/doors.hpp"

#include <atomic>

#include "actor_names.hpp"
#include "announcer.hpp"
#include "collection_view.hpp"
#include "event_view.hpp"
#include "export.hpp"
#include "finding_feed.hpp"
#include "finding_view.hpp"
#include "findings/routing_store.hpp"
#include "findings_told.hpp"
#include "gate.hpp"
#include "history.hpp"
#include "incident_view.hpp"
#include "indicator_view.hpp"
#include "json.hpp"
#include "message_view.hpp"
#include "metrics.hpp"
#include "once.hpp"
#include "organisation_view.hpp"
#include "recent_activity.hpp"
#include "red_reads.hpp"
#include "report_view.hpp"
#include "room_figures.hpp"
#include "routes.hpp"
#include "sighting_view.hpp"
#include "status_view.hpp"
#include "upkeep_view.hpp"

namespace kula::api {
namespace {

/// A message, a report or an incident that is nobody's but its readers': that it exists is told to none.
bool is_red(std::string_view subject, std::string_view after) {
    if (!subject.starts_with("message:") && !subject.starts_with("incident:") && !subject.starts_with("report:"))
        return false;
    auto const told = Json::parse(after, nullptr, false);
    return told.is_object() && told.value("tlp", "") == "red";
}

/// The desk's components write `<style>` elements while it runs; scripts are its own files only.
net::StaticOptions desk_options() {
    net::StaticOptions options;
    options.content_security_policy =
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; object-src 'none'; "
        "form-action 'self'; frame-ancestors 'none'";
    return options;
}

}  // namespace

/// Shared with what subscribed: a room may still tell something while the doors are going.
struct Doors::State {
    State(Rooms its_rooms, About its_about, std::vector<net::Asset> desk_files)
        : rooms(its_rooms),
          about(std::move(its_about)),
          has_desk(!desk_files.empty()),
          desk(std::move(desk_files), desk_options()) {}

    Rooms const rooms;
    About const about;
    bool const has_desk;
    net::StaticFiles const desk;
    std::atomic<net::Server const*> server = nullptr;
    Once once{journal::Receipts(rooms.database, rooms.clock, rooms.signing_key.seed())};
    Exporter exporter{rooms.journal, rooms.indicators};
    Gate gate{rooms.access, rooms.registry, once, exporter};
    History history{rooms.journal, rooms.access};
    RecentActivity activity{rooms.sightings, rooms.clock};
    OrganisationView organisations{rooms.registry, activity};
    RedReads red{rooms.access, rooms.journal, rooms.clock};
    IndicatorView indicators{rooms.indicators, activity, red};
    events::EventSearch const event_search{rooms.database};
    EventView const events{organisations, red};
    MessageView messages{rooms.outbox, rooms.gate, organisations, about.mail_from,
                         [this](std::string const& actor) { return ActorNames(rooms.access).of(actor); }};
    StatusView status{rooms, about};
    UpkeepView upkeep{rooms, about};
    FindingView findings{rooms.access, organisations, rooms.vulnerabilities};
    IncidentView const incidents{rooms.access, red};
    ReportView const reports{rooms.access, organisations, red};
    FindingFeed const finding_feed{rooms.findings, rooms.registry, organisations, rooms.vulnerabilities};
    findings::RoutingStore routing{rooms.database, rooms.journal, rooms.clock};
    CollectionView collection{rooms.collector, rooms.clock};
    Metrics metrics{[this](MetricFamilies& families) {
        if (auto const* watched = server.load()) add_server_figures(families, watched->figures());
        add_room_figures(families, rooms);
        add_feed_figures(families, rooms.feeds, rooms.clock.now());
        if (auto const inbox = about.inbox ? about.inbox() : std::nullopt) add_inbox_figures(families, *inbox);
        add_trail_figures(families, rooms.journal, about.last_checkpoint ? about.last_checkpoint() : std::nullopt);
        add_collection_figures(families, collection.state());
    }};
    Announcer announcer{[this] { return status.status(); }, [this] { return collection.collection(); }};
};

Doors::Doors(Rooms rooms, About about, std::vector<net::Asset> desk)
    : state_(std::make_shared<State>(rooms, std::move(about), std::move(desk))) {
    std::weak_ptr<State> const weak = state_;
    state_->gate.on_identities_changed([weak] {
        if (auto const state = weak.lock()) state->announcer.look_again();
    });
    rooms.indicators.on_change([weak] {
        if (auto const state = weak.lock()) state->indicators.indicators_changed();
    });
    rooms.sightings.on_news([weak](events::News const& news) {
        if (auto const state = weak.lock()) state->announcer.add(news);
    });
}

Doors::~Doors() = default;

net::Router Doors::router() {
    auto& state = *state_;
    auto const& rooms = state.rooms;
    net::Router open;
    GuardedRouter router(open, state.gate);
    add_status_routes(router, state.status, state.upkeep, state.metrics);
    add_stream_routes(router, state.announcer, state.gate);
    add_organisation_routes(router, rooms.registry, state.organisations, state.activity, state.history,
                            [&rooms](std::string const& id) {
                                // The removal stands; sightings and events that still name the organisation show
                                // none, so a failure here harms nothing.
                                if (auto const parsed = registry::OrganisationId::parse(id)) {
                                    static_cast<void>(rooms.sightings.release_organisation(*parsed));
                                    static_cast<void>(rooms.events.release_organisation(*parsed));
                                }
                            });
    add_contact_routes(router, rooms.registry, state.organisations);
    add_network_routes(router, rooms.registry, state.history);
    add_team_routes(router, rooms.registry, state.history);
    add_proposal_routes(router, rooms.registry, state.organisations, state.history,
                        [&rooms](std::string const& actor) { return ActorNames(rooms.access).of(actor); });
    add_message_routes(router, rooms.outbox, state.messages, state.red);
    add_plain_mail_routes(router, rooms.gate,
                          [&rooms](std::string const& actor) { return ActorNames(rooms.access).of(actor); });
    add_webhook_routes(router, rooms.webhooks,
                       [&rooms](std::string const& actor) { return ActorNames(rooms.access).of(actor); });
    add_vocabulary_routes(router);
    add_session_routes(router, rooms.access);
    add_account_routes(router, rooms.access);
    add_all_session_routes(router, rooms.access);
    add_user_routes(router, rooms.access, rooms.registry, state.history);
    add_token_routes(router, rooms.access, rooms.registry, rooms.clock);
    add_journal_routes(router, rooms.journal, rooms.access, rooms.signing_key, rooms.clock);
    add_exporter_routes(router, state.collection);
    add_feed_routes(router, rooms.feeds, state.history, rooms.clock);
    add_indicator_routes(router, rooms.indicators, state.indicators, state.red,
                         [&state](std::string const& indicator, base::Clearance const& clearance) {
                             return seen_of(indicator, state.rooms.sightings, state.organisations,
                                            state.rooms.clock.now(), clearance);
                         });
    add_sighting_routes(router, rooms.sightings, state.organisations, state.indicators, state.red, rooms.clock);
    add_event_routes(router, state.event_search, rooms.registry, state.events, state.red);
    add_finding_routes(
        router, rooms.findings, state.findings,
        [&rooms](registry::OrganisationId id) { return rooms.registry.reach_of(id); }, rooms.clock);
    add_finding_feed_routes(router, state.finding_feed);
    add_incident_routes(router, rooms.incidents, state.incidents, state.history);
    add_report_routes(router, rooms.triage, rooms.incidents, state.reports);
    add_routing_routes(router, state.routing, rooms.findings, rooms.registry, state.organisations, state.history,
                       rooms.clock);
    add_picture_routes(router, rooms.sightings, state.organisations, state.red, rooms.clock);
    add_delivery_routes(router, rooms.intake, rooms.journal);
    add_mapping_routes(router, rooms.intake);
    if (state.has_desk) net::mount(open, "/desk", state.desk);
    if (!state.about.demo_people.empty()) {
        open.add(net::Method::get, "/desk/demo.json",
                 [&state](net::Request const&) { return net::json(state.about.demo_people); });
    }
    return open;
}

std::function<void(net::Exchange const&)> Doors::observer() {
    return [&metrics = state_->metrics](net::Exchange const& exchange) { metrics.observe(exchange); };
}

void Doors::watch(net::Server const* server) { state_->server = server; }

void Doors::watch(collect::Collector const* collector) { state_->collection.watch(collector); }

base::Result<void> Doors::tidy() { return state_->once.tidy(); }

void Doors::open() { state_->status.open(); }

base::Result<void> Doors::announce(base::Instant at, std::string_view deed, std::string_view subject,
                                   std::string_view after) {
    if (is_red(subject, after)) return {};
    auto const ids = findings_told(deed, subject, after);
    auto const found = state_->rooms.findings.find(ids);
    if (!found) return found.error();
    state_->announcer.tell_change(at, deed, subject);
    for (auto const& finding : *found) state_->announcer.add(finding, at);
    return {};
}

void Doors::close() { state_->announcer.close(); }

}  // namespace kula::api
