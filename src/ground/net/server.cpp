#include "net/server.hpp"

// Asio's fences order nothing that its locks do not order already, and the thread sanitizer knows only the locks.
#ifdef __SANITIZE_THREAD__
#define BOOST_ASIO_DISABLE_FENCED_BLOCK
#endif

#include <sys/resource.h>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>

#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/steady_timer.hpp>

#include "base/must.hpp"
#include "connection.hpp"

namespace kula::net {
namespace {

using Tcp = asio::ip::tcp;

bool is_loopback(base::Address address) {
    return address.is_v4() ? address.number4() >> 24 == 127 : address.number() == 1;
}

asio::ip::address to_asio(base::Address address) {
    auto const bytes = address.bytes();
    if (address.is_v4()) return asio::ip::address_v4(address.number4());
    return asio::ip::address_v6(bytes);
}

base::Address from_asio(asio::ip::address const& address) {
    if (address.is_v4()) return base::Address::v4(address.to_v4().to_uint());
    auto const bytes = address.to_v6().to_bytes();
    return base::Address::v6_bytes(bytes.data());
}

std::string printed(base::Address address, std::uint16_t port) {
    return fmt::format(fmt::runtime(address.is_v4() ? "{}:{}" : "[{}]:{}"), address.text(), port);
}

SitePolicy policy_of(ServerOptions const& options) {
    auto names = options.host_names;
    for (auto const* own : {"localhost", "127.0.0.1", "::1"}) names.emplace_back(own);
    names.push_back(options.address.text());
    return {std::move(names), options.trusted_origins};
}

/// Leaves some files to the rest of the process.
std::size_t connections_possible(std::size_t wanted) {
    constexpr std::size_t for_others = 64;
    rlimit files{};
    if (getrlimit(RLIMIT_NOFILE, &files) != 0 || files.rlim_cur == RLIM_INFINITY) return wanted;
    auto const most = static_cast<std::size_t>(files.rlim_cur);
    return std::min(wanted, most > 2 * for_others ? most - for_others : most / 2);
}

}  // namespace

class Server::Engine {
public:
    Engine(Router router, ServerOptions options, base::Clock const& clock, Observers observers)
        : common_(std::move(router), options, policy_of(options), clock, std::move(observers)) {}

    ~Engine() { stop(); }

    base::Result<void> load_tls() {
        auto const& files = common_.options.tls;
        if (!files) return {};
        auto context = TlsContext::load(*files);
        if (!context) return context.error();
        if (auto const doubt = (*context)->objection(base::SystemClock().now()); !doubt.empty()) common_.report(doubt);
        common_.use(std::move(*context));
        return {};
    }

    base::Result<void> reload_tls() {
        auto const& files = common_.options.tls;
        if (!files) return base::invalid("this server has no TLS whose certificate could be read anew");
        auto context = TlsContext::load(*files);
        if (!context) return context.error();
        if (auto doubt = (*context)->objection(base::SystemClock().now()); !doubt.empty()) {
            return base::invalid(std::move(doubt));
        }
        common_.use(std::move(*context));
        return {};
    }

    base::Result<void> listen() {
        auto& options = common_.options;
        Tcp::endpoint const endpoint(to_asio(options.address), options.port);
        boost::system::error_code fault;
        acceptor_.open(endpoint.protocol(), fault);
        if (!fault) acceptor_.set_option(Tcp::acceptor::reuse_address(true), fault);
        if (!fault && !options.address.is_v4()) acceptor_.set_option(asio::ip::v6_only(true), fault);
        if (!fault) acceptor_.bind(endpoint, fault);
        if (!fault) acceptor_.listen(Tcp::acceptor::max_listen_connections, fault);
        if (fault) {
            return base::unavailable(
                fmt::format("cannot listen on {}: {}", printed(options.address, options.port), fault.message()));
        }
        options.port = acceptor_.local_endpoint().port();
        return {};
    }

