#pragma once
// A pool of reading connections; each call to `run` has one for itself.

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "base/result.hpp"
#include "connection.hpp"

namespace kula::storage {

class Readers {
public:
    Readers(Endpoint const& endpoint, std::size_t count);

    /// On one consistent state. Waits for a free connection for some seconds, then `unavailable`.
    base::Result<void> run(std::function<base::Result<void>(Session const&)> const& unit);

private:
    std::unique_ptr<Connection> take();
    void put_back(std::unique_ptr<Connection> connection);

    std::mutex mutex_;
    std::condition_variable came_back_;
    std::vector<std::unique_ptr<Connection>> free_;
};

}  // namespace kula::storage
