#pragma once
/// @file
/// How the server is: schema `Status`. Answers even while the database does not, then with what it knew last.

#include <atomic>
#include <mutex>

#include "api/doors.hpp"
#include "base/result.hpp"
#include "json.hpp"

namespace kula::api {

class StatusView {
public:
    /// Both outlive it.
    StatusView(Rooms const& rooms, About const& about) : rooms_(rooms), about_(about) {}

    [[nodiscard]] Json status();
    /// Whether the server can do its work; the error says why not.
    [[nodiscard]] base::Result<void> ready() const;
    void open() { is_open_ = true; }

private:
    [[nodiscard]] Json storage() const;
    void renew_what_the_database_knows();

    /// As it was last.
    struct Known {
        std::int64_t national_prefixes = 0;
        indicators::IndicatorCounts indicators{};
        std::optional<base::Instant> oldest{};
    };

    Rooms const& rooms_;
    About const& about_;
    std::atomic<bool> is_open_ = false;
    std::mutex mutex_;
    Known known_;
};

}  // namespace kula::api
