#pragma once
/// @file
/// Delivers messages to subscribers, in one thread: to each in order and at least once.
///
/// A handler that fails gets the same message again, after pauses that double; when it has failed too often the message
/// is buried as a dead letter and delivery goes on with the next one. One subscriber's pauses do not hold up another.
/// What was handled and not yet confirmed when the program ended is delivered again: handlers are idempotent by the
/// message's sequence number.

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "bus/source.hpp"
#include "bus/waiting.hpp"

namespace kula::bus {

/// Runs in the dispatcher's thread. An exception counts as a failure, too.
using Handler = std::function<base::Result<void>(Message const&)>;

struct DispatcherOptions {
    int attempts = 10;                                    ///< With one message, until it is buried; 1 to 1,000.
    std::chrono::milliseconds first_pause{1'000};         ///< After the first failure; doubles with each further one.
    std::chrono::milliseconds longest_pause{5 * 60'000};  ///< Where doubling ends.
    std::chrono::milliseconds poll{1'000};                ///< Looks for messages at least so often.
};

class Dispatcher {
public:
    /// The source and the waiting outlive the dispatcher.
    Dispatcher(Source& source, Waiting& waiting, DispatcherOptions options = {});
    /// Stops.
    ~Dispatcher();
    Dispatcher(Dispatcher const&) = delete;
    Dispatcher& operator=(Dispatcher const&) = delete;

    /// Before `start` only; each name once, 1 to 64 bytes. The name is the subscriber's cursor: it stays the same over
    /// versions.
    void subscribe(std::string name, Handler handler);
    void start();
    /// There may be messages: look now. Safe from any thread.
    void wake();
    /// Returns when the running handler has returned; no further one is called. Safe to repeat.
    void stop();

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace kula::bus
