#include "bus/dispatcher.hpp"

#include <algorithm>
#include <stop_token>
#include <thread>
#include <utility>
#include <vector>

#include "base/must.hpp"
#include "subscriber.hpp"

namespace kula::bus {

struct Dispatcher::State {
    Source& source;
    Waiting& waiting;
    DispatcherOptions options;
    std::vector<Subscriber> subscribers{};
    std::jthread thread{};

    void work(std::stop_token const& stop) {
        while (!stop.stop_requested()) {
            auto const pause = deliver(stop) - waiting.now();
            if (pause.count() > 0) waiting.wait(pause, stop);
        }
    }
    /// One round; yields when the next one is due.
    std::chrono::milliseconds deliver(std::stop_token const& stop) {
        auto next = waiting.now() + options.poll;
        for (auto& subscriber : subscribers) {
            if (subscriber.paused_until().value_or(waiting.now()) <= waiting.now()) {
                auto const delivered = subscriber.deliver(source, waiting, options, stop);
                if (delivered == Delivered::some) next = waiting.now();
            }
            next = std::min(next, subscriber.paused_until().value_or(next));
        }
        return next;
    }
};

Dispatcher::Dispatcher(Source& source, Waiting& waiting, DispatcherOptions options)
    : state_(std::make_unique<State>(State{source, waiting, options})) {
    base::must(options.attempts >= 1 && options.attempts <= 1'000, "a message is tried 1 to 1,000 times");
    base::must(
        options.first_pause.count() > 0 && options.longest_pause >= options.first_pause && options.poll.count() > 0,
        "pauses are longer than nothing");
}

Dispatcher::~Dispatcher() { stop(); }

void Dispatcher::subscribe(std::string name, Handler handler) {
    base::must(!state_->thread.joinable(), "subscribers come before the start");
    base::must(!name.empty() && name.size() <= 64, "a subscriber's name is 1 to 64 bytes");
    bool const is_new = std::none_of(state_->subscribers.begin(), state_->subscribers.end(),
                                     [&name](Subscriber const& other) { return other.name() == name; });
    base::must(is_new, "each subscriber has a name of its own");
    state_->subscribers.emplace_back(std::move(name), std::move(handler));
}

void Dispatcher::start() {
    base::must(!state_->thread.joinable(), "a dispatcher is started once");
    state_->thread = std::jthread([state = state_.get()](std::stop_token const& stop) { state->work(stop); });
}

void Dispatcher::wake() { state_->waiting.wake(); }

void Dispatcher::stop() {
    state_->thread.request_stop();
    state_->waiting.wake();
    if (state_->thread.joinable()) state_->thread.join();
}

}  // namespace kula::bus
