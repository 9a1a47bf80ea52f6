#include "sending.hpp"

#include <algorithm>

namespace kula::notify {

void Bell::ring() {
    std::lock_guard const lock(mutex_);
    ++rings_;
    signal_.notify_all();
}

std::uint64_t Bell::rings() const {
    std::lock_guard const lock(mutex_);
    return rings_;
}

void Bell::wait(std::uint64_t heard, std::chrono::seconds longest, std::stop_token const& stop) {
    std::unique_lock lock(mutex_);
    signal_.wait_for(lock, stop, longest, [&] { return rings_ > heard; });
}

void send_until_stopped(Bell& bell, std::chrono::seconds look,
                        std::function<void(std::string const& sentence)> const& fault, std::stop_token const& stop,
                        std::function<base::Result<bool>()> const& send_one) {
    while (!stop.stop_requested()) {
        auto const heard = bell.rings();
        auto const sent = send_one();
        if (!sent && !stop.stop_requested()) fault(sent.error().detail);
        if (sent && *sent) continue;
        bell.wait(heard, look, stop);
    }
}

std::chrono::seconds pause_after(Pauses const& pauses, std::int64_t attempts) {
    auto pause = pauses.first;
    for (std::int64_t attempt = 1; attempt < attempts && pause < pauses.longest; ++attempt)
        pause = std::min(2 * pause, pauses.longest);
    return pause;
}

Settlement later(Message const& message, Pauses const& pauses, base::Instant now, std::string outcome,
                 std::string answer) {
    Settlement out{MessageState::waiting, {}, {0, now, std::move(outcome), {}, std::move(answer)}};
    out.next_at = std::min(now + pause_after(pauses, message.attempts), std::max(now, message.expires_at));
    return out;
}

Settlement ended(MessageState state, std::string_view reason, base::Instant now, std::string answer) {
    return Settlement{state, std::string(reason), {0, now, "not_made", {}, std::move(answer)}};
}

base::Result<std::variant<Letter, Settlement>> still_to_send(Outbox const& outbox, Outbox::Due const& due,
                                                             base::Instant now) {
    using Found = std::variant<Letter, Settlement>;
    auto const& message = due.message;
    if (message.expires_at <= now)
        return Found(ended(MessageState::failed, why::expired, now, message.answer.value_or("")));
    auto const was_decided = outbox.was_decided(due);
    if (!was_decided) return was_decided.error();
    auto letter = Letter::parse(due.payload);
    if (!*was_decided || !letter) return Found(ended(MessageState::failed, why::altered, now));
    return Found(*std::move(letter));
}

base::Result<void> keep(Outbox const& outbox, MessageId id, Settlement const& settlement, std::chrono::seconds pause,
                        std::function<void(std::string const& sentence)> const& fault, std::stop_token const& stop) {
    Bell never_rung;
    for (;;) {
        auto const settled = outbox.settle(id, settlement);
        if (settled || settled.error().fault != base::Fault::unavailable || stop.stop_requested()) return settled;
        if (fault) fault(settled.error().detail);
        never_rung.wait(0, pause, stop);
    }
}

}  // namespace kula::notify
