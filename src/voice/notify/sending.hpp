#pragma once
// What all senders of the outbox have in common: what wakes them, when they try again, and that an answer is not lost.

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <stop_token>
#include <string>
#include <variant>

#include "notify/letter.hpp"
#include "notify/outbox.hpp"

namespace kula::notify {

/// Rung by whoever enters a message; wakes all who wait.
class Bell {
public:
    void ring();
    /// How often it was rung. To be taken before it is looked whether there is something to do.
    [[nodiscard]] std::uint64_t rings() const;
    /// Until it is rung once more than `heard`, or so long.
    void wait(std::uint64_t heard, std::chrono::seconds longest, std::stop_token const& stop);

private:
    mutable std::mutex mutex_{};
    std::condition_variable_any signal_{};
    std::uint64_t rings_ = 0;
};

/// A sender's thread: sends while there is something, then waits for the bell, `look` at most. `send_one` says whether
/// the next one may follow at once; what it cannot do is told to `fault`.
void send_until_stopped(Bell& bell, std::chrono::seconds look,
                        std::function<void(std::string const& sentence)> const& fault, std::stop_token const& stop,
                        std::function<base::Result<bool>()> const& send_one);

/// Between two attempts.
struct Pauses {
    std::chrono::seconds first{60};      ///< Until the second attempt; each next one waits twice as long,
    std::chrono::seconds longest{3600};  ///< but no longer than that.
};

/// After so many attempts.
std::chrono::seconds pause_after(Pauses const& pauses, std::int64_t attempts);
/// It stays to be sent.
Settlement later(Message const& message, Pauses const& pauses, base::Instant now, std::string outcome,
                 std::string answer);
/// Nothing was tried, and by itself nothing will be.
Settlement ended(MessageState state, std::string_view reason, base::Instant now, std::string answer = {});
/// The letter, unless it is too late or not what was decided about.
base::Result<std::variant<Letter, Settlement>> still_to_send(Outbox const& outbox, Outbox::Due const& due,
                                                             base::Instant now);
/// What was answered is not lost for a database that does not answer: asks it again until it does, every `pause`.
base::Result<void> keep(Outbox const& outbox, MessageId id, Settlement const& settlement, std::chrono::seconds pause,
                        std::function<void(std::string const& sentence)> const& fault, std::stop_token const& stop);

}  // namespace kula::notify
