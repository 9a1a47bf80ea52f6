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

Json told(formats::ExporterState const& exporter, collect::CollectorState const& state) {
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
            {"first_seen", time(exporter.first_seen)},
            {"last_seen", time(exporter.last_seen)}};
}

Json told(collect::SocketState const& socket) {
    return {{"local", socket.endpoint.text()},
            {"datagrams", count(socket.datagrams)},
            {"bytes", count(socket.bytes)},
            {"undecodable", count(socket.undecodable)},
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

Json CollectionView::collection() const {
    auto const now = state();
    Json exporters = Json::array();
    for (auto const& exporter : now.exporters) exporters.push_back(told(exporter, now));
    Json sockets = Json::array();
    for (auto const& socket : now.sockets) sockets.push_back(told(socket));
    return {{"now", time(clock_.now())},
            {"since", time(since_)},
            {"exporters", std::move(exporters)},
            {"sockets", std::move(sockets)}};
}

}  // namespace kula::api
