#include "live_matcher.hpp"

#include <spdlog/spdlog.h>

namespace kula {

LiveMatcher::LiveMatcher(CompileIndicators compile, NationalSpaceNow national, base::Clock const& clock)
    : compile_(std::move(compile)), national_(std::move(national)), clock_(clock) {
    this->compile();
    compiler_ = std::jthread([this](std::stop_token const& stop) { run(stop); });
}

LiveMatcher::~LiveMatcher() {
    compiler_.request_stop();
    asked_signal_.notify_all();
}

std::shared_ptr<match::Matcher const> LiveMatcher::now() const {
    std::lock_guard const lock(current_mutex_);
    return current_;
}

base::Instant LiveMatcher::built_at() const {
    std::lock_guard const lock(current_mutex_);
    return built_at_;
}

void LiveMatcher::follow_indicators() {
    {
        std::lock_guard const lock(asked_mutex_);
        asked_ = true;
    }
    asked_signal_.notify_all();
}

void LiveMatcher::follow_national_space() {
    std::lock_guard const lock(assembling_);
    if (*national_() != *space_) assemble();
}

void LiveMatcher::compile() {
    auto snapshot = compile_();
    std::lock_guard const lock(assembling_);
    if (!snapshot) {
        spdlog::error("indicators could not be read, matching goes on with those before: {}", snapshot.error().detail);
        if (snapshot_) return;
        snapshot = indicators::SnapshotBuilder().compile();
    }
    snapshot_ = std::move(*snapshot);
    assemble();
}

/// Under `assembling_`.
void LiveMatcher::assemble() {
    space_ = national_();
    auto const ranges =
        space_->ranges().empty() ? std::nullopt : std::optional<std::span<base::AddressRange const>>(space_->ranges());
    auto fresh = std::make_shared<match::Matcher const>(snapshot_, ranges);
    spdlog::info("matching against {} indicators ({} kernel)", snapshot_->size(), fresh->kernel_name());
    std::lock_guard const lock(current_mutex_);
    current_.swap(fresh);
    built_at_ = clock_.now();
}

void LiveMatcher::run(std::stop_token const& stop) {
    while (!stop.stop_requested()) {
        {
            std::unique_lock lock(asked_mutex_);
            if (!asked_signal_.wait(lock, stop, [this] { return asked_; })) return;
            asked_ = false;
        }
        compile();
    }
}

}  // namespace kula
