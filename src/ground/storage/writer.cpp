#include "writer.hpp"

#include <chrono>

#include "base/must.hpp"

namespace kula::storage {
namespace {

std::size_t index(Priority priority) { return static_cast<std::size_t>(priority); }

}  // namespace

Writer::Writer(Endpoint const& endpoint) : connection_(endpoint, Access::write), thread_([this] { work(); }) {}

Writer::~Writer() {
    {
        std::lock_guard const lock(mutex_);
        is_closing_ = true;
    }
    came_.notify_one();
    thread_.join();
    fail_all_waiting(base::unavailable("the database is being closed"));
}

base::Result<void> Writer::run(Priority priority, std::function<base::Result<void>(Session&)> const& unit) {
    std::function<base::Result<void>(Connection&)> const call = [&unit](Connection& connection) {
        Session session(connection);
        return unit(session);
    };
    Unit queued{call, false};
    return wait_for(queued, priority);
}

base::Result<void> Writer::run_alone(std::function<void(Connection&)> const& unit) {
    std::function<base::Result<void>(Connection&)> const call = [&unit](Connection& connection) -> base::Result<void> {
        unit(connection);
        return {};
    };
    Unit queued{call, true};
    return wait_for(queued, Priority::bulk);
}

base::Result<void> Writer::wait_for(Unit& unit, Priority priority) {
    base::must(std::this_thread::get_id() != thread_.get_id(), "write is not called from inside a unit of work");
    std::unique_lock lock(mutex_);
    if (is_closing_) return base::unavailable("the database is being closed");
    if (waiting_[0].size() + waiting_[1].size() >= longest_queue) {
        return base::unavailable("too much waits to be written");
    }
    waiting_[index(priority)].push_back(&unit);
    came_.notify_one();
    unit.settled.wait(lock, [&unit] { return unit.is_settled; });
    if (unit.thrown) std::rethrow_exception(unit.thrown);
    return *unit.outcome;
}

std::optional<base::Error> Writer::trouble() const {
    std::lock_guard const lock(mutex_);
    return trouble_;
}

void Writer::work() {
    while (auto* const unit = next_unit()) {
        if (unit->is_alone) {
            run_alone(*unit);
        } else {
            run_batch(*unit, taken_);
        }
    }
}

Writer::Unit* Writer::next_unit() {
    std::unique_lock lock(mutex_);
    came_.wait(lock, [this] { return is_closing_ || !waiting_[0].empty() || !waiting_[1].empty(); });
    if (is_closing_) return nullptr;
    taken_ = waiting_[0].empty() ? Priority::bulk : Priority::interactive;
    auto& queue = waiting_[index(taken_)];
    auto* const unit = queue.front();
    queue.pop_front();
    return unit;
}

/// One that may share the running transaction: of the same kind, and for bulk only while nobody waits at the desk.
Writer::Unit* Writer::next_neighbour(Priority priority) {
    std::lock_guard const lock(mutex_);
    auto& queue = waiting_[index(priority)];
    bool const gives_way = priority == Priority::bulk && !waiting_[index(Priority::interactive)].empty();
    if (is_closing_ || gives_way || queue.empty() || queue.front()->is_alone) return nullptr;
    auto* const unit = queue.front();
    queue.pop_front();
    return unit;
}

void Writer::run_alone(Unit& unit) {
    try {
        connection_.begin();  // Connects where that is needed.
        connection_.commit();
        unit.outcome.emplace(unit.call(connection_));
    } catch (Failed const& failed) {
        connection_.roll_back();
        unit.outcome.emplace(failed.error());
    } catch (...) {
        unit.thrown = std::current_exception();
    }
    settle(unit);
}

void Writer::run_batch(Unit& first, Priority priority) {
    try {
        connection_.begin();
    } catch (Failed const& failed) {
        note(failed.error());
        finish_batch({&first}, failed.error());
        fail_all_waiting(failed.error());  // Each would wait for the same connection in turn.
        return;
    }
    auto const end = std::chrono::steady_clock::now() + longest_batch;
    std::vector<Unit*> batch;
    std::optional<base::Error> error;
    for (auto* unit = &first; unit != nullptr;) {
        batch.push_back(unit);
        if (!run_in_savepoint(*unit)) {
            bool const is_known = unit->outcome && unit->outcome->has_error();
            error = is_known ? unit->outcome->error() : base::unavailable("the transaction was lost");
            break;
        }
        unit = std::chrono::steady_clock::now() < end ? next_neighbour(priority) : nullptr;
    }
    if (!error) {
        try {
            connection_.commit();
        } catch (Failed const& failed) {
            error = failed.error();
        }
    }
    if (error) connection_.roll_back();
    note(error);
    finish_batch(batch, error);
}

bool Writer::run_in_savepoint(Unit& unit) {
    try {
        connection_.command("savepoint unit");
        unit.outcome.emplace(unit.call(connection_));
        if (!unit.outcome->has_error()) {
            connection_.command("release savepoint unit");
            return connection_.is_in_transaction();
        }
    } catch (Failed const& failed) {
        unit.outcome.emplace(failed.error());
    } catch (...) {
        unit.thrown = std::current_exception();
    }
    try {
        if (!connection_.is_in_transaction()) return false;
        connection_.command("rollback to savepoint unit");
        connection_.command("release savepoint unit");
        return connection_.is_in_transaction();
    } catch (Failed const&) {
        return false;
    }
}

void Writer::finish_batch(std::vector<Unit*> const& batch, std::optional<base::Error> const& error) {
    for (auto* const unit : batch) {
        bool const failed_itself = unit->thrown || (unit->outcome && unit->outcome->has_error());
        if (error && !failed_itself) unit->outcome.emplace(*error);
        settle(*unit);
    }
}

void Writer::fail_all_waiting(base::Error const& error) {
    std::vector<Unit*> units;
    {
        std::lock_guard const lock(mutex_);
        for (auto& queue : waiting_) {
            units.insert(units.end(), queue.begin(), queue.end());
            queue.clear();
        }
    }
    for (auto* const unit : units) {
        unit->outcome.emplace(error);
        settle(*unit);
    }
}

void Writer::settle(Unit& unit) {
    std::lock_guard const lock(mutex_);
    unit.is_settled = true;
    unit.settled.notify_one();  // Under the lock: the unit is gone once its owner sees it settled.
}

void Writer::note(std::optional<base::Error> trouble) {
    std::lock_guard const lock(mutex_);
    trouble_ = std::move(trouble);
}

}  // namespace kula::storage
