#include "events/aggregator.hpp"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "decision.hpp"
#include "storage/record.hpp"
#include "waiting.hpp"

namespace kula::events {

/// Sightings go from `waiting` into a batch, which keeps its number and its content until it is stored: a commit whose
/// outcome is unknown is repeated as it was.
struct SightingAggregator::State {
    State(SightingStore& used_store, AttributionSource used_attribution, CountryOf used_country,
          base::Clock const& used_clock, AggregatorOptions used_options)
        : store(used_store),
          attribution(std::move(used_attribution)),
          country(std::move(used_country)),
          clock(used_clock),
          options(used_options) {}

    void keep_flushing();
    base::Result<void> flush();
    enum class Batch { filled, kept };
    Batch fill_batch();
    base::Result<void> store_batch();
    /// Makes room for one more, oldest first; the caller holds `mutex`.
    void make_room();

    SightingStore& store;
    AttributionSource attribution;
    CountryOf country;
    base::Clock const& clock;
    AggregatorOptions options;

    std::mutex flushing;  ///< One flush at a time; taken before `mutex`.
    mutable std::mutex mutex;
    std::condition_variable woken;
    Waiting waiting;
    std::vector<Sighting> batch;  ///< Touched without `mutex` only while `is_storing`.
    std::uint64_t batch_number = 0;
    bool is_storing = false;
    bool is_closing = false;
    bool is_early = false;
    Dropped dropped;
    std::uint64_t flushed = 0;
    std::optional<base::Error> trouble;       ///< Written by the flushing thread only.
    std::optional<base::Instant> noted_hour;  ///< That something could be stored in; an idle store is left alone.
    std::thread thread;
};

void SightingAggregator::State::keep_flushing() {
    std::unique_lock lock(mutex);
    while (!is_closing) {
        woken.wait_for(lock, options.window, [this] { return is_closing || is_early; });
        is_early = false;
        if (is_closing) return;
        lock.unlock();
        (void)flush();
        lock.lock();
    }
}

base::Result<void> SightingAggregator::State::flush() {
    std::lock_guard const one_at_a_time(flushing);
    bool const is_retry = fill_batch() == Batch::kept;
    if (auto const stored = store_batch(); stored.has_error() || !is_retry) return stored;
    fill_batch();  // What came while the batch before could not be stored.
    return store_batch();
}

SightingAggregator::State::Batch SightingAggregator::State::fill_batch() {
    {
        std::lock_guard const lock(mutex);
        is_storing = true;
        if (!batch.empty()) return Batch::kept;
        batch = waiting.take();
        ++batch_number;
    }
    auto const known = attribution();
    for (auto& sighting : batch) {
        decide(sighting, *known, country);
        sighting.record = storage::new_record(clock, "system:collect", sighting.seen.marking, sighting.seen.lineage);
    }
    return Batch::filled;
}

base::Result<void> SightingAggregator::State::store_batch() {
    base::Result<void> stored;
    try {
        bool const has_news = !batch.empty() || trouble || noted_hour != hour_of(clock.now());
        if (has_news) stored = store.add(batch, batch_number);
    } catch (std::exception const& bug) {
        // Must not end the thread, nor stand in the way of all that comes behind.
        stored = base::invalid(bug.what());
    }
    std::lock_guard const lock(mutex);
    is_storing = false;
    if (stored.has_error()) {
        trouble = stored.error();
        if (stored.error().fault == base::Fault::unavailable) return stored;
        for (auto const& sighting : batch) dropped.add(sighting);
    } else {
        trouble.reset();
        flushed += batch.size();
        noted_hour = hour_of(clock.now());
    }
    batch.clear();
    return stored;
}

void SightingAggregator::State::make_room() {
    auto const held = waiting.size() + batch.size();
    if (held >= options.most_waiting / 2 && !is_storing && !trouble && !is_early) {
        is_early = true;
        woken.notify_one();
    }
    if (held < options.most_waiting) return;
    if (!is_storing && !batch.empty()) {
        auto const end =
            batch.begin() + static_cast<std::ptrdiff_t>(batch.size() / 64 + 1);  // Some at once: the rest moves up.
        std::for_each(batch.begin(), end, [this](Sighting const& sighting) { dropped.add(sighting); });
        batch.erase(batch.begin(), end);
    } else {
        waiting.drop_oldest(dropped);
    }
}

SightingAggregator::SightingAggregator(SightingStore& store, AttributionSource attribution, CountryOf country,
                                       base::Clock const& clock, AggregatorOptions options)
    : state_(std::make_unique<State>(store, std::move(attribution), std::move(country), clock, options)) {
    using namespace std::chrono_literals;
    state_->options.window = std::clamp<std::chrono::milliseconds>(options.window, 100ms, 1h);
    state_->options.most_waiting = std::max<std::size_t>(options.most_waiting, 2);
    state_->thread = std::thread([state = state_.get()] { state->keep_flushing(); });
}

SightingAggregator::~SightingAggregator() {
    {
        std::lock_guard const lock(state_->mutex);
        state_->is_closing = true;
    }
    state_->woken.notify_one();
    state_->thread.join();
    (void)state_->flush();
}

void SightingAggregator::add(std::span<Observation const> observations) {
    std::lock_guard const lock(state_->mutex);
    for (auto const& observation : observations) {
        state_->make_room();
        state_->waiting.add(observation, state_->dropped);
    }
}

base::Result<void> SightingAggregator::flush() { return state_->flush(); }

AggregatorState SightingAggregator::state() const {
    std::lock_guard const lock(state_->mutex);
    return {state_->waiting.size() + state_->batch.size(), state_->flushed, state_->dropped.sightings,
            state_->dropped.flows, state_->trouble};
}

}  // namespace kula::events
