#pragma once
/// @file
/// What the rooms tell Prometheus.

#include "api/doors.hpp"
#include "collection_view.hpp"
#include "metrics.hpp"

namespace kula::api {

void add_server_figures(MetricFamilies& families, net::ServerFigures const& figures);
void add_room_figures(MetricFamilies& families, Rooms const& rooms);
/// 500 feeds at most.
void add_feed_figures(MetricFamilies& families, intake::Feeds const& feeds, base::Instant now);
/// How looking for mail that came back goes.
void add_inbox_figures(MetricFamilies& families, notify::InboxState const& state);
/// How long the trail is, and how old its latest daily checkpoint.
void add_trail_figures(MetricFamilies& families, journal::Journal const& journal,
                       std::optional<journal::Checkpoint> const& latest);
/// By socket, and by exporter: there are thousands at most.
void add_collection_figures(MetricFamilies& families, collect::CollectorState const& state);

}  // namespace kula::api
