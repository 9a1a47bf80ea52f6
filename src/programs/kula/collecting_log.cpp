#include "collecting_log.hpp"

#include <spdlog/spdlog.h>

#include <chrono>
#include <condition_variable>
#include <mutex>

namespace kula {
namespace {

constexpr auto between_notes = std::chrono::minutes(1);

/// What its sequence numbers count.
std::uint64_t numbered(formats::ExporterState const& state) {
    using Protocol = formats::ExportProtocol;
    bool const counts_records = state.protocol == Protocol::netflow5 || state.protocol == Protocol::ipfix;
    return counts_records ? state.records : state.datagrams;
}

}  // namespace

std::vector<events::CollectedShare> ShareCounter::since_last(std::vector<formats::ExporterState> const& exporters,
                                                             base::Instant now) {
    std::map<std::string, Counts> counts;
    for (auto const& state : exporters) {
        auto& of_it = counts[state.exporter.address.text()];
        of_it.came += numbered(state);
        of_it.lost += state.lost;
    }
    auto const hour = std::chrono::floor<std::chrono::hours>(now);
    std::vector<events::CollectedShare> out;
    for (auto const& [exporter, present] : counts) {
        auto const& before = before_[exporter];
        // A datagram that comes late is taken back off what was lost.
        auto const lost = present.lost > before.lost ? present.lost - before.lost : 0;
        auto const came = present.came >= before.came ? present.came - before.came : present.came;
        out.push_back({hour, exporter, came, lost, 1});
    }
    before_ = std::move(counts);
    return out;
}

CollectingLog::CollectingLog(collect::Collector const& collector, events::SightingAggregator const& aggregator,
                             events::SightingStore& sightings, base::Clock const& clock)
    : collector_(collector),
      aggregator_(aggregator),
      sightings_(sightings),
      clock_(clock),
      thread_([this](std::stop_token const& stop) { run(stop); }) {}

CollectingLog::~CollectingLog() {
    thread_.request_stop();
    thread_.join();
    note();
}

void CollectingLog::run(std::stop_token const& stop) {
    std::mutex mutex;
    std::unique_lock lock(mutex);
    std::condition_variable_any signal;
    while (!signal.wait_for(lock, stop, between_notes, [&] { return stop.stop_requested(); })) note();
}

void CollectingLog::note() {
    auto shares = counter_.since_last(collector_.state().exporters, clock_.now());
    // What was seen and could not be kept is as good as not collected, whoever told it.
    auto const dropped = aggregator_.state().dropped_sightings;
    if (dropped > dropped_)
        for (auto& share : shares) share.lost += share.came + 1;
    dropped_ = dropped;
    auto const noted = sightings_.note_collected(shares);
    if (!noted) spdlog::warn("what exporters told in this minute is not written down: {}", noted.error().detail);
}

}  // namespace kula
