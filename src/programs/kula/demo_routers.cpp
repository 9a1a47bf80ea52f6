#include "demo_routers.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <condition_variable>
#include <cstring>
#include <mutex>

#include "formats/export_encoder.hpp"

namespace kula {
namespace {

constexpr std::uint64_t seed = 20'260'101;
/// A day, the one before it to compare with, and a little.
constexpr auto past = std::chrono::hours(50);
constexpr simulation::Volume volume{};
/// A receiver's buffer holds some hundred datagrams: after so many, the past waits a moment.
constexpr std::size_t burst = 24;
constexpr auto between_bursts = std::chrono::milliseconds(1);
/// One router's line loses a datagram now and then, so that there is a loss to see.
constexpr std::size_t lossy_every = 1500;

sockaddr_in loopback(std::uint32_t address, std::uint16_t port) {
    sockaddr_in out{};
    out.sin_family = AF_INET;
    out.sin_addr.s_addr = htonl(address);
    out.sin_port = htons(port);
    return out;
}

bool wait(std::stop_token const& stop, std::chrono::milliseconds duration) {
    std::mutex mutex;
    std::unique_lock lock(mutex);
    return !std::condition_variable_any().wait_for(lock, stop, duration, [&] { return stop.stop_requested(); });
}

}  // namespace

/// One exporter with an address of its own in 127.0.0.0/8.
class DemoRouters::Router {
public:
    enum class Line : std::uint8_t { sound, lossy };

    Router(formats::ExportSettings const& settings, Line line) : encoder_(settings), line_(line) {}
    ~Router() {
        if (socket_ >= 0) close(socket_);
    }
    Router(Router const&) = delete;
    Router& operator=(Router const&) = delete;

    bool open(std::uint32_t own_address, std::uint16_t collector_port) {
        socket_ = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        auto const own = loopback(own_address, 0);
        auto const collector = loopback(INADDR_LOOPBACK, collector_port);
        return socket_ >= 0 && bind(socket_, reinterpret_cast<sockaddr const*>(&own), sizeof own) == 0 &&
               connect(socket_, reinterpret_cast<sockaddr const*>(&collector), sizeof collector) == 0;
    }
    /// How many datagrams went out so far.
    std::size_t send(std::vector<formats::Flow> const& flows, base::Instant now) {
        encoder_.encode(flows, now, [this](std::span<std::byte const> datagram) {
            ++sent_;
            bool const lost = line_ == Line::lossy && sent_ % lossy_every == 0;
            // A receiver that is not there (yet, or any more) is no fault of a router.
            if (!lost) static_cast<void>(::send(socket_, datagram.data(), datagram.size(), 0));
        });
        return sent_;
    }

private:
    formats::ExportEncoder encoder_;
    Line line_;
    int socket_ = -1;
    std::size_t sent_ = 0;
};

base::Result<std::unique_ptr<DemoRouters>> DemoRouters::start(simulation::Country country,
                                                              collect::Endpoint const& collector,
                                                              base::Clock const& clock) {
    std::unique_ptr<DemoRouters> routers(new DemoRouters(std::move(country), clock));
    std::uint32_t address = 0x7f000101;  // 127.0.1.1, .2, .3
    for (auto& router : routers->routers_) {
        if (!router->open(address++, collector.port)) {
            return base::unavailable(fmt::format("demo router: {}", std::strerror(errno)));
        }
    }
    routers->thread_ = std::jthread([raw = routers.get()](std::stop_token const& stop) { raw->run(stop); });
    return routers;
}

DemoRouters::DemoRouters(simulation::Country country, base::Clock const& clock)
    : country_(std::move(country)), clock_(clock) {
    using formats::ExportProtocol;
    auto const booted = clock.now() - past - std::chrono::hours(100);
    routers_.push_back(std::make_unique<Router>(
        formats::ExportSettings{.protocol = ExportProtocol::netflow9, .source_id = 1, .booted = booted},
        Router::Line::sound));
    routers_.push_back(std::make_unique<Router>(
        formats::ExportSettings{.protocol = ExportProtocol::ipfix, .source_id = 20, .booted = booted},
        Router::Line::sound));
    routers_.push_back(std::make_unique<Router>(
        formats::ExportSettings{.protocol = ExportProtocol::netflow9, .source_id = 3, .sampling = 10, .booted = booted},
        Router::Line::lossy));
}

DemoRouters::~DemoRouters() = default;

/// A flow crosses the border at the router that its two ends choose, the way back at the same one.
void DemoRouters::send(std::span<formats::Flow const> flows, base::Instant now) {
    std::vector<std::vector<formats::Flow>> shares(routers_.size());
    for (auto const& flow : flows) {
        auto const ends = std::hash<base::Address>{}(flow.source) ^ std::hash<base::Address>{}(flow.destination);
        shares[ends % shares.size()].push_back(flow);
    }
    for (std::size_t i = 0; i < shares.size(); ++i) {
        if (!shares[i].empty()) routers_[i]->send(shares[i], now);
    }
}

void DemoRouters::send_past(base::Instant until, std::stop_token const& stop) {
    std::size_t flows_sent = 0;
    for (auto minute = until - past; minute < until; minute += std::chrono::minutes(1)) {
        auto const next = minute + std::chrono::minutes(1);
        auto const flows = simulation::traffic(country_, volume, seed, minute, next);
        send(flows, next);
        flows_sent += flows.size();
        if (flows_sent >= burst * 20) {
            flows_sent = 0;
            if (!wait(stop, between_bursts)) return;
        }
    }
}

void DemoRouters::run(std::stop_token const& stop) {
    auto minute = base::Instant(std::chrono::floor<std::chrono::minutes>(clock_.now()));
    send_past(minute, stop);
    std::vector<formats::Flow> flows;
    auto next = flows.cend();
    while (wait(stop, std::chrono::milliseconds(500))) {
        auto const now = clock_.now();
        if (next == flows.cend() && now >= minute) {
            flows = simulation::traffic(country_, volume, seed, minute, minute + std::chrono::minutes(1));
            next = flows.cbegin();
            minute += std::chrono::minutes(1);
        }
        auto const due = std::find_if(next, flows.cend(), [&](formats::Flow const& f) { return f.end > now; });
        if (due != next) send({&*next, static_cast<std::size_t>(due - next)}, now);
        next = due;
    }
}

}  // namespace kula