    void run() {
        auto& limit = common_.options.limits.connections;
        auto const possible = connections_possible(limit);
        if (possible < limit) {
            common_.report(fmt::format("{} connections at once instead of {}: the process may open too few files",
                                       possible, limit));
            limit = possible;
        }
        common_.all_closed = [this] {
            std::lock_guard const lock(mutex_);
            all_closed_ = true;
            changed_.notify_all();
        };
        accept();
        sweep();
        thread_ = std::thread([this] { turn(); });
    }

    void stop() {
        {
            std::lock_guard const lock(mutex_);
            if (stopped_ || !thread_.joinable()) return;
            stopped_ = true;
        }
        common_.stopping = true;
        asio::post(common_.io, [this] { wind_down(); });
        {
            std::unique_lock lock(mutex_);
            changed_.wait_for(lock, common_.options.deadlines.stop, [this] { return all_closed_; });
        }
        common_.pool.stop();
        common_.io.stop();
        thread_.join();
        while (!common_.open.empty()) common_.open.begin()->second->close();
    }

    [[nodiscard]] ServerState const& common() const { return common_; }

private:
    /// The I/O thread. An exception is a bug in one connection; its deadline will end it, the others go on.
    void turn() {
        for (;;) {
            try {
                common_.io.run();
                return;
            } catch (std::exception const& bug) {
                common_.report(fmt::format("the HTTP server: {}", bug.what()));
            }
        }
    }

    void accept() {
        acceptor_.async_accept([this](boost::system::error_code const& fault, Tcp::socket socket) {
            if (!acceptor_.is_open()) return;
            if (fault) return retry_accept(fault);
            accept();  // first: whatever goes wrong with this one, the next is taken
            welcome(std::move(socket));
        });
    }

    /// Out of files, most likely: give one back, and do not spin.
    void retry_accept(boost::system::error_code const& fault) {
        common_.report(fmt::format("cannot take a connection: {}", fault.message()));
        evict(std::nullopt);
        pause_.expires_after(std::chrono::milliseconds(100));
        pause_.async_wait([this](boost::system::error_code const& cancelled) {
            if (!cancelled && acceptor_.is_open()) accept();
        });
    }

    void welcome(Tcp::socket socket) {
        ++common_.accepted;
        boost::system::error_code fault;
        auto const peer = socket.remote_endpoint(fault);
        if (fault) return;  // already gone
        socket.set_option(Tcp::no_delay(true), fault);
        auto const address = from_asio(peer.address());
        auto const tls = common_.tls();
        if (!may_come(address, tls != nullptr)) return;
        auto const connection = std::make_shared<Connection>(common_, std::move(socket), tls.get(), address);
        common_.open.emplace(connection.get(), connection);
        ++common_.connections;
        ++common_.open_of_client[connection->client()];
        connection->start();
    }

    /// Whether there is room for one more connection, for this client and at all. A handshake is work: it counts as a
    /// request.
    bool may_come(base::Address address, bool with_tls) {
        auto const& limits = common_.options.limits;
        if (!common_.proxies.trusts(address)) {
            if (with_tls && common_.rate.refuse(address, std::chrono::steady_clock::now())) {
                ++common_.rate_limited;
                return false;
            }
            auto const known = common_.open_of_client.find(client_of(address));
            auto const theirs = known == common_.open_of_client.end() ? 0 : known->second;
            if (limits.connections_per_client > 0 && theirs >= limits.connections_per_client) {
                ++common_.crowded_out;
                if (!evict(client_of(address))) return false;
            }
        }
        if (common_.open.size() < limits.connections || evict(std::nullopt)) return true;
        ++common_.overloaded;
        return false;
    }

    /// Closes the connection, of this client or of all, that has kept us waiting longest. False when every one has a
    /// request under way.
    bool evict(std::optional<base::Address> client) {
        std::shared_ptr<Connection> longest;
        std::optional<Moment> since;
        for (auto const& [key, connection] : common_.open) {
            if (client && connection->client() != *client) continue;
            auto const candidate = connection->waiting_since();
            if (!candidate || (since && *since <= *candidate)) continue;
            since = candidate;
            longest = connection;
        }
        if (!longest) return false;
        ++common_.evicted;
        longest->close();
        return true;
    }

