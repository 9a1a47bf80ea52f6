#pragma once
// Sightings and observations made for tests, on documentation and benchmark space.

#include <random>

#include "decision.hpp"
#include "events/store.hpp"
#include "storage/record.hpp"

namespace kula::events {

inline base::Instant at(int hour, int minute = 0, int day = 21) {
    return base::Instant(std::chrono::sys_days(std::chrono::year(2026) / 11 / day) + std::chrono::hours(hour) +
                         std::chrono::minutes(minute));
}

inline Observation observation(std::string matched = "198.51.100.7", std::string peer = "192.0.2.9",
                               base::Instant last = at(10, 5)) {
    Observation out;
    out.indicator = matched;
    out.kind = "address";
    out.matched = std::move(matched);
    out.peer = std::move(peer);
    out.direction = Direction::outbound;
    out.side = Side::destination;
    out.protocol = 6;
    out.port = 443;
    out.flows = 1;
    out.packets = 10;
    out.bytes = 1000;
    out.first = last - std::chrono::seconds(30);
    out.last = last;
    out.sources = {"example-list"};
    out.marking = {base::Tlp::green, base::Pap::clear};
    out.lineage = "exporter:192.0.2.1";
    return out;
}

inline registry::OrganisationId organisation(int number) {
    char text[37];
    std::snprintf(text, sizeof text, "01930b2e-6c00-7000-8000-%012d", number);
    return *registry::OrganisationId::parse(text);
}

/// Organisation n owns 192.0.2.(16n) to (16n+15), of the sectors health, energy and none in turn.
inline registry::Attribution const& sixteen_owners() {
    static registry::Attribution const attribution([] {
        std::vector<registry::Attribution::Claimant> claimants;
        for (int n = 0; n < 12; ++n) {
            auto const sector = n % 3 == 0   ? std::optional<std::string>("health")
                                : n % 3 == 1 ? std::optional<std::string>("energy")
                                             : std::nullopt;
            claimants.push_back({{organisation(n), "Example " + std::to_string(n), sector},
                                 {*registry::Network::parse("192.0.2." + std::to_string(16 * n) + "/28")}});
        }
        return claimants;
    }());
    return attribution;
}

inline std::optional<std::string> country(base::Address address) {
    static char const* const countries[] = {"NL", "DE", "US"};
    auto const last = address.number4() & 255;
    return last % 4 == 3 ? std::nullopt : std::optional<std::string>(countries[last % 4]);
}

inline Sighting sighting(Observation seen) {
    Sighting out{};
    out.hour = hour_of(seen.last);
    out.id = identity(out.hour, seen);
    base::ManualClock const clock(seen.last);
    out.record = storage::new_record(clock, "system:test", seen.marking, seen.lineage);
    out.seen = std::move(seen);
    decide(out, sixteen_owners(), country);
    return out;
}

/// Believable traffic of `hours` hours that begin at `from`: the same numbers for the same seed.
inline std::vector<Sighting> traffic(std::size_t count, base::Instant from, int hours, unsigned seed) {
    std::mt19937 random(seed);
    auto const below = [&random](unsigned limit) { return static_cast<int>(random() % limit); };
    std::vector<Sighting> out;
    out.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        auto const foreign = "198.18." + std::to_string(below(4)) + '.' + std::to_string(below(40));
        auto const national = "192.0.2." + std::to_string(below(250));
        auto const last = from + std::chrono::hours(below(static_cast<unsigned>(hours))) +
                          std::chrono::milliseconds(below(3'600'000));
        auto seen = observation(foreign, national, last);
        seen.direction = static_cast<Direction>(below(5));
        seen.side = below(2) == 0 ? Side::source : Side::destination;
        seen.indicator = below(3) == 0 ? "198.18.0.0/15" : seen.matched;
        seen.protocol = below(4) == 0 ? 17 : 6;
        seen.port = static_cast<std::uint16_t>(below(3) == 0 ? 53 : 440 + below(8));
        seen.flows = static_cast<std::uint64_t>(1 + below(20));
        seen.packets = seen.flows * 7;
        seen.bytes = seen.packets * static_cast<std::uint64_t>(60 + below(1000));
        seen.first = last - std::chrono::milliseconds(below(600'000));
        out.push_back(sighting(std::move(seen)));
    }
    return out;
}

}  // namespace kula::events
