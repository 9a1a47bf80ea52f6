#pragma once
/// @file
/// The HTTP/1.1 server: sockets, limits and deadlines around a `Router`.
///
/// Source: RFC 9110, RFC 9112. It trusts nobody who connects: every size, count and duration has a bound, and who is
/// slow or silent waits alone. It answers only requests that name it in `Host` (against DNS rebinding) and refuses
/// writes that another site's page sends.

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/address.hpp"
#include "base/clock.hpp"
#include "base/result.hpp"
#include "net/router.hpp"

namespace kula::net {

/// Who may reach the server.
enum class Reach : std::uint8_t {
    loopback,  ///< Only 127.0.0.0/8 and ::1 may be listened on.
    anywhere,  ///< For an installation that has access control in front.
};

struct Limits {
    std::size_t header_bytes = 16 * 1024;          ///< Request line and header fields; beyond it 431.
    std::size_t connections = 4096;                ///< Fewer where the process may not open so many files.
    std::size_t bodies_held = 512u * 1024 * 1024;  ///< Bytes of all request bodies in memory; beyond it 503.
    std::size_t quick_queue = 1024;                ///< Requests that wait for a handler thread; beyond it 503.
    std::size_t heavy_queue = 8;
};

struct Deadlines {
    std::chrono::milliseconds idle{75'000};    ///< Without any byte of a next request: closed silently.
    std::chrono::milliseconds header{10'000};  ///< From its first byte to the end of the header; then 408.
    std::chrono::milliseconds grace{10'000};   ///< A body, or a client that reads, may take this long …
    std::size_t slowest_rate = 8 * 1024;  ///< … and as long as this many bytes a second take; then 408 or closed.
    std::chrono::milliseconds heartbeat{
        15'000};                            ///< A comment to an event stream on which nothing was sent for so long.
    std::chrono::milliseconds stop{5'000};  ///< What requests under way get when the server stops.
};

struct ServerOptions {
    base::Address address = base::Address::v4(0x7f000001);
    std::uint16_t port = 0;  ///< 0: the kernel chooses; `Server::port` tells.
    Reach reach = Reach::loopback;
    std::vector<std::string> host_names{};  ///< Served besides `localhost`, 127.0.0.1, ::1 and the address listened on.
    std::vector<std::string>
        trusted_origins{};  ///< `https://desk.example.org`: may write besides the server's own pages.
    unsigned quick_threads = 4;
    unsigned heavy_threads = 1;
    Limits limits{};
    Deadlines deadlines{};
};

/// One answer, for logs and metrics.
struct Exchange {
    std::string_view method;   ///< Empty when the request could not be read so far.
    std::string_view pattern;  ///< The route's; empty when there was none.
    Status status;
    std::chrono::microseconds handling;  ///< From the whole request to the whole response, without the network.
    std::size_t body_bytes;              ///< Of the response, as sent; 0 for streams.
    base::Address peer;
};

/// Both are called from any of the server's threads and must be quick. Empty functions are allowed.
struct Observers {
    std::function<void(Exchange const&)> exchange{};
    std::function<void(std::string_view sentence)>
        fault{};  ///< What an operator should know: an exception in a handler, no more files.
};

/// Counts since the start, and what is under way now.
struct ServerFigures {
    std::uint64_t accepted = 0;
    std::uint64_t requests = 0;
    std::uint64_t timed_out = 0;        ///< Connections that missed a deadline, idle ones not counted.
    std::uint64_t evicted = 0;          ///< Slow connections that gave way when all were taken.
    std::uint64_t overloaded = 0;       ///< Requests answered 503 for a full queue or too many bodies.
    std::uint64_t dropped_streams = 0;  ///< Event streams whose client was too slow.
    std::size_t connections = 0;
    std::size_t streams = 0;
    std::size_t waiting_requests = 0;  ///< For a handler thread.
};

class Server {
public:
    /// Listens and begins to answer. `clock` outlives the server. Fails with `refused` for an address that is not
    /// loopback unless `Reach::anywhere`, with `unavailable` when the address cannot be listened on; both name the
    /// address.
    [[nodiscard]] static base::Result<std::unique_ptr<Server>> start(Router router, ServerOptions options,
                                                                     base::Clock const& clock,
                                                                     Observers observers = {});
    /// Stops.
    ~Server();
    Server(Server const&) = delete;
    Server& operator=(Server const&) = delete;

    [[nodiscard]] std::uint16_t port() const;
    /// `http://127.0.0.1:8080`.
    [[nodiscard]] std::string url() const;
    [[nodiscard]] ServerFigures figures() const;

    /// Takes no more connections, ends streams, lets requests under way finish within `Deadlines::stop`, then closes.
    /// Returns when no handler runs any more; a handler that never returns keeps it waiting. A second call does
    /// nothing. Never from a handler.
    void stop();

private:
    class Engine;
    explicit Server(std::unique_ptr<Engine> engine);
    std::unique_ptr<Engine> engine_;
};

}  // namespace kula::net
