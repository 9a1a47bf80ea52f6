#pragma once
/// @file
/// Says once, to any number of threads, that they are to end. Safe from any thread.

#include <sys/eventfd.h>
#include <unistd.h>

#include <atomic>

namespace kula::collect {

class StopSignal {
public:
    StopSignal() : descriptor_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}
    ~StopSignal() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    StopSignal(StopSignal const&) = delete;
    StopSignal& operator=(StopSignal const&) = delete;

    /// Readable once it is raised, and from then on; negative where the kernel had none to give.
    [[nodiscard]] int descriptor() const { return descriptor_; }
    [[nodiscard]] bool is_raised() const { return is_raised_.load(std::memory_order_acquire); }
    void raise() {
        is_raised_.store(true, std::memory_order_release);
        ::eventfd_write(descriptor_, 1);
    }

private:
    int const descriptor_;
    std::atomic<bool> is_raised_ = false;
};

}  // namespace kula::collect
