#include "api/doors.hpp"

#include <atomic>

#include "announcer.hpp"
#include "indicator_view.hpp"
#include "metrics.hpp"
#include "organisation_view.hpp"
#include "recent_activity.hpp"
#include "routes.hpp"
#include "sighting_view.hpp"
#include "status_view.hpp"

namespace kula::api {
namespace {

/// The desk's components write `<style>` elements while it runs; scripts are its own files only.
net::StaticOptions desk_options() {
    net::StaticOptions options;
    options.content_security_policy =
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; object-src 'none'; "
        "form-action 'self'; frame-ancestors 'none'";
    return options;
}

void add_server_figures(MetricFamilies& families, net::ServerFigures const& figures) {
    auto const number = [](auto value) { return static_cast<double>(value); };
    families.push_back(counted("kula_http_connections_accepted_total", "Connections taken", number(figures.accepted)));
    families.push_back(counted("kula_http_timeouts_total", "Connections that missed a deadline", number(figures.timed_out)));
    families.push_back(counted("kula_http_evicted_total", "Slow connections that gave way", number(figures.evicted)));
    families.push_back(counted("kula_http_overloaded_total", "Requests answered 503 because too much was asked at once", number(figures.overloaded)));
    families.push_back(counted("kula_http_streams_dropped_total", "Event streams whose client was too slow", number(figures.dropped_streams)));
    families.push_back(measured("kula_http_connections", "Connections now", number(figures.connections)));
    families.push_back(measured("kula_http_streams", "Event streams now", number(figures.streams)));
    families.push_back(measured("kula_http_waiting_requests", "Requests that wait for a thread", number(figures.waiting_requests)));
}

void add_room_figures(MetricFamilies& families, Rooms const& rooms) {
    auto const number = [](auto value) { return static_cast<double>(value); };
    auto const state = rooms.aggregator.state();
    families.push_back(measured("kula_storage_up", "1 while the database answers", rooms.database.health() ? 1 : 0));
    families.push_back(measured("kula_sightings_waiting", "Sightings that are not stored yet", number(state.waiting)));
    families.push_back(counted("kula_sightings_flushed_total", "Sightings stored, growth included", number(state.flushed)));
    families.push_back(counted("kula_sightings_dropped_total", "Sightings lost while the database did not answer", number(state.dropped_sightings)));
    families.push_back(counted("kula_flows_dropped_total", "Flows of those sightings", number(state.dropped_flows)));
    if (auto const size = rooms.sightings.size()) families.push_back(measured("kula_sightings_kept", "Sightings kept", number(*size)));
    if (auto const counts = rooms.indicators.counts()) {
        families.push_back(measured("kula_indicators", "Indicators", number(counts->total)));
        families.push_back(measured("kula_indicators_active", "Indicators that a source stands by", number(counts->active)));
    }
    families.push_back(measured("kula_organisations", "Organisations", number(rooms.registry.attribution()->size())));
}

}  // namespace

struct Doors::State {
    State(Rooms its_rooms, About its_about, std::vector<net::Asset> desk_files)
        : rooms(its_rooms), about(std::move(its_about)), has_desk(!desk_files.empty()), desk(std::move(desk_files), desk_options()) {}

    Rooms const rooms;
    About const about;
    bool const has_desk;
    net::StaticFiles const desk;
    std::atomic<net::Server const*> server = nullptr;
    RecentActivity activity{rooms.sightings, rooms.clock};
    OrganisationView organisations{rooms.registry, activity};
    IndicatorView indicators{rooms.indicators, activity};
    StatusView status{rooms, about};
    Metrics metrics{[this](MetricFamilies& families) {
        if (auto const* watched = server.load()) add_server_figures(families, watched->figures());
        add_room_figures(families, rooms);
    }};
    Announcer announcer{[this] { return status.status(); }, [] { return Json::object(); }};
};

Doors::Doors(Rooms rooms, About about, std::vector<net::Asset> desk)
    : state_(std::make_unique<State>(rooms, std::move(about), std::move(desk))) {
    auto& state = *state_;
    state.rooms.indicators.on_change([&state] { state.indicators.indicators_changed(); });
    state.rooms.sightings.on_news([&state](events::News const& news) { state.announcer.add(news); });
}

Doors::~Doors() = default;

net::Router Doors::router() {
    auto& state = *state_;
    auto const& rooms = state.rooms;
    net::Router router;
    add_status_routes(router, state.status, state.metrics);
    add_stream_routes(router, state.announcer);
    add_organisation_routes(router, rooms.registry, state.organisations, state.activity, [&rooms](std::string const& id) {
        // The removal stands; sightings that still name the organisation show none, so a failure here harms nothing.
        if (auto const parsed = registry::OrganisationId::parse(id)) {
            static_cast<void>(rooms.sightings.release_organisation(*parsed));
        }
    });
    add_network_routes(router, rooms.registry);
    add_indicator_routes(router, rooms.indicators, state.indicators, [&state](std::string const& indicator) {
        return seen_of(indicator, state.rooms.sightings, state.organisations, state.rooms.clock.now());
    });
    add_sighting_routes(router, rooms.sightings, state.organisations, state.indicators, rooms.clock);
    add_picture_routes(router, rooms.sightings, state.organisations, rooms.clock);
    if (state.has_desk) {
        net::mount(router, "/desk", state.desk);
        router.add(net::Method::get, "/", [](net::Request const&) { return net::redirect("/desk/"); });
    }
    return router;
}

std::function<void(net::Exchange const&)> Doors::observer() {
    return [&metrics = state_->metrics](net::Exchange const& exchange) { metrics.observe(exchange); };
}

void Doors::watch(net::Server const* server) { state_->server = server; }

void Doors::open() { state_->status.open(); }

void Doors::close() { state_->announcer.close(); }

}  // namespace kula::api
