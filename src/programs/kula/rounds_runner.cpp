#include "rounds_runner.hpp"

#include <spdlog/spdlog.h>

#include <chrono>

namespace kula {
namespace {

constexpr auto between_walks = std::chrono::minutes(10);
constexpr auto behind_a_round = std::chrono::seconds(2);  ///< A round walks through all that is open.
constexpr auto behind_a_failed_round = std::chrono::seconds(30);

void tell(rounds::Round const& round) {
    if (round.messages == 0) return;
    spdlog::info(
        "rounds: {} findings told, {} organisations asked about their contacts, with {} messages, in {} mails, of which {} are "
        "held, and to {} webhooks; {} reach nobody",
        round.findings, round.asked, round.messages, round.mails, round.held, round.webhooks, round.unreachable);
}

}  // namespace

RoundsRunner::RoundsRunner(rounds::Rounds::Rooms rooms)
    : rounds_(rooms), thread_([this](std::stop_token const& stop) { run(stop); }) {}

bool RoundsRunner::concerns(std::string_view deed, std::string_view subject) {
    if (deed == "organisation.contacts_asked") return false;  // A round did that.
    return deed == "findings.followed" || deed == "findings.weighed" || deed == "routing.changed" ||
           subject.starts_with("organisation:") || subject.starts_with("team:");
}

void RoundsRunner::wake() {
    std::lock_guard const lock(mutex_);
    is_woken_ = true;
    signal_.notify_all();
}

void RoundsRunner::run(std::stop_token const& stop) {
    std::unique_lock lock(mutex_);
    auto const rest = [&](std::chrono::seconds pause) {
        signal_.wait_for(lock, stop, pause, [&] { return stop.stop_requested(); });
    };
    while (!stop.stop_requested()) {
        is_woken_ = false;
        lock.unlock();
        auto const round =
            rounds_.make([](std::string const& sentence) { spdlog::warn("rounds: {}", sentence); }, stop);
        lock.lock();
        if (round) tell(*round);
        if (!round) spdlog::warn("rounds: nobody is told: {}", round.error().detail);
        rest(round ? behind_a_round : behind_a_failed_round);
        bool const goes_on = round && !round->is_whole;
        if (!goes_on) signal_.wait_for(lock, stop, between_walks, [&] { return is_woken_ || stop.stop_requested(); });
    }
}

}  // namespace kula
