#pragma once
/// @file
/// Makes rounds as long as the server runs: at its start, when something is there to be told, and every ten minutes for
/// what time brings, reminders and escalations.

#include <condition_variable>
#include <mutex>
#include <thread>

#include "rounds/rounds.hpp"

namespace kula {

class RoundsRunner {
public:
    /// `rooms` outlive it.
    explicit RoundsRunner(rounds::Rounds::Rooms rooms);
    /// Ends behind the message that is made; the next start goes on there.
    ~RoundsRunner() = default;
    RoundsRunner(RoundsRunner const&) = delete;
    RoundsRunner& operator=(RoundsRunner const&) = delete;

    /// Whether this entry of the trail may bring something to tell.
    [[nodiscard]] static bool concerns(std::string_view deed, std::string_view subject);
    /// Makes a round soon. Safe from any thread.
    void wake();

private:
    void run(std::stop_token const& stop);

    rounds::Rounds rounds_;
    std::mutex mutex_{};
    std::condition_variable_any signal_{};
    bool is_woken_ = false;
    std::jthread thread_;
};

}  // namespace kula
