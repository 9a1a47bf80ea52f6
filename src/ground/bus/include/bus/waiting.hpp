#pragma once
/// @file
/// How the dispatcher waits: by the clock on the wall in a program, by a clock of their own in tests.

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stop_token>

namespace kula::bus {

class Waiting {
public:
    virtual ~Waiting() = default;
    /// Time that never goes back, since some beginning.
    [[nodiscard]] virtual std::chrono::milliseconds now() const = 0;
    /// Until the pause is over, `wake` was called (also before) or a stop is asked for.
    virtual void wait(std::chrono::milliseconds pause, std::stop_token const& stop) = 0;
    /// Safe from any thread.
    virtual void wake() = 0;
};

/// The machine's steady clock.
class RealWaiting final : public Waiting {
public:
    [[nodiscard]] std::chrono::milliseconds now() const override;
    void wait(std::chrono::milliseconds pause, std::stop_token const& stop) override;
    void wake() override;

private:
    std::mutex mutex_;
    std::condition_variable_any woken_;
    bool is_woken_ = false;
};

}  // namespace kula::bus
