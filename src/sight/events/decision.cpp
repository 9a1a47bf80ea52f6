#include "decision.hpp"

#include <algorithm>
#include <array>

#include "base/must.hpp"
#include "storage/digest.hpp"

namespace kula::events {
namespace {

/// Of one direction, for a flow's listed source and destination, and for a name whose peer is the client (the source).
Ends flow_ends(Direction direction, bool is_source) {
    switch (direction) {
        case Direction::outbound: return is_source ? Ends{End::matched, End::peer} : Ends{End::peer, End::matched};
        case Direction::inbound: return is_source ? Ends{End::peer, End::matched} : Ends{End::matched, End::peer};
        case Direction::internal: return {End::matched, End::none};
        case Direction::transit:
        case Direction::unknown: break;
    }
    return {End::none, End::matched};
}

Ends name_ends(Direction direction) {
    switch (direction) {
        case Direction::outbound:
        case Direction::internal: return {End::peer, End::none};
        case Direction::inbound:
        case Direction::transit:
        case Direction::unknown: break;
    }
    return {End::none, End::peer};
}

std::optional<std::string> text_of(End end, Observation const& seen) {
    if (end == End::none) return std::nullopt;
    return end == End::matched ? seen.matched : seen.peer;
}

}  // namespace

base::Instant hour_of(base::Instant instant) { return std::chrono::floor<std::chrono::hours>(instant); }

SightingId identity(base::Instant hour, Observation const& seen) {
    std::string key;
    for (auto const* const text : {&seen.indicator, &seen.matched, &seen.peer}) {
        key += *text;
        key += '\0';
    }
    for (int const number : {static_cast<int>(seen.direction), static_cast<int>(seen.side),
                             static_cast<int>(seen.protocol), seen.port >> 8, seen.port & 255}) {
        key += static_cast<char>(number);
    }
    auto const digest = storage::sha256(key);
    auto const milliseconds = std::chrono::floor<std::chrono::milliseconds>(hour).time_since_epoch().count();
    std::array<std::uint8_t, 16> bytes{};
    for (std::size_t i = 0; i < 6; ++i) bytes[i] = static_cast<std::uint8_t>(milliseconds >> (40 - 8 * i));
    std::copy_n(digest.begin(), 10, bytes.begin() + 6);
    bytes[6] = static_cast<std::uint8_t>(0x70 | (bytes[6] & 0x0f));  // RFC 9562 §5.7: version and variant.
    bytes[8] = static_cast<std::uint8_t>(0x80 | (bytes[8] & 0x3f));
    static constexpr char digits[] = "0123456789abcdef";
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10) text += '-';
        text += digits[bytes[i] >> 4];
        text += digits[bytes[i] & 15];
    }
    auto const id = SightingId::parse(text);
    base::must(id.has_value(), "16 bytes make a UUID");
    return *id;
}

Ends ends_of(Direction direction, Side side) {
    bool const is_name = side != Side::source && side != Side::destination;
    return is_name ? name_ends(direction) : flow_ends(direction, side == Side::source);
}

void decide(Sighting& sighting, registry::Attribution const& attribution, CountryOf const& country) {
    auto const ends = ends_of(sighting.seen.direction, sighting.seen.side);
    sighting.national_address = text_of(ends.national, sighting.seen);
    sighting.foreign_address = text_of(ends.foreign, sighting.seen);
    auto const national = base::Address::parse(sighting.national_address.value_or(""));
    auto const foreign = base::Address::parse(sighting.foreign_address.value_or(""));
    if (foreign && country) sighting.country = country(*foreign);
    auto const owned = national ? attribution.of_address(*national) : std::nullopt;
    if (!owned) return;
    sighting.organisation = owned->organisation->id;
    sighting.network = owned->claim->network.text();
    sighting.sector = owned->organisation->sector;
}

}  // namespace kula::events
