#pragma once
/// @file
/// The one way to ask for the time. Injected everywhere, so that tests and exercises have a clock of their own.

#include <atomic>

#include "base/instant.hpp"

namespace kula::base {

class Clock {
public:
    virtual ~Clock() = default;
    /// Now, in UTC. Safe from any thread.
    [[nodiscard]] virtual Instant now() const = 0;
};

/// The machine's clock.
class SystemClock final : public Clock {
public:
    [[nodiscard]] Instant now() const override;
};

/// Stands still until it is moved; for tests and exercises.
class ManualClock final : public Clock {
public:
    explicit ManualClock(Instant start) : now_(start) {}
    [[nodiscard]] Instant now() const override { return now_.load(); }
    void set(Instant instant) { now_ = instant; }
    void advance(std::chrono::microseconds by) { now_ = now_.load() + by; }

private:
    std::atomic<Instant> now_;
};

}  // namespace kula::base
