#include "waiting.hpp"

#include <algorithm>
#include <iterator>

#include "decision.hpp"
#include "storage/text.hpp"

namespace kula::events {
namespace {

constexpr std::size_t longest_text = 4096;
constexpr std::size_t most_sources = 100;
constexpr std::uint64_t most_counted = std::uint64_t{1} << 53;  // What JSON's readers keep exactly.

bool is_within_bounds(Observation const& seen) {
    auto const fits = [](std::string const& text) { return text.size() <= longest_text; };
    return fits(seen.indicator) && fits(seen.matched) && fits(seen.peer) && fits(seen.kind) && fits(seen.lineage) &&
           seen.sources.size() <= most_sources && std::all_of(seen.sources.begin(), seen.sources.end(), fits);
}

/// Names come from traffic and may hold any bytes.
void make_storable(std::string& text) {
    bool const is_utf8 = storage::is_storable_text(text);
    auto const is_unfit = [is_utf8](char c) {
        auto const byte = static_cast<unsigned char>(c);
        return byte < ' ' || byte == 0x7f || (byte > 0x7f && !is_utf8);
    };
    std::replace_if(text.begin(), text.end(), is_unfit, '?');
}

std::uint64_t sum(std::uint64_t a, std::uint64_t b) {
    return std::min(most_counted, std::min(most_counted, a) + std::min(most_counted, b));
}

}  // namespace

void Waiting::add(Observation const& seen, Dropped& dropped) {
    if (!is_within_bounds(seen)) {
        ++dropped.sightings;
        dropped.flows += seen.flows;
        return;
    }
    Observation clean = seen;
    for (auto* const text : {&clean.indicator, &clean.matched, &clean.peer, &clean.kind, &clean.lineage})
        make_storable(*text);
    for (auto& source : clean.sources) make_storable(source);
    auto const hour = hour_of(clean.last);
    auto const id = identity(hour, clean);
    auto const known = by_id_.find(id.uuid());
    if (known == by_id_.end()) {
        clean.flows = sum(clean.flows, 0);
        clean.packets = sum(clean.packets, 0);
        clean.bytes = sum(clean.bytes, 0);
        sightings_.push_back({id, hour, std::move(clean)});
        by_id_.emplace(id.uuid(), std::prev(sightings_.end()));
        return;
    }
    auto& sums = known->second->seen;
    sums.flows = sum(sums.flows, clean.flows);
    sums.packets = sum(sums.packets, clean.packets);
    sums.bytes = sum(sums.bytes, clean.bytes);
    sums.first = std::min(sums.first, clean.first);
    sums.last = std::max(sums.last, clean.last);
    sums.sources = std::move(clean.sources);
    sums.marking = clean.marking;
    sums.readers = std::move(clean.readers);
}

void Waiting::drop_oldest(Dropped& dropped) {
    if (sightings_.empty()) return;
    dropped.add(sightings_.front());
    by_id_.erase(sightings_.front().id.uuid());
    sightings_.pop_front();
}

std::vector<Sighting> Waiting::take() {
    std::vector<Sighting> out(std::make_move_iterator(sightings_.begin()), std::make_move_iterator(sightings_.end()));
    sightings_.clear();
    by_id_.clear();
    return out;
}

}  // namespace kula::events
