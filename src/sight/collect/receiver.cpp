#include "receiver.hpp"

#include <poll.h>

#include <array>
#include <utility>

namespace kula::collect {
namespace {

/// A thread that keeps up rests so long after a batch that was not full: fewer, fuller batches, and the CPU is left
/// alone.
constexpr timespec rest_between_batches{0, 500'000};
/// Below this, the socket's buffer might fill up meanwhile.
constexpr std::size_t least_buffer_for_rest = 4u << 20;
constexpr std::chrono::milliseconds longest_drain{500};

/// The only writer of a count is its receiver's thread.
void add(std::atomic<std::uint64_t>& count, std::uint64_t more) {
    count.store(count.load(std::memory_order_relaxed) + more, std::memory_order_relaxed);
}

}  // namespace

/// Counts on the way from the decoder to the taker.
class Receiver::Counting final : public formats::TrafficSink {
public:
    Counting(FlowTaker& taker, ReceiverCounts& counts) : taker_(taker), counts_(counts) {}

    void flows(std::span<formats::Flow const> flows) override {
        add(counts_.records, flows.size());
        taker_.flows(flows);
    }
    void netflow5(formats::Netflow5 const& datagram) override {
        add(counts_.records, datagram.size());
        taker_.netflow5(datagram);
    }
    void names(formats::Flow const& flow, std::span<formats::SeenName const> names) override {
        taker_.names(flow, names);
    }
    void undecodable(formats::Place place, std::string_view reason) override {
        add(counts_.undecodable, 1);
        taker_.undecodable(place, reason);
    }

private:
    FlowTaker& taker_;
    ReceiverCounts& counts_;
};

Receiver::Receiver(UdpSocket socket, std::unique_ptr<FlowTaker> taker, formats::ExportDecoder& decoder,
                   base::Clock const& clock, CollectSettings const& settings, StopSignal const& stop,
                   std::atomic<std::size_t>& running)
    : socket_(std::move(socket)),
      taker_(std::move(taker)),
      decoder_(decoder),
      clock_(clock),
      tick_(settings.tick),
      rate_interval_(settings.rate_interval),
      stop_(stop),
      running_(running),
      sink_(std::make_unique<Counting>(*taker_, counts_)) {}

Receiver::~Receiver() { join(); }

void Receiver::start() {
    measured_at_ = Steady::now();
    ++running_;
    thread_ = std::thread([this] { run(); });
}

void Receiver::join() {
    if (thread_.joinable()) thread_.join();
    socket_.close();
}

SocketState Receiver::state() {
    SocketState state;
    state.endpoint = socket_.endpoint();
    state.receive_buffer = socket_.receive_buffer();
    state.kernel_drops = socket_.drops();
    state.datagrams = counts_.datagrams;
    state.bytes = counts_.bytes;
    state.records = counts_.records;
    state.undecodable = counts_.undecodable;
    state.receive_errors = counts_.errors;
    state.datagrams_a_second = counts_.datagrams_a_second;
    state.records_a_second = counts_.records_a_second;
    return state;
}

void Receiver::run() {
    while (!stop_.is_raised()) {
        measure();
        if (take_batch()) {
            if (!batch_.is_full() && socket_.receive_buffer() >= least_buffer_for_rest) rest();
        } else if (!wait_for_datagram()) {
            taker_->batch_done(clock_.now());
        }
    }
    drain();
    if (--running_ == 0) decoder_.finish(*sink_);
    taker_->batch_done(clock_.now());
}

/// What had arrived before the end still counts; a sender that never pauses must not keep the thread alive.
void Receiver::drain() {
    auto const until = Steady::now() + longest_drain;
    while (take_batch() && Steady::now() < until) {
    }
}

bool Receiver::take_batch() {
    switch (batch_.receive(socket_.descriptor())) {
        case DatagramBatch::Outcome::received: decode_batch(); return true;
        case DatagramBatch::Outcome::failed:
            add(counts_.errors, 1);
            rest();
            break;
        case DatagramBatch::Outcome::nothing: break;
    }
    return false;
}

void Receiver::decode_batch() {
    auto const now = clock_.now();
    auto const before = counts_.datagrams.load(std::memory_order_relaxed);
    std::uint64_t bytes = 0;
    for (std::size_t i = 0; i < batch_.size(); ++i) {
        auto const datagram = batch_.datagram(i);
        bytes += datagram.size();
        decoder_.decode(batch_.sender(i), datagram, now, {formats::Place::Unit::packet, before + i + 1}, *sink_);
    }
    add(counts_.bytes, bytes);
    add(counts_.datagrams, batch_.size());
    taker_->batch_done(now);
}

bool Receiver::wait_for_datagram() {
    std::array<pollfd, 2> waited{{{socket_.descriptor(), POLLIN, 0}, {stop_.descriptor(), POLLIN, 0}}};
    return ::poll(waited.data(), waited.size(), static_cast<int>(tick_.count())) > 0;
}

void Receiver::rest() {
    pollfd waited{stop_.descriptor(), POLLIN, 0};
    ::ppoll(&waited, 1, &rest_between_batches, nullptr);
}

void Receiver::measure() {
    auto const now = Steady::now();
    auto const passed = now - measured_at_;
    if (passed < rate_interval_) return;
    auto const a_second = [&](std::uint64_t count, std::uint64_t& measured) {
        auto const rate = static_cast<double>(count - measured) / std::chrono::duration<double>(passed).count();
        measured = count;
        return rate;
    };
    counts_.datagrams_a_second = a_second(counts_.datagrams, datagrams_measured_);
    counts_.records_a_second = a_second(counts_.records, records_measured_);
    measured_at_ = now;
    socket_.drops();
}

}  // namespace kula::collect
