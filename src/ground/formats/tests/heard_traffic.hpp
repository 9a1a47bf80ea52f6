#pragma once
/// @file
/// A sink that keeps what it was told, for tests.

#include <string>
#include <utility>
#include <vector>

#include "formats/traffic.hpp"

namespace kula::formats::testing {

class HeardTraffic final : public TrafficSink {
public:
    void flows(std::span<Flow const> told) override { records.insert(records.end(), told.begin(), told.end()); }
    void netflow5(Netflow5 const& datagram) override {
        for (std::size_t i = 0; i < datagram.size(); ++i) records.push_back(datagram.flow(i));
    }
    void names(Flow const&, std::span<SeenName const>) override {}
    void undecodable(Place place, std::string_view reason) override {
        faults.emplace_back(place.number, std::string(reason));
    }

    std::vector<Flow> records;
    std::vector<std::pair<std::uint64_t, std::string>> faults;  ///< Number of the place, and the reason.
};

}  // namespace kula::formats::testing
