#include "fragments.hpp"

#include <algorithm>
#include <cstring>

namespace kula::formats {
namespace {

constexpr std::size_t fragment_unit = 8;  // fragments begin at multiples of eight bytes
constexpr std::size_t longest_whole = 65535;

/// How many units hold so many bytes.
std::size_t units_of(std::size_t bytes) { return (bytes + fragment_unit - 1) / fragment_unit; }

/// Copies what has not come yet.
void store(HeldFragments& held, std::size_t offset, std::span<std::byte const> bytes) {
    if (offset + bytes.size() > longest_whole) return;
    auto const needed = offset + bytes.size();
    if (held.bytes.size() < needed) held.bytes.resize(needed);
    if (held.present.size() < units_of(needed)) held.present.resize(units_of(needed));
    for (std::size_t done = 0; done < bytes.size(); done += fragment_unit) {
        auto const place = (offset + done) / fragment_unit;
        if (held.present[place]) continue;
        held.present[place] = true;
        ++held.present_count;
        std::memcpy(held.bytes.data() + offset + done, bytes.data() + done,
                    std::min(fragment_unit, bytes.size() - done));
    }
}

/// Once the length is known, what was sent beyond it does not count.
void cut_to(HeldFragments& held, std::size_t total) {
    auto const units = units_of(total);
    if (held.present.size() > units) held.present.resize(units);
    if (held.bytes.size() > total) held.bytes.resize(total);
    held.present_count = static_cast<std::size_t>(std::count(held.present.begin(), held.present.end(), true));
    held.total = total;
}

/// Bytes of the fragmentable part that the fragment should hold; what a capture cut off is missing in `ip_payload`.
std::span<std::byte const> whole_units(Packet const& packet) {
    auto const bytes = packet.ip_payload;
    bool const is_uneven = packet.is_cut || packet.fragment->more;
    return is_uneven ? bytes.first(bytes.size() / fragment_unit * fragment_unit) : bytes;
}

}  // namespace

bool HeldFragments::is_whole() const { return has_first && total && present_count == units_of(*total); }

void HeldFragments::count(SeenPackets const& seen) {
    if (waiting.packets == 0) {
        waiting = seen;
        return;
    }
    waiting.packets += seen.packets;
    waiting.bytes += seen.bytes;
    waiting.first = std::min(waiting.first, seen.first);
    waiting.last = std::max(waiting.last, seen.last);
}

std::size_t FragmentStore::KeyHash::operator()(Key const& key) const noexcept {
    std::hash<base::Address> const hash;
    return (hash(key.source) * 31 + hash(key.destination)) * 31 + (std::size_t{key.id} << 8 | key.protocol);
}

FragmentStore::Key FragmentStore::key_of(Packet const& packet) {
    std::uint8_t const protocol = packet.source.is_v4() ? packet.protocol : std::uint8_t{0};
    return {packet.source, packet.destination, packet.fragment->id, protocol};
}

HeldFragments FragmentStore::take_out(std::list<Held>::iterator held) {
    auto fragments = std::move(held->fragments);
    bytes_ -= fragments.bytes.capacity();
    by_key_.erase(held->key);
    held_.erase(held);
    return fragments;
}

std::optional<HeldFragments> FragmentStore::take_surplus(base::Instant now) {
    if (held_.empty()) return std::nullopt;
    bool const is_full = held_.size() >= limits_.datagrams || bytes_ > limits_.bytes;
    if (!is_full && now - held_.front().fragments.since <= limits_.age) return std::nullopt;
    return take_out(held_.begin());
}

std::optional<HeldFragments> FragmentStore::take_any() {
    if (held_.empty()) return std::nullopt;
    return take_out(held_.begin());
}

HeldFragments& FragmentStore::find_or_begin(Packet const& packet, base::Instant time, std::uint64_t number) {
    auto const key = key_of(packet);
    auto const known = by_key_.find(key);
    if (known != by_key_.end()) {
        auto& held = known->second->fragments;
        if (!held.is_done || !packet.fragment->is_first()) return held;
        take_out(known->second);
    }
    held_.push_back({key, {}});
    by_key_.emplace(key, std::prev(held_.end()));
    auto& held = held_.back().fragments;
    held.head = packet;
    held.head.fragment.reset();
    held.head.ip_payload = held.head.udp_payload = {};
    held.number = number;
    held.since = time;
    return held;
}

HeldFragments& FragmentStore::add(Packet const& packet, base::Instant time, std::uint64_t number) {
    auto& held = find_or_begin(packet, time, number);
    auto const& fragment = *packet.fragment;
    if (fragment.is_first() && !held.has_first) {
        held.has_first = true;
        held.begins_with = fragment.protocol;
        held.head.protocol = packet.protocol;
        held.head.has_ports = packet.has_ports;
        held.head.source_port = packet.source_port;
        held.head.destination_port = packet.destination_port;
    }
    held.count({1, packet.ip_bytes, time, time});
    if (held.is_done) return held;

    auto const before = held.bytes.capacity();
    auto const payload = whole_units(packet);
    if (!held.total || fragment.offset + payload.size() <= *held.total) store(held, fragment.offset, payload);
    if (!fragment.more && !packet.is_cut && !held.total) cut_to(held, fragment.offset + payload.size());
    bytes_ += held.bytes.capacity() - before;
    return held;
}

void FragmentStore::finish(HeldFragments& held) {
    bytes_ -= held.bytes.capacity();
    held.bytes = std::vector<std::byte>();  // `= {}` would keep the memory
    held.present = std::vector<bool>();
    held.waiting = {};
    held.is_done = true;
}

}  // namespace kula::formats
