// Swapping a set of indicators while matching goes on: how long a new set takes to build, and whether the matching
// thread ever waits for it.
//
// One thread matches batches without pause and notes the longest; another builds and swaps sets. The limit: building
// the same set while nothing else runs.

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <mutex>
#include <random>
#include <thread>
#include <vector>

#include <CLI/CLI.hpp>

#include "match/matching.hpp"

namespace {

using namespace kula;
using Seconds = std::chrono::duration<double>;

std::vector<indicators::Value> make_indicators(std::size_t count) {
    std::mt19937 random(1);
    std::vector<indicators::Value> out;
    while (out.size() < count) {
        auto const host = base::Address::v4(static_cast<std::uint32_t>(random()));
        out.push_back({.kind = indicators::Kind::address, .range = {host, host}});
    }
    return out;
}

std::shared_ptr<match::Matcher const> build(std::vector<indicators::Value> const& listed) {
    indicators::SnapshotBuilder builder;
    auto const source = builder.source("bench");
    for (auto const& value : listed) builder.add(value, source);
    return std::make_shared<match::Matcher>(builder.compile(), std::nullopt);
}

/// What the matching thread met.
struct Matched {
    std::uint64_t flows = 0;
    Seconds longest{0};
};

Matched match_until(std::atomic<bool> const& is_over, match::MatcherSource const& now) {
    std::mt19937 random(2);
    std::vector<formats::Flow> flows(match::Matcher::batch_size);
    for (auto& flow : flows) {
        flow.source = base::Address::v4(static_cast<std::uint32_t>(random()));
        flow.destination = base::Address::v4(static_cast<std::uint32_t>(random()));
    }
    Matched out;
    match::Matching matching(now, [](match::Matcher const&, match::Hit const&) {});
    while (!is_over) {
        auto const begun = std::chrono::steady_clock::now();
        matching.flows(flows);
        out.longest = std::max(out.longest, Seconds(std::chrono::steady_clock::now() - begun));
        out.flows += flows.size();
    }
    return out;
}

void run(std::size_t indicators, int swaps) {
    auto const listed = make_indicators(indicators);
    auto const alone_from = std::chrono::steady_clock::now();
    auto current = build(listed);
    Seconds const alone = std::chrono::steady_clock::now() - alone_from;

    std::mutex mutex;
    std::atomic<bool> is_over{false};
    Matched matched;
    auto const matching_from = std::chrono::steady_clock::now();
    std::thread matching([&] {
        matched = match_until(is_over, [&] {
            std::lock_guard const lock(mutex);
            return current;
        });
    });
    Seconds longest_swap{0};
    for (int i = 0; i < swaps; ++i) {
        auto const begun = std::chrono::steady_clock::now();
        auto fresh = build(listed);
        {
            std::lock_guard const lock(mutex);
            current.swap(fresh);
        }
        longest_swap = std::max(longest_swap, Seconds(std::chrono::steady_clock::now() - begun));
    }
    is_over = true;
    matching.join();
    Seconds const matching_for = std::chrono::steady_clock::now() - matching_from;
    fmt::print("{} indicators\n", indicators);
    fmt::print("built alone (limit)          {:8.3f} s\n", alone.count());
    fmt::print("built and swapped, longest   {:8.3f} s   (target < 0.5 s at 1 M)\n", longest_swap.count());
    fmt::print("longest batch while swapping {:8.3f} ms  of {} flows; {:.1f} Mflows/s on the side\n",
               matched.longest.count() * 1e3, match::Matcher::batch_size,
               static_cast<double>(matched.flows) / matching_for.count() / 1e6);
}

}  // namespace

int main(int argc, char** argv) {
    std::size_t indicators = 1'000'000;
    int swaps = 10;
    CLI::App app("Swapping indicators while matching");
    app.add_option("--indicators", indicators, "Listed addresses")->capture_default_str();
    app.add_option("--swaps", swaps, "How often")->capture_default_str();
    CLI11_PARSE(app, argc, argv);
    run(indicators, swaps);
    return 0;
}
