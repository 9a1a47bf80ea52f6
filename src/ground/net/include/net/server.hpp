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
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/address.hpp"
#include "base/clock.hpp"
#include "base/result.hpp"
#include "net/router.hpp"
#include "net/tls.hpp"

namespace kula::net {

/// Who may reach the server.
enum class Reach : std::uint8_t {
    loopback,               ///< Only 127.0.0.0/8 and ::1 may be listened on.
    anywhere,               ///< With TLS here, or in a trusted proxy before it.
    anywhere_in_the_clear,  ///< Passwords and sessions can be read on the way; for closed networks.
};

/// Which header the trusted proxies write. Only this one is looked at: the other may come from a client, through them.
enum class ForwardedBy : std::uint8_t {
    x_forwarded_for,  ///< With `X-Forwarded-Proto`.
    forwarded,        ///< RFC 7239.
};

struct Limits {
    std::size_t header_bytes = 16 * 1024;          ///< Request line and header fields; beyond it 431.
    std::size_t connections = 4096;                ///< Fewer where the process may not open so many files.
    std::size_t bodies_held = 512u * 1024 * 1024;  ///< Bytes of all request bodies in memory; beyond it 503.
    std::size_t quick_queue = 1024;                ///< Requests that wait for a handler thread; beyond it 503.
    std::size_t heavy_queue = 8;

    // Of one client, which is an IPv4 address or an IPv6 /64; 0: no limit. Loopback counts like others.
    unsigned requests_per_second = 50;         ///< On the long run; beyond it 429. A TLS handshake counts as one.
    unsigned requests_at_once = 200;           ///< After a rest; at least 1.
    std::size_t clients_counted = 64 * 1024;   ///< Beyond it, who has not asked for longest is forgotten.
    std::size_t connections_per_client = 256;  ///< Beyond it, its own that waits longest gives way; not for proxies.
};

struct Deadlines {
    std::chrono::milliseconds idle{75'000};    ///< Without any byte of a next request: closed silently.
    std::chrono::milliseconds header{10'000};  ///< From its first byte to the end of the header; then 408. A TLS
                                               ///< handshake gets as long; then closed.
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
        trusted_origins{};            ///< `https://desk.example.org`: may write besides the server's own pages.
    std::optional<TlsOptions> tls{};  ///< None: plain HTTP.
    std::vector<base::Prefix> trusted_proxies{};  ///< Who may tell a client's address and scheme in their place.
    ForwardedBy forwarded_by = ForwardedBy::x_forwarded_for;
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
    base::Address peer;                  ///< As `Request::peer`.
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
    std::uint64_t rate_limited = 0;  ///< Requests answered 429, and TLS connections not taken, for their client's rate.
    std::uint64_t crowded_out = 0;   ///< Connections that gave way, or were not taken, for their client's number.
    std::uint64_t failed_handshakes = 0;                    ///< TLS: no common ground, plain HTTP, or too slow.
    std::optional<base::Instant> certificate_expires = {};  ///< Of the certificate in use.
};

class Server {
public:
    /// Listens and begins to answer. `clock` outlives the server. Fails with `refused` for an address that `reach` does
    /// not allow, with `unavailable` when the address cannot be listened on, both naming the address; with
    /// `unavailable` or `invalid` when TLS cannot use a file, naming it and the fault. A certificate whose dates are
    /// not right now is a `fault` for the observer, so that a restart at night collects on.
    [[nodiscard]] static base::Result<std::unique_ptr<Server>> start(Router router, ServerOptions options,
                                                                     base::Clock const& clock,
                                                                     Observers observers = {});
    /// Stops.
    ~Server();
    Server(Server const&) = delete;
    Server& operator=(Server const&) = delete;

    [[nodiscard]] std::uint16_t port() const;
    /// `http://127.0.0.1:8080`; `https` with TLS.
    [[nodiscard]] std::string url() const;
    [[nodiscard]] ServerFigures figures() const;

    /// Reads the certificate and key anew, from the same files; connections from now on get them, those that are open
    /// stay. Fails as `start` does, and with `invalid` for a certificate that is not valid now or a server without TLS:
    /// then the old one stays in use. From any thread.
    base::Result<void> reload_tls();

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
