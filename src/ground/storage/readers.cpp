#include "readers.hpp"

#include <chrono>

namespace kula::storage {
namespace {

constexpr std::chrono::seconds longest_wait{10};

base::Result<void> run_on(Connection& connection, std::function<base::Result<void>(Session const&)> const& unit) {
    try {
        connection.begin();
        auto const done = unit(Session(connection));
        connection.commit();
        return done;
    } catch (Failed const& failed) {
        connection.roll_back();
        return failed.error();
    } catch (...) {
        connection.roll_back();
        throw;
    }
}

}  // namespace

Readers::Readers(Endpoint const& endpoint, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) free_.push_back(std::make_unique<Connection>(endpoint, Access::read));
}

base::Result<void> Readers::run(std::function<base::Result<void>(Session const&)> const& unit) {
    auto connection = take();
    if (!connection) return base::unavailable("all connections for reading stayed busy");
    auto const give_back = [this](Connection* used) { put_back(std::unique_ptr<Connection>(used)); };
    std::unique_ptr<Connection, decltype(give_back)> const lent(connection.release(), give_back);
    return run_on(*lent, unit);
}

std::unique_ptr<Connection> Readers::take() {
    std::unique_lock lock(mutex_);
    if (!came_back_.wait_for(lock, longest_wait, [this] { return !free_.empty(); })) return nullptr;
    auto connection = std::move(free_.back());
    free_.pop_back();
    return connection;
}

void Readers::put_back(std::unique_ptr<Connection> connection) {
    {
        std::lock_guard const lock(mutex_);
        free_.push_back(std::move(connection));
    }
    came_back_.notify_one();
}

}  // namespace kula::storage
