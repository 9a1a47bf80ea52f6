#include "flow_table.hpp"

#include <algorithm>
#include <random>
#include <utility>

namespace kula::formats {
namespace {

constexpr std::size_t first_slots = 4096;

std::uint64_t fold(std::uint64_t left, std::uint64_t right) {
    auto const product = base::Uint128{left} * right;
    return static_cast<std::uint64_t>(product >> 64) ^ static_cast<std::uint64_t>(product);
}

/// Different in every process, so that nobody can send packets that all fall into one place.
std::uint64_t random_seed() {
    std::random_device device;
    return std::uint64_t{device()} << 32 | device();
}

std::uint64_t high(base::Address const& address) { return static_cast<std::uint64_t>(address.number() >> 64); }
std::uint64_t low(base::Address const& address) { return static_cast<std::uint64_t>(address.number()); }

bool are_of_one(Flow const& left, Flow const& right) {
    return left.source == right.source && left.destination == right.destination &&
           left.source_port == right.source_port && left.destination_port == right.destination_port &&
           left.protocol == right.protocol;
}

Flow begin_flow(Packet const& packet, SeenPackets const& seen) {
    Flow flow;
    flow.source = packet.source;
    flow.destination = packet.destination;
    flow.source_port = packet.source_port;
    flow.destination_port = packet.destination_port;
    flow.protocol = packet.protocol;
    flow.packets = seen.packets;
    flow.bytes = seen.bytes;
    flow.start = seen.first;
    flow.end = seen.last;
    return flow;
}

}  // namespace

FlowTable::FlowTable(std::chrono::seconds idle, std::chrono::seconds active, std::size_t most_flows)
    : idle_(idle),
      active_(active),
      most_flows_(std::clamp<std::size_t>(most_flows, 1, std::size_t{1} << 31)),
      seed_(random_seed()),
      slots_(first_slots) {}

std::uint32_t FlowTable::hash(Packet const& packet) const {
    auto const ports = std::uint64_t{packet.source_port} << 32 | std::uint64_t{packet.destination_port} << 16 |
                       std::uint64_t{packet.protocol} << 8 | static_cast<std::uint64_t>(packet.source.family());
    auto mixed = fold(low(packet.source) ^ seed_, low(packet.destination) ^ 0xa0761d6478bd642full);
    if (!packet.source.is_v4()) {
        mixed ^= fold(high(packet.source) ^ 0xe7037ed1a0b428dbull, high(packet.destination) ^ seed_);
    }
    mixed = fold(mixed ^ 0x8ebc6af09c88c6e3ull, ports ^ seed_);
    return static_cast<std::uint32_t>(mixed ^ mixed >> 32);
}

std::uint32_t FlowTable::find(Arrival const& arrival) const {
    auto const mask = slots_.size() - 1;
    for (auto place = arrival.hash & mask; slots_[place].entry != none; place = (place + 1) & mask) {
        auto const& slot = slots_[place];
        if (slot.hash == arrival.hash && are_of_one(entries_[slot.entry].flow, arrival.flow)) return slot.entry;
    }
    return none;
}

void FlowTable::add(Packet const& packet, SeenPackets const& seen, TrafficSink& sink) {
    auto const key = hash(packet);
    __builtin_prefetch(&slots_[key & (slots_.size() - 1)]);
    arrivals_[arrived_] = {begin_flow(packet, seen), key};
    if (++arrived_ == arrivals_.size()) work_off(sink);
}

void FlowTable::work_off(TrafficSink& sink) {
    for (std::size_t i = 0; i < arrived_; ++i) {
        auto const& slot = slots_[arrivals_[i].hash & (slots_.size() - 1)];
        if (slot.entry == none) continue;
        auto const* const first = reinterpret_cast<std::byte const*>(&entries_[slot.entry]);
        __builtin_prefetch(first);
        __builtin_prefetch(first + 64);
    }
    for (std::size_t i = 0; i < arrived_; ++i) count(arrivals_[i], sink);
    arrived_ = 0;
}

void FlowTable::count(Arrival const& arrival, TrafficSink& sink) {
    auto const& seen = arrival.flow;
    end_idle(seen.end, sink);
    auto const known = find(arrival);
    if (known == none) return insert(arrival, sink);
    auto& flow = entries_[known].flow;
    // Captures may be out of order, or written one behind the other with a jump back in time.
    bool const is_idle = seen.start - flow.end > idle_ || flow.start - seen.end > idle_;
    auto const start = std::min(flow.start, seen.start);
    auto const last = std::max(flow.end, seen.end);
    if (is_idle || last - start > active_) {
        ended_.add(flow, sink);
        flow = seen;
        return;
    }
    flow.packets += seen.packets;
    flow.bytes += seen.bytes;
    flow.start = start;
    flow.end = last;
}

void FlowTable::insert(Arrival const& arrival, TrafficSink& sink) {
    if (used_ >= most_flows_) end_oldest(sink);
    if ((used_ + 1) * 2 > slots_.size()) widen();
    auto entry = free_;
    if (entry == none) {
        entry = static_cast<std::uint32_t>(entries_.size());
        entries_.emplace_back();
    } else {
        free_ = entries_[entry].next;
    }
    entries_[entry].flow = arrival.flow;
    entries_[entry].hash = arrival.hash;
    occupy(arrival.hash, entry);
    enqueue(entry);
    ++used_;
}

void FlowTable::occupy(std::uint32_t hash, std::uint32_t entry) {
    auto const mask = slots_.size() - 1;
    auto place = hash & mask;
    while (slots_[place].entry != none) place = (place + 1) & mask;
    slots_[place] = {hash, entry};
}

void FlowTable::widen() {
    auto const old = std::exchange(slots_, std::vector<Slot>(slots_.size() * 2));
    for (auto const& slot : old) {
        if (slot.entry != none) occupy(slot.hash, slot.entry);
    }
}

/// Empties the entry's slot and moves back what had to be placed behind it.
void FlowTable::vacate(std::uint32_t entry) {
    auto const mask = slots_.size() - 1;
    auto hole = entries_[entry].hash & mask;
    while (slots_[hole].entry != entry) hole = (hole + 1) & mask;
    for (auto place = (hole + 1) & mask; slots_[place].entry != none; place = (place + 1) & mask) {
        auto const home = slots_[place].hash & mask;
        if (((place - home) & mask) < ((place - hole) & mask)) continue;
        slots_[hole] = slots_[place];
        hole = place;
    }
    slots_[hole] = {};
}

void FlowTable::enqueue(std::uint32_t entry) {
    entries_[entry].queued = entries_[entry].flow.end;
    entries_[entry].next = none;
    (back_ == none ? front_ : entries_[back_].next) = entry;
    back_ = entry;
}

std::uint32_t FlowTable::dequeue() {
    auto const entry = front_;
    front_ = entries_[entry].next;
    if (front_ == none) back_ = none;
    return entry;
}

void FlowTable::end(std::uint32_t entry, TrafficSink& sink) {
    ended_.add(entries_[entry].flow, sink);
    vacate(entry);
    entries_[entry].next = free_;
    free_ = entry;
    --used_;
}

/// Keeping the queue in order with every packet would touch three flows a packet: a flow that was active since it was
/// queued is put at the back when it comes to the front.
void FlowTable::end_idle(base::Instant now, TrafficSink& sink) {
    while (front_ != none && now - entries_[front_].queued > idle_) {
        auto const entry = dequeue();
        if (now - entries_[entry].flow.end > idle_) {
            end(entry, sink);
        } else {
            enqueue(entry);
        }
    }
}

void FlowTable::end_oldest(TrafficSink& sink) {
    constexpr int most_tries = 16;
    for (int tries = 0; tries < most_tries; ++tries) {
        auto const entry = dequeue();
        if (entries_[entry].flow.end <= entries_[entry].queued || tries + 1 == most_tries) return end(entry, sink);
        enqueue(entry);
    }
}

void FlowTable::tell(TrafficSink& sink) {
    work_off(sink);
    ended_.tell(sink);
}

void FlowTable::finish(TrafficSink& sink) {
    work_off(sink);
    while (front_ != none) end(dequeue(), sink);
    tell(sink);
}

}  // namespace kula::formats
