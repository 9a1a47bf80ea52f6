#include "findings_follower.hpp"

#include <spdlog/spdlog.h>

#include <chrono>
#include <condition_variable>
#include <mutex>

namespace kula {
namespace {

/// A look costs two reads of one row where nothing came.
constexpr auto between_follows = std::chrono::seconds(2);
constexpr auto behind_a_failure = std::chrono::seconds(30);

void tell(findings::Followed const& followed) {
    auto const [deliveries, opened, reopened, verified, ended, weighed] = followed;
    if (weighed > 0) spdlog::info("findings: {} weighed anew by what is known to be exploited", weighed);
    if (opened + reopened + verified + ended == 0) return;
    spdlog::info("findings, of {} deliveries: {} opened, {} reopened, {} verified; {} accepted risks ended", deliveries,
                 opened, reopened, verified, ended);
}

}  // namespace

FindingsFollower::FindingsFollower(findings::Findings& findings)
    : findings_(findings), thread_([this](std::stop_token const& stop) { run(stop); }) {}

void FindingsFollower::run(std::stop_token const& stop) {
    std::mutex mutex;
    std::unique_lock lock(mutex);
    std::condition_variable_any signal;
    while (!stop.stop_requested()) {
        auto const followed = findings_.follow(stop);
        if (followed) tell(*followed);
        if (!followed) spdlog::warn("findings follow no deliveries: {}", followed.error().detail);
        signal.wait_for(lock, stop, followed ? between_follows : behind_a_failure,
                        [&] { return stop.stop_requested(); });
    }
}

}  // namespace kula
