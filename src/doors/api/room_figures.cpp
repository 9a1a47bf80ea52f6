#include "room_figures.hpp"

#include <algorithm>

namespace kula::api {
namespace {

double number(std::uint64_t value) { return static_cast<double>(value); }

/// Since 1970, in UTC.
double seconds(base::Instant instant) { return static_cast<double>(base::to_microseconds(instant)) / 1e6; }

/// A family of counters, one for each thing; `label` names it.
template <class Things, class Labels, class Value>
prometheus::MetricFamily of_each(std::string name, std::string help, Things const& things, Labels labels, Value value) {
    prometheus::MetricFamily family{std::move(name), std::move(help), prometheus::MetricType::Counter, {}};
    for (auto const& thing : things) {
        prometheus::ClientMetric metric;
        metric.label = labels(thing);
        metric.counter.value = number(value(thing));
        family.metric.push_back(std::move(metric));
    }
    return family;
}

std::vector<prometheus::ClientMetric::Label> socket_labels(
    std::pair<std::size_t, collect::SocketState const*> const& socket) {
    return {{"local", socket.second->endpoint.text()}, {"socket", std::to_string(socket.first)}};
}

std::vector<prometheus::ClientMetric::Label> exporter_labels(formats::ExporterState const& exporter) {
    return {{"exporter", exporter.exporter.address.text()},
            {"port", std::to_string(exporter.exporter.port)},
            {"protocol", std::string(name_of(exporter.protocol))},
            {"source_id", std::to_string(exporter.source_id)}};
}

}  // namespace

void add_server_figures(MetricFamilies& families, net::ServerFigures const& figures) {
    families.push_back(counted("kula_http_connections_accepted_total", "Connections taken", number(figures.accepted)));
    families.push_back(
        counted("kula_http_timeouts_total", "Connections that missed a deadline", number(figures.timed_out)));
    families.push_back(counted("kula_http_evicted_total", "Slow connections that gave way", number(figures.evicted)));
    families.push_back(counted("kula_http_overloaded_total", "Requests answered 503 because too much was asked at once",
                               number(figures.overloaded)));
    families.push_back(counted("kula_http_streams_dropped_total", "Event streams whose client was too slow",
                               number(figures.dropped_streams)));
    families.push_back(counted("kula_http_rate_limited_total",
                               "Requests answered 429, and TLS connections not taken, for their client's rate",
                               number(figures.rate_limited)));
    families.push_back(counted("kula_http_crowded_out_total",
                               "Connections that gave way, or were not taken, for their client's number",
                               number(figures.crowded_out)));
    families.push_back(counted("kula_tls_failed_handshakes_total", "TLS handshakes that came to nothing",
                               number(figures.failed_handshakes)));
    if (auto const& end = figures.certificate_expires) {
        families.push_back(measured("kula_tls_certificate_expires_timestamp_seconds",
                                    "When the certificate in use expires, seconds since 1970 in UTC", seconds(*end)));
    }
    families.push_back(measured("kula_http_connections", "Connections now", number(figures.connections)));
    families.push_back(measured("kula_http_streams", "Event streams now", number(figures.streams)));
    families.push_back(
        measured("kula_http_waiting_requests", "Requests that wait for a thread", number(figures.waiting_requests)));
}

void add_room_figures(MetricFamilies& families, Rooms const& rooms) {
    auto const state = rooms.aggregator.state();
    families.push_back(measured("kula_storage_up", "1 while the database answers", rooms.database.health() ? 1 : 0));
    families.push_back(measured("kula_sightings_waiting", "Sightings that are not stored yet", number(state.waiting)));
    families.push_back(
        counted("kula_sightings_flushed_total", "Sightings stored, growth included", number(state.flushed)));
    families.push_back(counted("kula_sightings_dropped_total", "Sightings lost while the database did not answer",
                               number(state.dropped_sightings)));
    families.push_back(counted("kula_flows_dropped_total", "Flows of those sightings", number(state.dropped_flows)));
    if (auto const size = rooms.sightings.size())
        families.push_back(measured("kula_sightings_kept", "Sightings kept", number(*size)));
    if (auto const counts = rooms.indicators.counts(base::Clearance::of_team(std::nullopt))) {
        families.push_back(
            measured("kula_indicators", "Indicators", number(static_cast<std::uint64_t>(counts->total))));
        families.push_back(measured("kula_indicators_active", "Indicators that a source stands by",
                                    number(static_cast<std::uint64_t>(counts->active))));
    }
    if (auto const totals = rooms.intake.totals(base::Clearance::everything())) {
        families.push_back(measured("kula_deliveries", "Deliveries kept", number(totals->deliveries)));
        families.push_back(
            measured("kula_deliveries_unread", "Deliveries that are not read to their end", number(totals->stored)));
        families.push_back(
            measured("kula_deliveries_failed", "Deliveries refused or broken off", number(totals->failed)));
        families.push_back(measured("kula_delivery_rows", "Rows of the deliveries kept", number(totals->rows)));
        families.push_back(measured("kula_quarantined_rows", "Rows that are set aside", number(totals->quarantined)));
    }
    families.push_back(measured("kula_organisations", "Organisations", number(rooms.registry.attribution()->size())));
}

void add_feed_figures(MetricFamilies& families, intake::Feeds const& feeds, base::Instant now) {
    auto const all = feeds.list(base::Clearance::everything());
    if (!all) return;
    prometheus::MetricFamily by_health{"kula_feeds", "Feeds, by their health", prometheus::MetricType::Gauge, {}};
    for (auto const health : intake::feed_healths) {
        prometheus::ClientMetric metric;
        metric.label = {{"health", std::string(to_text(health))}};
        metric.gauge.value = static_cast<double>(std::count_if(
            all->begin(), all->end(), [&](intake::Feed const& feed) { return health_of(feed, now) == health; }));
        by_health.metric.push_back(std::move(metric));
    }
    families.push_back(std::move(by_health));
    prometheus::MetricFamily delivered{"kula_feed_delivered_timestamp_seconds",
                                       "When a feed's newest delivery came, seconds since 1970 in UTC",
                                       prometheus::MetricType::Gauge,
                                       {}};
    prometheus::MetricFamily failures{
        "kula_feed_failures", "Attempts of a feed that failed in a row", prometheus::MetricType::Gauge, {}};
    for (auto const& feed : *all) {
        prometheus::ClientMetric metric;
        metric.label = {{"feed", feed.content.name}};
        metric.gauge.value = number(feed.state.failures);
        failures.metric.push_back(metric);
        if (!feed.state.delivered_at) continue;
        metric.gauge.value = seconds(*feed.state.delivered_at);
        delivered.metric.push_back(std::move(metric));
    }
    families.push_back(std::move(delivered));
    families.push_back(std::move(failures));
}

void add_inbox_figures(MetricFamilies& families, notify::InboxState const& state) {
    families.push_back(measured("kula_mail_inbox_failures", "Looks into the team's mailbox that failed in a row",
                                number(state.failures)));
    if (state.succeeded_at)
        families.push_back(measured("kula_mail_inbox_succeeded_timestamp_seconds",
                                    "When it was last looked through, seconds since 1970 in UTC",
                                    seconds(*state.succeeded_at)));
    families.push_back(counted("kula_mail_reports_total", "Delivery reports about our mail", number(state.reports)));
    families.push_back(counted("kula_mail_returned_total", "Mails of ours that came back", number(state.returned)));
}

void add_trail_figures(MetricFamilies& families, journal::Journal const& journal,
                       std::optional<journal::Checkpoint> const& latest) {
    if (auto const head = journal.head())
        families.push_back(
            counted("kula_journal_entries_total", "Entries of the trail", static_cast<double>(head->sequence)));
    if (!latest) return;
    families.push_back(measured("kula_journal_checkpoint_timestamp_seconds",
                                "When the latest daily checkpoint was signed, seconds since 1970 in UTC",
                                seconds(latest->at)));
    families.push_back(measured("kula_journal_checkpoint_sequence", "The entry that it goes to",
                                static_cast<double>(latest->head.sequence)));
}

void add_collection_figures(MetricFamilies& families, collect::CollectorState const& state) {
    std::vector<std::pair<std::size_t, collect::SocketState const*>> sockets;  // several may share an endpoint
    for (auto const& socket : state.sockets) sockets.emplace_back(sockets.size(), &socket);
    auto const by_socket = [&](char const* name, char const* help, auto member) {
        families.push_back(
            of_each(name, help, sockets, socket_labels, [&](auto const& socket) { return socket.second->*member; }));
    };
    by_socket("kula_collect_datagrams_total", "Datagrams received, by socket", &collect::SocketState::datagrams);
    by_socket("kula_collect_bytes_total", "Bytes received, by socket", &collect::SocketState::bytes);
    by_socket("kula_collect_records_total", "Flow records decoded, by socket", &collect::SocketState::records);
    by_socket("kula_collect_undecodable_total", "Datagrams with a fault, by socket",
              &collect::SocketState::undecodable);
    by_socket("kula_collect_kernel_drops_total", "Datagrams that found the buffer full, by socket",
              &collect::SocketState::kernel_drops);

    auto const by_exporter = [&](char const* name, char const* help, auto member) {
        families.push_back(of_each(name, help, state.exporters, exporter_labels,
                                   [&](auto const& exporter) { return exporter.*member; }));
    };
    by_exporter("kula_exporter_records_total", "Flow records decoded, by exporter", &formats::ExporterState::records);
    by_exporter("kula_exporter_lost_total", "Records or datagrams missing by the sequence numbers, by exporter",
                &formats::ExporterState::lost);
    by_exporter("kula_exporter_undecodable_total", "Datagrams with a fault, by exporter",
                &formats::ExporterState::undecodable);
}

}  // namespace kula::api
