#include "collection_view.hpp"

#include <set>

namespace kula::api {
namespace {

/// Where datagrams of this address can arrive: one socket in most installations, else all of its family.
std::string local_of(base::Address exporter, collect::CollectorState const& state) {
    std::set<std::string> places;
    for (auto const& socket : state.sockets) {
        if (socket.endpoint.address.family() == exporter.family()) places.insert(socket.endpoint.text());
    }
    std::string local;
    for (auto const& place : places) local.append(local.empty() ? "" : ", ").append(place);
    return local;
}

Json shown(formats::ExporterState const& exporter, collect::CollectorState const& state, base::Instant first_seen) {
    return {{"address", exporter.exporter.address.text()},
            {"port", exporter.exporter.port},
            {"protocol", name_of(exporter.protocol)},
            {"source_id", exporter.source_id},
            {"local", local_of(exporter.exporter.address, state)},
            {"datagrams", count(exporter.datagrams)},
            {"bytes", count(exporter.bytes)},
            {"records", count(exporter.records)},
            {"undecodable", count(exporter.undecodable)},
            {"lost", count(exporter.lost)},
            {"sampling", exporter.sampling > 1 ? Json(exporter.sampling) : Json(nullptr)},
            {"templates", exporter.templates},
            {"waiting_bytes", exporter.waiting},
            {"first_seen", time(first_seen)},
            {"last_seen", time(exporter.last_seen)}};
}

Json shown(collect::SocketState const& socket) {
    return {{"local", socket.endpoint.text()},
            {"datagrams", count(socket.datagrams)},
            {"bytes", count(socket.bytes)},
            {"kernel_drops", count(socket.kernel_drops)},
            {"receive_buffer_bytes", socket.receive_buffer}};
}

}  // namespace

std::string_view name_of(formats::ExportProtocol protocol) {
    switch (protocol) {
        case formats::ExportProtocol::netflow5: return "netflow5";
        case formats::ExportProtocol::netflow9: return "netflow9";
        case formats::ExportProtocol::ipfix: return "ipfix";
        case formats::ExportProtocol::sflow5: return "sflow5";
    }
    return "";
}

Json CollectionView::collection() {
    auto const now = state();
    auto const first_seen = note(now);
    Json exporters = Json::array();
    for (auto const& exporter : now.exporters) {
        exporters.push_back(shown(exporter, now, first_seen.at(name_of_sender(exporter))));
    }
    Json sockets = Json::array();
    for (auto const& socket : now.sockets) sockets.push_back(shown(socket));
    return {{"now", time(clock_.now())},
            {"since", time(since_)},
            {"exporters", std::move(exporters)},
            {"sockets", std::move(sockets)}};
}

CollectionView::FirstSeen CollectionView::note(collect::CollectorState const& state) {
    std::lock_guard const lock(mutex_);
    FirstSeen still_there;
    for (auto const& exporter : state.exporters) {
        auto const sender = name_of_sender(exporter);
        auto const known = first_seen_.find(sender);
        still_there.emplace(sender, known == first_seen_.end() ? exporter.last_seen : known->second);
    }
    first_seen_ = still_there;
    return still_there;
}

CollectionView::Sender CollectionView::name_of_sender(formats::ExporterState const& exporter) {
    return {exporter.exporter, exporter.protocol, exporter.source_id};
}

}  // namespace kula::api
