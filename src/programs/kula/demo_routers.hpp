#pragma once
/// @file
/// Three invented border routers that export the demo's traffic over loopback, NetFlow v9 and IPFIX, as real ones
/// would: first the past day as fast as it can be taken in, then the present, second by second.

#include <memory>
#include <span>
#include <thread>
#include <vector>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "collect/endpoint.hpp"
#include "simulation/traffic.hpp"

namespace kula {

class DemoRouters {
public:
    /// `clock` outlives the routers. Fails with `unavailable` when a socket cannot be had.
    static base::Result<std::unique_ptr<DemoRouters>> start(simulation::Country country,
                                                            collect::Endpoint const& collector,
                                                            base::Clock const& clock);
    ~DemoRouters();
    DemoRouters(DemoRouters const&) = delete;
    DemoRouters& operator=(DemoRouters const&) = delete;

private:
    class Router;
    DemoRouters(simulation::Country country, base::Clock const& clock);
    void run(std::stop_token const& stop);
    void send(std::span<formats::Flow const> flows, base::Instant now);
    void send_past(base::Instant until, std::stop_token const& stop);

    simulation::Country country_;
    base::Clock const& clock_;
    std::vector<std::unique_ptr<Router>> routers_;
    std::jthread thread_;
};

}  // namespace kula
