#pragma once
/// @file
/// A server on loopback, at a port that the kernel chooses.

#include <gtest/gtest.h>

#include <memory>
#include <utility>

#include "base/clock.hpp"
#include "net/server.hpp"

namespace kula::net::testing {

inline base::SystemClock const real_time;

inline std::unique_ptr<Server> serve(Router router, ServerOptions options = {}, Observers observers = {}) {
    auto server = Server::start(std::move(router), std::move(options), real_time, std::move(observers));
    EXPECT_TRUE(server) << server.error().detail;
    return std::move(*server);
}

}  // namespace kula::net::testing
