#include "listed_files.hpp"

#include <chrono>

namespace kula::intake {
namespace {

constexpr unsigned most_silent = 10;  // downloads that yield nothing, in a row
constexpr std::chrono::seconds longest_asking = std::chrono::hours(1);

}  // namespace

void take_listed(std::size_t listed, std::size_t most, std::function<base::Result<bool>(std::size_t place)> const& take,
                 Attempt& attempt, std::stop_token const& stop) {
    auto const until = std::chrono::steady_clock::now() + longest_asking;
    std::size_t taken = 0, unreadable = 0;
    unsigned silent = 0;
    for (std::size_t place = 0; place < listed; ++place) {
        // At once again only where that brings something: those that cannot be read are asked for at the next look.
        bool const is_late = std::chrono::steady_clock::now() > until;
        attempt.is_waiting = taken == most || (is_late && taken > 0);
        bool const is_enough = attempt.is_waiting || is_late || unreadable == most || silent == most_silent;
        if (is_enough || stop.stop_requested()) return;
        auto const took = take(place);
        silent = took ? 0 : silent + 1;
        if (took) ++(*took ? taken : unreadable);
        if (!took && !attempt.failed) attempt.failed = took.error();
    }
}

}  // namespace kula::intake
