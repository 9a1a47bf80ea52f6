#include "bus/waiting.hpp"

#include <utility>

namespace kula::bus {

std::chrono::milliseconds RealWaiting::now() const {
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch());
}

void RealWaiting::wait(std::chrono::milliseconds pause, std::stop_token const& stop) {
    std::unique_lock lock(mutex_);
    woken_.wait_for(lock, stop, pause, [this] { return is_woken_; });
    is_woken_ = false;
}

void RealWaiting::wake() {
    {
        std::lock_guard const lock(mutex_);
        is_woken_ = true;
    }
    woken_.notify_all();
}

}  // namespace kula::bus
