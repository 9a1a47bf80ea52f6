#pragma once
// The one thread that writes: two queues, interactive before bulk, neighbours in one transaction.

#include <array>
#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "base/result.hpp"
#include "connection.hpp"
#include "storage/database.hpp"

namespace kula::storage {

class Writer {
public:
    explicit Writer(Endpoint const& endpoint);
    /// Units still queued end as `unavailable`.
    ~Writer();
    Writer(Writer const&) = delete;
    Writer& operator=(Writer const&) = delete;

    /// Returns when the unit's transaction is committed or failed. What the unit threw is thrown here.
    base::Result<void> run(Priority priority, std::function<base::Result<void>(Session&)> const& unit);
    /// Outside of a transaction, when the queue gives way.
    base::Result<void> run_alone(std::function<void(Connection&)> const& unit);

    /// What kept the last attempt from being committed, if anything but the unit itself.
    [[nodiscard]] std::optional<base::Error> trouble() const;

private:
    struct Unit {
        std::function<base::Result<void>(Connection&)> const& call;
        bool is_alone;
        std::optional<base::Result<void>> outcome{};
        std::exception_ptr thrown{};
        bool is_settled = false;
        std::condition_variable settled{};
    };

    base::Result<void> wait_for(Unit& unit, Priority priority);
    void work();
    Unit* next_unit();
    Unit* next_neighbour(Priority priority);
    void run_alone(Unit& unit);
    void run_batch(Unit& first, Priority priority);
    /// False when the whole transaction is gone with it.
    bool run_in_savepoint(Unit& unit);
    void finish_batch(std::vector<Unit*> const& batch, std::optional<base::Error> const& error);
    void fail_all_waiting(base::Error const& error);
    void settle(Unit& unit);
    void note(std::optional<base::Error> trouble);

    Connection connection_;
    mutable std::mutex mutex_;
    std::condition_variable came_;
    std::array<std::deque<Unit*>, 2> waiting_;  ///< By priority.
    Priority taken_ = Priority::interactive;    ///< Of the unit that `next_unit` yielded last.
    std::optional<base::Error> trouble_;
    bool is_closing_ = false;
    std::thread thread_;
};

}  // namespace kula::storage
