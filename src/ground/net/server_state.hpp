#pragma once
/// @file
/// What all connections of a server share. Part of the one unit that includes Asio: only `server.cpp` includes it.

#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <unordered_map>

#include <boost/asio/io_context.hpp>

#include "handler_pool.hpp"
#include "net/server.hpp"
#include "proxy_trust.hpp"
#include "rate_limit.hpp"
#include "site_policy.hpp"
#include "tls_context.hpp"

namespace kula::net {

using Moment = std::chrono::steady_clock::time_point;
class Connection;

/// Counts are atomic because `Server::figures` reads them from other threads.
struct ServerState {
    ServerState(Router its_router, ServerOptions its_options, SitePolicy its_policy, base::Clock const& its_clock,
                Observers its_observers)
        : router(std::move(its_router)),
          options(std::move(its_options)),
          policy(std::move(its_policy)),
          proxies(options.trusted_proxies, options.forwarded_by),
          rate({options.limits.requests_per_second, options.limits.requests_at_once, options.limits.clients_counted}),
          clock(its_clock),
          observers(std::move(its_observers)),
          pool({options.quick_threads, options.limits.quick_queue},
               {options.heavy_threads, options.limits.heavy_queue}) {}

    Router router;
    ServerOptions options;
    SitePolicy policy;
    ProxyTrust proxies;
    RateLimit rate;
    base::Clock const& clock;
    Observers observers;
    boost::asio::io_context io{1};
    std::unordered_map<Connection*, std::shared_ptr<Connection>> open{};
    std::unordered_map<base::Address, std::size_t> open_of_client{};
    std::size_t bodies_held = 0;
    std::atomic<bool> stopping = false;
    std::atomic<std::uint64_t> accepted = 0, requests = 0, timed_out = 0, evicted = 0, overloaded = 0,
                               dropped_streams = 0, rate_limited = 0, crowded_out = 0, failed_handshakes = 0;
    std::atomic<std::size_t> connections = 0, streams = 0;
    std::function<void()> all_closed{};
    HandlerPool pool;

    /// Null: no TLS.
    [[nodiscard]] std::shared_ptr<TlsContext const> tls() const {
        std::lock_guard const lock(tls_mutex);
        return tls_now;
    }
    void use(std::shared_ptr<TlsContext const> context) {
        std::lock_guard const lock(tls_mutex);
        tls_now = std::move(context);
    }
    mutable std::mutex tls_mutex{};
    std::shared_ptr<TlsContext const> tls_now{};

    void report(std::string_view sentence) const {
        if (observers.fault) observers.fault(sentence);
    }
};

}  // namespace kula::net
