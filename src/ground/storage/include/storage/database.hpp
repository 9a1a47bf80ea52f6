#pragma once
/// @file
/// The one database of a running Kula: SQLite in the data folder, or PostgreSQL. One process owns a data folder.
///
/// Writing goes through one queue and one thread: interactive work before bulk, neighbours committed together. What
/// `write` returned is on disk (`synchronous=FULL`). Reading happens in the caller's thread, from a pool of
/// connections, each call on one consistent state. A full disk or a database that does not answer is `unavailable`; the
/// next call tries again, so service returns when the cause is gone. All members are safe from any thread.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "storage/migration.hpp"
#include "storage/session.hpp"

namespace kula::storage {

struct DatabaseOptions {
    std::filesystem::path folder;  ///< The data folder; made with mode 0700 where it is missing.
    std::string url{};             ///< `postgresql://…`; empty for SQLite, the file `kula.sqlite` in the folder.
    std::size_t readers = 4;       ///< Connections for reading, 1 to 64.
};

/// Which queue a unit of work stands in. Bulk units are kept short (about a second) by their makers, because an
/// interactive unit waits for the one that runs.
enum class Priority : std::uint8_t { interactive, bulk };

/// Units that stand in the queue at most; one more is `unavailable`.
constexpr std::size_t longest_queue = 10'000;
/// From the first unit of a common transaction until it is committed, the last unit's own time excepted.
constexpr std::chrono::milliseconds longest_batch{50};

template <class T>
struct UnitValue {
    using type = T;
};
template <class T>
struct UnitValue<base::Result<T>> {
    using type = T;
};

class Database {
public:
    /// Takes the folder (`flock`) and connects. Fails with `unavailable` when another process owns the folder (the
    /// detail names it), when the folder cannot be made or the database does not answer; `invalid` for a faulty URL.
    static base::Result<std::unique_ptr<Database>> open(DatabaseOptions options, base::Clock const& clock);
    virtual ~Database() = default;

    /// Runs a room's scripts that have not run yet, each in its own transaction. Fails with `conflict` and touches
    /// nothing when a script that has run reads otherwise now, or when the database knows scripts this program does
    /// not.
    virtual base::Result<void> migrate(Migrations const& migrations) = 0;

    /// Runs `unit(Session&)` in a transaction of its own or shared with neighbours (then behind a savepoint: a unit
    /// that fails leaves the others alone) and returns after the commit. The unit returns `void`, a value or a
    /// `Result`; a failed `Result` rolls it back. `conflict`: a unique or foreign key was violated. `unavailable` after
    /// a lost connection may mean committed: units are to be safe to repeat. Not to be called from inside a unit.
    template <class Unit>
    auto write(Priority priority, Unit&& unit)
        -> base::Result<typename UnitValue<std::invoke_result_t<Unit&, Session&>>::type> {
        return run<Session&>([&](auto const& call) { return run_write(priority, call); }, unit);
    }
    /// Runs `unit(Session const&)` on one consistent state of the database.
    template <class Unit>
    auto read(Unit&& unit) const
        -> base::Result<typename UnitValue<std::invoke_result_t<Unit&, Session const&>>::type> {
        return run<Session const&>([&](auto const& call) { return run_read(call); }, unit);
    }

    /// Whether reading works now and the last attempt to write did.
    [[nodiscard]] virtual base::Result<void> health() const = 0;
    /// Bytes in use: SQLite's pages without the free ones; what PostgreSQL reports for the database.
    [[nodiscard]] virtual base::Result<std::int64_t> used_bytes() const = 0;
    /// Returns freed space to the file system, at most about `bytes` in one call; how much it was. PostgreSQL does so
    /// by itself.
    virtual base::Result<std::int64_t> give_back_space(std::int64_t bytes) = 0;

    [[nodiscard]] virtual Dialect dialect() const = 0;
    [[nodiscard]] virtual std::filesystem::path const& folder() const = 0;

protected:
    using WriteUnit = std::function<base::Result<void>(Session&)>;
    using ReadUnit = std::function<base::Result<void>(Session const&)>;
    virtual base::Result<void> run_write(Priority priority, WriteUnit const& unit) = 0;
    virtual base::Result<void> run_read(ReadUnit const& unit) const = 0;

private:
    template <class SessionType, class Runner, class Unit>
    static auto run(Runner const& runner, Unit& unit)
        -> base::Result<typename UnitValue<std::invoke_result_t<Unit&, SessionType>>::type>;
};

template <class SessionType, class Runner, class Unit>
auto Database::run(Runner const& runner, Unit& unit)
    -> base::Result<typename UnitValue<std::invoke_result_t<Unit&, SessionType>>::type> {
    using Yield = std::invoke_result_t<Unit&, SessionType>;
    using Value = typename UnitValue<Yield>::type;
    if constexpr (std::is_void_v<Yield>) {
        return runner([&](SessionType session) -> base::Result<void> {
            unit(session);
            return {};
        });
    } else if constexpr (std::is_same_v<Yield, base::Result<void>>) {
        return runner([&](SessionType session) -> base::Result<void> { return unit(session); });
    } else {
        std::optional<base::Result<Value>> yielded;
        auto const ran = runner([&](SessionType session) -> base::Result<void> {
            yielded.emplace(unit(session));
            if (yielded->has_error()) return yielded->error();
            return {};
        });
        if (ran.has_error()) return ran.error();
        return std::move(*yielded);
    }
}

}  // namespace kula::storage
