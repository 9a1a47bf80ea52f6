#include "table_watch.hpp"

#include <spdlog/spdlog.h>

#include <chrono>
#include <condition_variable>
#include <mutex>

namespace kula {
namespace {

constexpr auto between_table_looks = std::chrono::minutes(1);

}  // namespace

TableWatch::TableWatch(origins::TableFiles& tables, std::function<void()> as_numbers_swapped)
    : tables_(tables),
      as_numbers_swapped_(std::move(as_numbers_swapped)),
      thread_([this](std::stop_token const& stop) { run(stop); }) {}

void TableWatch::look(origins::TableFiles::Haste haste) {
    for (auto const& [kind, is_swapped, sentence] : tables_.look(haste)) {
        if (is_swapped) spdlog::info("table: {}", sentence);
        if (!is_swapped) spdlog::error("table: {}", sentence);
        if (is_swapped && kind == origins::TableKind::as_numbers) as_numbers_swapped_();
    }
}

void TableWatch::run(std::stop_token const& stop) {
    std::mutex mutex;
    std::unique_lock lock(mutex);
    std::condition_variable_any signal;
    while (!stop.stop_requested()) {
        signal.wait_for(lock, stop, between_table_looks, [&] { return stop.stop_requested(); });
        if (!stop.stop_requested()) look(origins::TableFiles::Haste::when_settled);
    }
}

}  // namespace kula
