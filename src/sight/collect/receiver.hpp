#pragma once
/// @file
/// The thread of one socket: receives, decodes, hands on, counts.

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <thread>

#include "collect/collector.hpp"
#include "datagram_batch.hpp"
#include "stop_signal.hpp"
#include "udp_socket.hpp"

namespace kula::collect {

/// Written by the receiver's thread, read by any.
struct ReceiverCounts {
    std::atomic<std::uint64_t> datagrams = 0;
    std::atomic<std::uint64_t> bytes = 0;
    std::atomic<std::uint64_t> records = 0;
    std::atomic<std::uint64_t> undecodable = 0;
    std::atomic<std::uint64_t> errors = 0;
    std::atomic<double> datagrams_a_second = 0;
    std::atomic<double> records_a_second = 0;
};

class Receiver {
public:
    /// What is referred to outlives the receiver. `running` counts the threads that have not yet come to their end: the
    /// last one tells what still waits for its template.
    Receiver(UdpSocket socket, std::unique_ptr<FlowTaker> taker, formats::ExportDecoder& decoder,
             base::Clock const& clock, CollectSettings const& settings, StopSignal const& stop,
             std::atomic<std::size_t>& running);
    ~Receiver();
    Receiver(Receiver const&) = delete;
    Receiver& operator=(Receiver const&) = delete;

    void start();
    /// Waits for the end of the thread, then closes the socket.
    void join();
    [[nodiscard]] Endpoint const& endpoint() const { return socket_.endpoint(); }
    [[nodiscard]] SocketState state();

private:
    class Counting;
    using Steady = std::chrono::steady_clock;

    void run();
    void drain();
    bool take_batch();
    void decode_batch();
    /// Waits for a datagram or the end, for a tick at most; and whether a datagram came.
    bool wait_for_datagram();
    void rest();
    void measure();

    UdpSocket socket_;
    std::unique_ptr<FlowTaker> taker_;
    formats::ExportDecoder& decoder_;
    base::Clock const& clock_;
    std::chrono::milliseconds const tick_;
    std::chrono::milliseconds const rate_interval_;
    StopSignal const& stop_;
    std::atomic<std::size_t>& running_;
    DatagramBatch batch_;
    ReceiverCounts counts_;
    std::unique_ptr<Counting> sink_;
    Steady::time_point measured_at_;
    std::uint64_t datagrams_measured_ = 0;
    std::uint64_t records_measured_ = 0;
    std::thread thread_;
};

}  // namespace kula::collect
