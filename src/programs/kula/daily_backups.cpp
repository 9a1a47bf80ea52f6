#include "daily_backups.hpp"

#include <spdlog/spdlog.h>

#include <condition_variable>
#include <mutex>

namespace kula {
namespace {

constexpr auto between_looks = std::chrono::minutes(10);
constexpr std::string_view daily = "kula";

}  // namespace

DailyBackups::DailyBackups(DailyBackupOptions options, base::Clock const& clock)
    : options_(std::move(options)), clock_(clock), thread_([this](std::stop_token const& stop) { run(stop); }) {}

void DailyBackups::run(std::stop_token const& stop) const {
    std::mutex mutex;
    std::unique_lock lock(mutex);
    std::condition_variable_any signal;
    while (!stop.stop_requested()) {
        make_if_due();
        signal.wait_for(lock, stop, between_looks, [&] { return stop.stop_requested(); });
    }
}

void DailyBackups::make_if_due() const {
    auto const now = clock_.now();
    auto const newest = backup::newest(options_.folder, daily);
    if (!newest) return spdlog::error("no backup: {}", newest.error().detail);
    auto const due_from = backup::file_name(daily, now - std::chrono::days(1));
    if (newest->filename().string() > due_from) return;
    auto const file = options_.folder / backup::file_name(daily, now);
    backup::MakeOptions making;
    making.database = options_.database;
    making.program = KULA_VERSION;
    making.sealing = options_.sealing;
    auto const made = backup::make(making, file, clock_);
    if (!made) return spdlog::error("no backup: {}", made.error().detail);
    spdlog::info("backup: {} of {} bytes", file.string(), made->file_bytes);
    if (auto const removed = backup::remove_older(options_.folder, daily, options_.keep); !removed)
        spdlog::error("older backups: {}", removed.error().detail);
}

}  // namespace kula