    void sweep() {
        sweep_.expires_after(std::chrono::milliseconds(100));
        sweep_.async_wait([this](boost::system::error_code const& cancelled) {
            if (cancelled) return;
            auto const now = std::chrono::steady_clock::now();
            std::vector<std::shared_ptr<Connection>> overdue;
            for (auto const& [key, connection] : common_.open) {
                if (connection->is_overdue(now)) overdue.push_back(connection);
            }
            for (auto const& connection : overdue) connection->give_up_waiting();
            sweep();
        });
    }

    void wind_down() {
        boost::system::error_code ignored;
        acceptor_.close(ignored);
        pause_.cancel();
        std::vector<std::shared_ptr<Connection>> all;
        for (auto const& [key, connection] : common_.open) all.push_back(connection);
        for (auto const& connection : all) connection->wind_down();
        if (common_.open.empty()) common_.all_closed();
    }

    ServerState common_;
    Tcp::acceptor acceptor_{common_.io};
    asio::steady_timer sweep_{common_.io};
    asio::steady_timer pause_{common_.io};
    std::mutex mutex_;
    std::condition_variable changed_;
    bool all_closed_ = false;
    bool stopped_ = false;
    std::thread thread_;
};

namespace {

/// What forbids listening there.
std::optional<base::Error> objection(ServerOptions const& options) {
    if (is_loopback(options.address) || options.reach == Reach::anywhere_in_the_clear) return std::nullopt;
    auto const place = printed(options.address, options.port);
    if (options.reach == Reach::loopback) {
        return base::refused(
            fmt::format("will not listen on {}, where others reach it: only 127.0.0.1 or ::1 is allowed", place));
    }
    if (options.tls || !options.trusted_proxies.empty()) return std::nullopt;
    return base::refused(
        fmt::format("will not listen on {} in the clear: passwords and sessions could be read on the way; give it a "
                    "certificate and key, or name the trusted proxies that take the TLS off before it",
                    place));
}

}  // namespace

base::Result<std::unique_ptr<Server>> Server::start(Router router, ServerOptions options, base::Clock const& clock,
                                                    Observers observers) {
    if (auto refused = objection(options)) return std::move(*refused);
    auto engine = std::make_unique<Engine>(std::move(router), std::move(options), clock, std::move(observers));
    if (auto const loaded = engine->load_tls(); !loaded) return loaded.error();
    if (auto const listening = engine->listen(); !listening) return listening.error();
    engine->run();
    return std::unique_ptr<Server>(new Server(std::move(engine)));
}

Server::Server(std::unique_ptr<Engine> engine) : engine_(std::move(engine)) {}
Server::~Server() = default;

std::uint16_t Server::port() const { return engine_->common().options.port; }

std::string Server::url() const {
    auto const& options = engine_->common().options;
    return fmt::format("{}://{}", to_text(options.tls ? Scheme::https : Scheme::http),
                       printed(options.address, port()));
}

base::Result<void> Server::reload_tls() { return engine_->reload_tls(); }

void Server::stop() { engine_->stop(); }

ServerFigures Server::figures() const {
    auto const& common = engine_->common();
    auto const tls = common.tls();
    return {.accepted = common.accepted,
            .requests = common.requests,
            .timed_out = common.timed_out,
            .evicted = common.evicted,
            .overloaded = common.overloaded,
            .dropped_streams = common.dropped_streams,
            .connections = common.connections,
            .streams = common.streams,
            .waiting_requests = common.pool.waiting(),
            .rate_limited = common.rate_limited,
            .crowded_out = common.crowded_out,
            .failed_handshakes = common.failed_handshakes,
            .certificate_expires = tls ? std::optional(tls->expires()) : std::nullopt};
}

}  // namespace kula::net
