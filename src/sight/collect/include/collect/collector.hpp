#pragma once
/// @file
/// Receives flow exports over UDP and hands the flows on, on as many threads as there are sockets.
///
/// Sources: socket(7), udp(7), recvmmsg(2). Losses are counted twice over, independently: by the exporters' sequence
/// numbers and by the kernel's drops.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "collect/endpoint.hpp"
#include "formats/exports.hpp"
#include "formats/traffic.hpp"

namespace kula::collect {

/// Takes the flows of one socket, always on that socket's thread: needs no lock for what is its own. Does not throw,
/// and does not call the collector.
class FlowTaker : public formats::TrafficSink {
public:
    /// A batch of datagrams has been told in full, or nothing came for a tick. NetFlow v5 views that were told since
    /// the last call live until this one returns. `now` is the moment of the batch.
    virtual void batch_done(base::Instant now) = 0;
};

struct CollectSettings {
    std::vector<Endpoint> endpoints;
    /// Sockets, and so threads, on each endpoint. The kernel shares the senders among them.
    std::size_t sockets_an_endpoint = 1;
    std::size_t receive_buffer = 64u << 20;  ///< Bytes asked of the kernel for each socket; it may grant fewer.
    std::chrono::milliseconds tick{200};     ///< `batch_done` is called at least so often.
    std::chrono::milliseconds rate_interval{10'000};
    formats::ExportLimits limits{};
};

/// What came to one socket. Counts are since the start.
struct SocketState {
    Endpoint endpoint;               ///< With the port that the kernel chose, where it did.
    std::size_t receive_buffer = 0;  ///< Bytes that the kernel granted.
    std::uint64_t datagrams = 0;
    std::uint64_t bytes = 0;    ///< Of UDP payload.
    std::uint64_t records = 0;  ///< Flow records told.
    std::uint64_t undecodable = 0;
    std::uint64_t kernel_drops = 0;    ///< Datagrams that found the buffer full.
    std::uint64_t receive_errors = 0;  ///< The kernel could not hand over datagrams.
    double datagrams_a_second = 0;     ///< Over the last whole `rate_interval`.
    double records_a_second = 0;       ///< Likewise.
};

struct CollectorState {
    std::vector<SocketState> sockets;
    std::vector<formats::ExporterState> exporters;
    /// By sequence numbers, all exporters together. Contains what the kernel dropped.
    std::uint64_t lost = 0;
};

class Collector {
public:
    /// Makes the taker of one socket; called once for each, on the thread that starts the collector.
    using MakeTaker = std::function<std::unique_ptr<FlowTaker>()>;

    static constexpr std::size_t most_sockets = 256;

    /// Listens, and starts the threads. Fails with `invalid` where an endpoint is not of this machine or there are too
    /// many sockets, `unavailable` where a port is taken by another socket (also one that would share it), `refused`
    /// where this process may not have it; the sentence names the endpoint. `clock` outlives the collector.
    static base::Result<std::unique_ptr<Collector>> start(CollectSettings const& settings, base::Clock const& clock,
                                                          MakeTaker const& make_taker);
    /// Stops.
    ~Collector();
    Collector(Collector const&) = delete;
    Collector& operator=(Collector const&) = delete;

    /// Takes what has already arrived (for half a second at most), tells data whose template never came as undecodable,
    /// and closes the sockets. Takers stay until the collector goes. A second call does nothing.
    void stop();

    /// Where it listens, in the order of the settings, with the ports that the kernel chose.
    [[nodiscard]] std::vector<Endpoint> endpoints() const;
    /// Safe from any thread, also after `stop`.
    [[nodiscard]] CollectorState state() const;

private:
    class Threads;
    explicit Collector(std::unique_ptr<Threads> threads);
    std::unique_ptr<Threads> threads_;
};

}  // namespace kula::collect
