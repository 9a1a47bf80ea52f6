#include "match/sighting_table.hpp"

#include <algorithm>
#include <functional>
#include <tuple>
#include <unordered_map>
#include <unordered_set>

namespace kula::match {
namespace {

/// Compact enough to be hashed for every hit; texts are made once for each sighting.
struct Key {
    std::uint64_t matcher;  ///< A number of an indicator means something only together with its matcher.
    indicators::Number indicator;
    base::Address matched;  ///< Of an address.
    std::string name;       ///< Of a name.
    base::Address peer;
    Direction direction;
    Side side;
    std::uint8_t protocol;
    std::uint16_t port;
    std::int64_t hour;  ///< Since 1970; 0 where hours are kept together.
    friend bool operator==(Key const&, Key const&) = default;
};

std::uint64_t mix(std::uint64_t hash, std::uint64_t value) {
    hash = (hash ^ value) * 0x9E3779B97F4A7C15ull;
    return hash ^ hash >> 32;
}

struct KeyHash {
    std::size_t operator()(Key const& key) const {
        auto hash = mix(key.matcher, key.indicator);
        hash = mix(hash, std::hash<base::Address>{}(key.matched));
        hash = mix(hash, std::hash<base::Address>{}(key.peer));
        hash = mix(hash, static_cast<std::uint64_t>(key.hour));
        hash = mix(hash, std::uint64_t{key.port} << 32 | std::uint64_t{key.protocol} << 16 |
                             static_cast<std::uint64_t>(key.direction) << 8 | static_cast<std::uint64_t>(key.side));
        return key.name.empty() ? hash : mix(hash, std::hash<std::string>{}(key.name));
    }
};

bool is_name(Side side) { return side != Side::source && side != Side::destination; }

Key key_of(Matcher const& matcher, Hit const& hit, SightingTable::Hours hours) {
    auto const& flow = hit.flow;
    bool const by_source = hit.side == Side::source;
    return {.matcher = matcher.serial(),
            .indicator = hit.indicator,
            .matched = is_name(hit.side) ? base::Address()
                       : by_source       ? flow.source
                                         : flow.destination,
            .name = std::string(hit.name),
            .peer = by_source ? flow.destination : flow.source,
            .direction = hit.direction,
            .side = hit.side,
            .protocol = flow.protocol,
            .port = flow.destination_port,
            .hour = hours == SightingTable::Hours::apart
                        ? std::chrono::floor<std::chrono::hours>(flow.end).time_since_epoch().count()
                        : 0};
}

events::Observation new_sighting(Matcher const& matcher, Hit const& hit) {
    auto const& snapshot = matcher.snapshot();
    auto const value = snapshot.value(hit.indicator);
    auto ends = ends_of(hit);
    events::Observation sighting{.indicator = value.text(),
                                 .kind = std::string(indicators::to_text(value.kind)),
                                 .matched = std::move(ends.matched),
                                 .peer = ends.peer.text(),
                                 .direction = hit.direction,
                                 .side = hit.side,
                                 .protocol = hit.flow.protocol,
                                 .port = hit.flow.destination_port,
                                 .first = hit.flow.start,
                                 .last = hit.flow.end,
                                 .marking = snapshot.marking(hit.indicator),
                                 .readers = snapshot.readers(hit.indicator)};
    for (auto const source : snapshot.sources(hit.indicator)) sighting.sources.emplace_back(source);
    return sighting;
}

}  // namespace

Ends ends_of(Hit const& hit) {
    if (is_name(hit.side)) return {std::string(hit.name), hit.flow.source};
    bool const by_source = hit.side == Side::source;
    return {(by_source ? hit.flow.source : hit.flow.destination).text(),
            by_source ? hit.flow.destination : hit.flow.source};
}

struct SightingTable::Sums {
    std::unordered_map<Key, events::Observation, KeyHash> sightings;
    std::unordered_set<std::uint64_t> connections;  ///< Counted already, each together with its sighting.
};

SightingTable::SightingTable(Hours hours) : hours_(hours), sums_(std::make_unique<Sums>()) {}
SightingTable::~SightingTable() = default;

void SightingTable::add(Matcher const& matcher, Hit const& hit) {
    auto const key = key_of(matcher, hit, hours_);
    auto const& flow = hit.flow;
    bool const is_new_flow =
        flow.connection == 0 || sums_->connections.insert(mix(KeyHash{}(key), flow.connection)).second;
    auto found = sums_->sightings.find(key);
    if (found == sums_->sightings.end()) found = sums_->sightings.emplace(key, new_sighting(matcher, hit)).first;
    auto& sighting = found->second;
    sighting.flows += static_cast<std::uint64_t>(is_new_flow);
    sighting.packets += flow.packets;
    sighting.bytes += flow.bytes;
    sighting.first = std::min(sighting.first, flow.start);
    sighting.last = std::max(sighting.last, flow.end);
}

std::size_t SightingTable::size() const { return sums_->sightings.size(); }

std::vector<events::Observation> SightingTable::take() {
    std::vector<events::Observation> out;
    out.reserve(sums_->sightings.size());
    for (auto& [key, sighting] : sums_->sightings) out.push_back(std::move(sighting));
    *sums_ = {};
    auto const order = [](events::Observation const& s) {
        return std::tie(s.first, s.indicator, s.matched, s.peer, s.direction, s.side, s.protocol, s.port);
    };
    std::sort(out.begin(), out.end(), [&](auto const& a, auto const& b) { return order(a) < order(b); });
    return out;
}

}  // namespace kula::match
