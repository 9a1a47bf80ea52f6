#pragma once
// How long a question takes, asked many times.

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <functional>
#include <vector>

namespace kula::bench {

struct Percentiles {
    double p50;
    double p99;
};

inline Percentiles milliseconds_of(std::size_t rounds, std::function<void()> const& ask) {
    using Clock = std::chrono::steady_clock;
    std::vector<double> times;
    for (std::size_t round = 0; round < rounds; ++round) {
        auto const begun = Clock::now();
        ask();
        times.push_back(std::chrono::duration<double, std::milli>(Clock::now() - begun).count());
    }
    std::sort(times.begin(), times.end());
    return {times[times.size() / 2], times[times.size() * 99 / 100]};
}

}  // namespace kula::bench
