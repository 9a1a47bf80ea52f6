#pragma once
/// @file
/// A sink that writes down what it was told, line by line, for tests; and a caller that feeds decoders in pieces.

#include <algorithm>
#include <cstddef>
#include <random>
#include <span>
#include <string>
#include <vector>

#include "formats/stream.hpp"
#include "formats/traffic.hpp"

namespace kula::formats::testing {

inline std::string to_line(Flow const& flow) {
    return flow.source.text() + " " + std::to_string(flow.source_port) + " > " + flow.destination.text() + " " +
           std::to_string(flow.destination_port) + " protocol " + std::to_string(flow.protocol) + " packets " +
           std::to_string(flow.packets) + " bytes " + std::to_string(flow.bytes) + " " + base::to_text(flow.start) +
           " " + base::to_text(flow.end) + (flow.connection != 0 ? " connection" : "");
}

inline std::string to_line(SeenName const& name) {
    static constexpr std::string_view roles[] = {"query", "host", "sni", "file"};
    auto line = std::string(roles[static_cast<std::size_t>(name.role)]) + " " + std::string(name.text);
    return name.path.empty() ? line : line + " " + std::string(name.path);
}

class ToldTraffic final : public TrafficSink {
public:
    void flows(std::span<Flow const> told) override {
        for (auto const& flow : told) take(flow);
    }
    void netflow5(Netflow5 const& datagram) override {
        ++datagrams5;
        for (std::size_t i = 0; i < datagram.size(); ++i) take(datagram.flow(i));
    }
    void names(Flow const& flow, std::span<SeenName const> told) override {
        connections.push_back(flow.connection);
        records.push_back("names " + to_line(flow));
        for (auto const& name : told) records.push_back("  " + to_line(name));
    }
    void undecodable(Place place, std::string_view reason) override {
        static constexpr std::string_view units[] = {"packet", "line", "byte"};
        faults.push_back(std::string(units[static_cast<std::size_t>(place.unit)]) + " " + std::to_string(place.number) +
                         ": " + std::string(reason));
    }

    std::vector<std::string> records;  ///< Flows and names.
    std::vector<std::string> faults;
    std::vector<Flow> all_flows;
    std::vector<std::uint64_t> connections;
    std::size_t datagrams5 = 0;

    friend bool operator==(ToldTraffic const& left, ToldTraffic const& right) {
        return left.records == right.records && left.faults == right.faults;
    }

private:
    void take(Flow const& flow) {
        all_flows.push_back(flow);
        connections.push_back(flow.connection);
        records.push_back("flow " + to_line(flow));
    }
};

inline std::span<std::byte const> bytes_of(std::string_view text) {
    return std::as_bytes(std::span(text.data(), text.size()));
}

/// Gives everything at once; all of it must be used up.
template <class Decoder>
bool feed(Decoder& decoder, std::span<std::byte const> bytes, TrafficSink& sink, InputEnd end = InputEnd::reached) {
    return decoder.consume(bytes, end, sink) == bytes.size();
}

/// Gives the bytes in pieces of random length, each with the rest of the one before in front of it, in memory of its
/// own.
template <class Decoder>
bool feed_in_pieces(Decoder& decoder, std::span<std::byte const> bytes, std::mt19937& random, TrafficSink& sink,
                    InputEnd end = InputEnd::reached, std::size_t longest = 40) {
    std::vector<std::byte> rest;
    while (!bytes.empty()) {
        auto const wanted = std::uniform_int_distribution<std::size_t>(1, longest)(random);
        auto const piece = bytes.first(std::min(wanted, bytes.size()));
        bytes = bytes.subspan(piece.size());
        rest.insert(rest.end(), piece.begin(), piece.end());
        std::vector<std::byte> const given(rest);
        auto const used = decoder.consume(given, InputEnd::not_yet, sink);
        if (used > given.size()) return false;
        rest.erase(rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(used));
    }
    return decoder.consume(rest, end, sink) == rest.size();
}

}  // namespace kula::formats::testing
