#pragma once
/// @file
/// `kula serve --backup-to`: a backup a day while the server runs, in a thread of its own.

#include <filesystem>
#include <thread>

#include "backup/make.hpp"
#include "base/clock.hpp"

namespace kula {

struct DailyBackupOptions {
    storage::DatabaseOptions database{};
    std::filesystem::path folder{};
    std::size_t keep = 14;
    backup::Sealing sealing{};
};

class DailyBackups {
public:
    /// Makes one when the newest in the folder is older than a day, and looks again every ten minutes; so one that
    /// failed is tried again. The log tells each, and why one could not be made. `clock` outlives this.
    DailyBackups(DailyBackupOptions options, base::Clock const& clock);
    /// Waits for one that is being made.
    ~DailyBackups() = default;
    DailyBackups(DailyBackups const&) = delete;
    DailyBackups& operator=(DailyBackups const&) = delete;

private:
    void run(std::stop_token const& stop) const;
    void make_if_due() const;

    DailyBackupOptions const options_;
    base::Clock const& clock_;
    std::jthread thread_;
};

}  // namespace kula
