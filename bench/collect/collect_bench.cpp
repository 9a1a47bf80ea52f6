// Collection over the loopback: NetFlow v5 over UDP, decoded, and matched to sightings; nothing lost, or the loss told.
//
// One sending thread offers a rate; the collector's one thread takes it. Prints, for every rate, what was taken, what
// was lost by both witnesses, and Mflows per CPU second of the collector's thread, beside the limit: a socket that is
// only read. The sender's side of the loopback does the kernel's work of delivery, as a network card's interrupts
// would.

#include <fmt/format.h>
#include <poll.h>
#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <CLI/CLI.hpp>

#include "base/clock.hpp"
#include "collect/collector.hpp"
#include "indicators/snapshot.hpp"
#include "loopback.hpp"
#include "match/sighting_table.hpp"
#include "nfdump.hpp"
#include "replayer.hpp"

namespace {

using namespace kula;

struct Work {
    std::vector<double> rates{1, 2, 4, 8, 0};  ///< Mflows/s; 0: as many as the sender can.
    double seconds = 3;
    std::size_t exporters = 8;
    std::size_t indicators = 1'000'000;
    double listed_share = 0.01;
};

double thread_seconds() {
    rusage usage{};
    getrusage(RUSAGE_THREAD, &usage);
    auto const seconds = [](timeval const& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

/// What one run found, written by the taker on its thread.
struct Outcome {
    std::atomic<double> cpu_seconds = 0;
    std::atomic<std::uint64_t> flows = 0;
    std::atomic<std::uint64_t> sightings = 0;
};

/// Reads both addresses of every record, and nothing else.
class Reading final : public collect::FlowTaker {
public:
    explicit Reading(Outcome& outcome) : outcome_(outcome) {}
    void flows(std::span<formats::Flow const> flows) override { flows_ += flows.size(); }
    void netflow5(formats::Netflow5 const& datagram) override {
        auto const* record = datagram.records();
        for (std::size_t i = 0; i < datagram.size(); ++i, record += formats::Netflow5::record_size) {
            std::uint64_t ends = 0;
            std::memcpy(&ends, record, sizeof ends);
            sum_ += ends;
        }
        flows_ += datagram.size();
    }
    void names(formats::Flow const&, std::span<formats::SeenName const>) override {}
    void undecodable(formats::Place, std::string_view) override {}
    void batch_done(base::Instant) override {
        outcome_.flows = flows_;
        outcome_.sightings = sum_ == 0 ? 1 : 0;  // so that the reading is not left out
        outcome_.cpu_seconds = thread_seconds();
    }

private:
    Outcome& outcome_;
    std::uint64_t flows_ = 0;
    std::uint64_t sum_ = 0;
};

/// The path of production: match, and add hits up into sightings, taken every five seconds.
class MatchingTaker final : public collect::FlowTaker {
public:
    MatchingTaker(Outcome& outcome, std::shared_ptr<match::Matcher const> const& matcher)
        : outcome_(outcome),
          matching_([matcher] { return matcher; },
                    [this](match::Matcher const& by, match::Hit const& hit) { sightings_.add(by, hit); }) {}
    void flows(std::span<formats::Flow const> flows) override { matching_.flows(flows); }
    void netflow5(formats::Netflow5 const& datagram) override { matching_.netflow5(datagram); }
    void names(formats::Flow const& flow, std::span<formats::SeenName const> names) override {
        matching_.names(flow, names);
    }
    void undecodable(formats::Place place, std::string_view reason) override { matching_.undecodable(place, reason); }
    void batch_done(base::Instant now) override {
        matching_.flush();
        if (now - taken_ > std::chrono::seconds(5)) {
            taken_ = now;
            static_cast<void>(sightings_.take());
        }
        outcome_.flows = matching_.counts().records;
        outcome_.sightings = sightings_.size();
        outcome_.cpu_seconds = thread_seconds();
    }

private:
    Outcome& outcome_;
    match::SightingTable sightings_;
    match::Matching matching_;
    base::Instant taken_;
};

struct Listed {
    std::shared_ptr<match::Matcher const> matcher;
    std::vector<std::uint32_t> hosts;
};

Listed make_listed(std::size_t count) {
    std::mt19937_64 random(20261121);
    indicators::SnapshotBuilder builder;
    auto const source = builder.source("bench");
    Listed listed;
    for (std::size_t i = 0; i < count; ++i) {
        auto const host = static_cast<std::uint32_t>(random());
        auto const address = base::Address::v4(host);
        builder.add({.kind = indicators::Kind::address, .range = {address, address}}, source);
        listed.hosts.push_back(host);
    }
    std::vector<base::AddressRange> national;
    for (int i = 0; i < 140; ++i) {
        auto const network = base::Address::v4(static_cast<std::uint32_t>(random()));
        national.push_back(base::AddressRange::of(base::Prefix(network, 17 + i % 8)));
    }
    listed.matcher = std::make_shared<match::Matcher>(builder.compile(), national);
    return listed;
}

class Bench {
public:
    explicit Bench(Work const& work) : work_(work), listed_(make_listed(work.indicators)) {}

    void run() {
        fmt::print("{:<24}{:>10}{:>10}{:>9}{:>14}{:>14}{:>22}\n", "", "offered", "taken", "lost", "by kernel",
                   "by sequence", "Mflows/CPU second");
        for (auto const rate : work_.rates) socket_alone(rate);
        for (auto const rate : work_.rates) {
            collected("collect, read", rate, [](Outcome& outcome) { return std::make_unique<Reading>(outcome); });
        }
        for (auto const rate : work_.rates) {
            collected("collect, match, sight", rate,
                      [this](Outcome& outcome) { return std::make_unique<MatchingTaker>(outcome, listed_.matcher); });
        }
        try {
            for (auto const rate : work_.rates) peer(rate);
        } catch (std::exception const& fault) {
            fmt::print("peer: {}\n", fault.what());
        }
    }

private:
    using MakeTaker = std::function<std::unique_ptr<collect::FlowTaker>(Outcome&)>;

    [[nodiscard]] bench::Ends ends(std::mt19937_64& random) const {
        bench::Ends pair{static_cast<std::uint32_t>(random()), static_cast<std::uint32_t>(random())};
        auto const share = static_cast<std::uint64_t>(work_.listed_share * 1e6);
        if (!listed_.hosts.empty() && random() % 1'000'000 < share)
            pair.source = listed_.hosts[random() % listed_.hosts.size()];
        return pair;
    }

    struct Sent {
        std::uint64_t flows;
        double seconds;
    };
    Sent send(std::uint16_t port, double rate) const {
        bench::Replayer replayer(port, work_.exporters, [this](std::mt19937_64& random) { return ends(random); });
        auto const start = std::chrono::steady_clock::now();
        auto const flows = replayer.send(rate * 1e6, std::chrono::duration<double>(work_.seconds));
        return {flows, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count()};
    }

    static void report(std::string_view name, Sent const& sent, std::uint64_t taken, double cpu_seconds,
                       std::string_view by_kernel, std::string_view by_sequence) {
        auto const lost = sent.flows - std::min(taken, sent.flows);
        fmt::print("{:<24}{:>10.2f}{:>10.2f}{:>8.2f}%{:>14}{:>14}{:>22.1f}\n", name,
                   static_cast<double>(sent.flows) / sent.seconds / 1e6,
                   static_cast<double>(taken) / sent.seconds / 1e6,
                   100.0 * static_cast<double>(lost) / static_cast<double>(std::max<std::uint64_t>(sent.flows, 1)),
                   by_kernel, by_sequence, static_cast<double>(taken) / cpu_seconds / 1e6);
        std::fflush(stdout);
    }

    void collected(std::string_view name, double rate, MakeTaker const& make) const {
        Outcome outcome;
        base::SystemClock const clock;
        collect::CollectSettings settings;
        settings.endpoints = {*collect::Endpoint::parse("127.0.0.1:0")};
        auto const collector = collect::Collector::start(settings, clock, [&] { return make(outcome); });
        if (!collector) {
            fmt::print("{}\n", collector.error().detail);
            return;
        }
        auto const sent = send((*collector)->endpoints()[0].port, rate);
        (*collector)->stop();
        auto const state = (*collector)->state();
        report(name, sent, outcome.flows, outcome.cpu_seconds, std::to_string(state.sockets[0].kernel_drops * 30),
               std::to_string(state.lost));
    }

    void peer(double rate) const {
        bench::Scratch const scratch;
        bench::Nfcapd nfcapd(scratch.folder());
        auto const sent = send(nfcapd.port(), rate);
        auto const taken = nfcapd.stop();
        report("peer: nfcapd, collects", sent, taken.flows, taken.cpu_seconds, "", "");
    }

    /// The limit: the same system calls, and nothing looked at.
    void socket_alone(double rate) const {
        std::atomic<bool> may_end = false;
        std::uint64_t datagrams = 0;
        double cpu_seconds = 0;
        bench::LoopbackSocket const socket;
        int const buffer = 64 << 20;
        ::setsockopt(socket.descriptor(), SOL_SOCKET, SO_RCVBUFFORCE, &buffer, sizeof buffer);
        std::thread reader([&] {
            std::vector<std::byte> bytes(64 * 2048);
            std::array<iovec, 64> places{};
            std::array<mmsghdr, 64> messages{};
            for (std::size_t i = 0; i < 64; ++i) {
                places[i] = {bytes.data() + i * 2048, 2048};
                messages[i].msg_hdr.msg_iov = &places[i];
                messages[i].msg_hdr.msg_iovlen = 1;
            }
            for (;;) {
                int const count = ::recvmmsg(socket.descriptor(), messages.data(), 64, MSG_DONTWAIT, nullptr);
                if (count > 0) datagrams += static_cast<std::uint64_t>(count);
                if (count == 64) continue;
                if (count <= 0 && may_end) break;
                std::this_thread::sleep_for(std::chrono::microseconds(500));
            }
            cpu_seconds = thread_seconds();
        });
        auto const sent = send(socket.port(), rate);
        may_end = true;
        reader.join();
        report("limit: socket alone", sent, datagrams * 30, cpu_seconds, "", "");
    }

    Work const work_;
    Listed const listed_;
};

}  // namespace

int main(int argc, char** argv) {
    Work work;
    CLI::App app("Collection over the loopback");
    app.add_option("--rates", work.rates, "Mflows/s to offer, one run each; 0 is as many as can be sent")
        ->delimiter(',');
    app.add_option("--seconds", work.seconds, "Length of a run")->capture_default_str();
    app.add_option("--exporters", work.exporters, "Sending sockets")->capture_default_str();
    app.add_option("--indicators", work.indicators, "Listed addresses")->capture_default_str();
    app.add_option("--listed", work.listed_share, "Share of flows with a listed end")->capture_default_str();
    CLI11_PARSE(app, argc, argv);
    Bench(work).run();
    return 0;
}
