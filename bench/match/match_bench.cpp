// Matching at line rate: NetFlow v5 records in memory, both ends looked up, direction told, the indicator named.
//
// One thread, warm: the best of five passes over the same records. Prints Mflows/s for every kernel that this processor
// runs, beside the limit, the same loop that only reads the two addresses of each record, and beside nfdump, which
// filters some of the same records, collected by nfcapd, by the same list.

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <fstream>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "base/huge_array.hpp"
#include "formats/netflow5.hpp"
#include "indicators/snapshot.hpp"
#include "match/matching.hpp"
#include "nfdump.hpp"
#include "replayer.hpp"

namespace {

using namespace kula;
using indicators::Kind;
using indicators::Value;

constexpr std::size_t records_a_datagram = 30;
constexpr std::size_t datagram_size =
    formats::Netflow5::header_size + records_a_datagram * formats::Netflow5::record_size;

constexpr int passes = 5;

struct Work {
    std::size_t records = 24'000'000;
    std::size_t indicators = 1'000'000;
    double listed_share = 0.01;  ///< Of flows, one end of which is drawn from the list.
    std::size_t peer_records = 2'000'000;
};

/// Seconds of this thread on a processor: what other programs of a shared machine take does not count.
double thread_seconds() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

double seconds_of(std::function<void()> const& work) {
    double const start = thread_seconds();
    work();
    return thread_seconds() - start;
}

/// Nine of ten are hosts, clustered in networks as on real lists, the rest small networks; and, as on the block lists
/// of hijacked space, a thousand prefixes from /15 to /22 that together cover about half a percent of the Internet.
std::vector<Value> make_indicators(std::size_t count, std::mt19937_64& random) {
    constexpr std::size_t wide = 1000;
    std::vector<std::uint32_t> networks(count / 4 + 1);
    for (auto& network : networks) network = static_cast<std::uint32_t>(random()) & 0xffffff00;
    std::vector<Value> out;
    while (out.size() < count) {
        base::Address const address = base::Address::v4(networks[random() % networks.size()] | (random() & 255));
        if (out.size() >= wide && random() % 10 != 0) {
            out.push_back({.kind = Kind::address, .range = {address, address}});
        } else {
            auto const roll = static_cast<int>(random() % 8);
            base::Prefix const prefix(address, (out.size() < wide ? 15 : 24) + roll);
            out.push_back({.kind = Kind::prefix, .range = base::AddressRange::of(prefix)});
        }
    }
    return out;
}

/// A country of about 900,000 addresses in prefixes of common sizes.
std::vector<base::AddressRange> make_national(std::mt19937_64& random) {
    std::vector<base::AddressRange> out;
    for (int i = 0; i < 140; ++i) {
        base::Prefix const prefix(base::Address::v4(static_cast<std::uint32_t>(random())),
                                  17 + static_cast<int>(i % 8));
        out.push_back(base::AddressRange::of(prefix));
    }
    return out;
}

/// Datagrams one after another. One end is national, the other anywhere, as at a country's border.
base::HugeArray<std::byte> make_records(Work const& work, std::vector<Value> const& listed,
                                        std::vector<base::AddressRange> const& national, std::mt19937_64& random) {
    std::size_t const datagrams = work.records / records_a_datagram;
    base::HugeArray<std::byte> bytes(datagrams * datagram_size);
    auto const put32 = [](std::byte* to, std::uint32_t value) {
        value = __builtin_bswap32(value);
        std::memcpy(to, &value, sizeof value);
    };
    auto const listed_flows = static_cast<std::uint64_t>(work.listed_share * 1e6);
    for (std::size_t d = 0; d < datagrams; ++d) {
        auto* const datagram = bytes.data() + d * datagram_size;
        put32(datagram, 5u << 16 | records_a_datagram);
        for (std::size_t r = 0; r < records_a_datagram; ++r) {
            auto* const record = datagram + formats::Netflow5::header_size + r * formats::Netflow5::record_size;
            auto const& home = national[random() % national.size()];
            auto const size = home.last.number4() - home.first.number4() + 1;
            std::uint32_t const inside = home.first.number4() + static_cast<std::uint32_t>(random() % size);
            auto outside = static_cast<std::uint32_t>(random());
            if (random() % 1'000'000 < listed_flows) outside = listed[random() % listed.size()].range.first.number4();
            bool const outbound = (random() & 1) != 0;
            put32(record, outbound ? inside : outside);
            put32(record + 4, outbound ? outside : inside);
        }
    }
    return bytes;
}

template <class Each>
void each_datagram(base::HugeArray<std::byte> const& bytes, Each each) {
    for (std::size_t at = 0; at < bytes.size(); at += datagram_size) {
        each(*formats::Netflow5::read({bytes.data() + at, datagram_size}));
    }
}

/// Reads the two fields and nothing else.
std::uint64_t read_only(base::HugeArray<std::byte> const& bytes) {
    std::uint64_t sum = 0;
    each_datagram(bytes, [&](formats::Netflow5 const& datagram) {
        auto const* record = datagram.records();
        for (std::size_t i = 0; i < datagram.size(); ++i, record += formats::Netflow5::record_size) {
            std::uint64_t ends = 0;
            std::memcpy(&ends, record, sizeof ends);
            sum += ends;
        }
    });
    return sum;
}

void report(std::string_view name, Work const& work, double seconds, std::string_view more) {
    fmt::print("{:<22} {:7.1f} Mflows/s  {}\n", name, static_cast<double>(work.records) / seconds / 1e6, more);
    std::fflush(stdout);
}

void write_filter(std::filesystem::path const& path, std::vector<Value> const& listed) {
    std::ofstream file(path);
    file << "ip in [\n";
    for (auto const& value : listed) {
        auto const width = value.range.last.number4() - value.range.first.number4();
        file << value.range.first.text() << '/' << 32 - std::popcount(width) << '\n';
    }
    file << "]\n";
}

/// nfdump over flows of the same kind; what it takes to read the list is measured by filtering next to nothing.
void peer(Work const& work, base::HugeArray<std::byte> const& bytes, std::vector<Value> const& listed) {
    constexpr double rate = 500'000;
    constexpr std::size_t exporters = 100;  // 192,000 different flows, over and over
    std::size_t record = 0;
    auto const next_ends = [&](std::mt19937_64&) {
        auto const* const place = bytes.data() + record / records_a_datagram * datagram_size +
                                  formats::Netflow5::header_size +
                                  record % records_a_datagram * formats::Netflow5::record_size;
        record = (record + 1) % work.records;
        bench::Ends ends{};
        std::memcpy(&ends, place, sizeof ends);
        return bench::Ends{__builtin_bswap32(ends.source), __builtin_bswap32(ends.destination)};
    };
    auto const collect = [&](std::filesystem::path const& folder, double seconds) {
        std::filesystem::create_directory(folder);
        bench::Nfcapd nfcapd(folder);
        bench::Replayer replayer(nfcapd.port(), exporters, next_ends);
        replayer.send(rate, std::chrono::duration<double>(seconds));
        return nfcapd.stop().flows;
    };
    bench::Scratch const scratch;
    auto const few = scratch.folder() / "few";
    auto const many = scratch.folder() / "many";
    auto const filter = scratch.folder() / "filter";
    write_filter(filter, listed);
    auto const flows =
        static_cast<double>(collect(many, static_cast<double>(work.peer_records) / rate) - collect(few, 0.001));
    double const reading = bench::filter_seconds(few, filter);
    double const seconds = bench::filter_seconds(many, filter) - reading;
    fmt::print("{:<22} {:7.2f} Mflows/s  {:.0f} flows filtered, list read in {:.1f} s\n", "peer: nfdump",
               flows / seconds / 1e6, flows, reading);
}

void run(Work const& work) {
    std::mt19937_64 random(20261121);
    auto const listed = make_indicators(work.indicators, random);
    auto const national = make_national(random);
    auto const bytes = make_records(work, listed, national, random);

    indicators::SnapshotBuilder builder;
    auto const source = builder.source("bench");
    std::shared_ptr<indicators::Snapshot const> snapshot;
    double const adding = seconds_of([&] {
        for (auto const& value : listed) builder.add(value, source);
    });
    double const compiling = seconds_of([&] { snapshot = builder.compile(); });
    fmt::print("{} indicators: added in {:.3f} s, compiled in {:.3f} s, {:.1f} MB\n", snapshot->size(), adding,
               compiling, static_cast<double>(snapshot->memory()) / 1e6);

    std::uint64_t volatile sum = 0;
    double limit = 1e9;
    for (int i = 0; i < passes; ++i) limit = std::min(limit, seconds_of([&] { sum = sum + read_only(bytes); }));
    report("limit: read two fields", work, limit, "");
    for (auto const kernel : match::Matcher::kernel_names()) {
        std::shared_ptr<match::Matcher const> matcher;
        double const preparing =
            seconds_of([&] { matcher = std::make_shared<match::Matcher>(snapshot, national, kernel); });
        std::uint64_t hits = 0;
        std::uint64_t named = 0;
        auto const pass = [&] {
            match::Matching matching([&] { return matcher; },
                                     [&](match::Matcher const&, match::Hit const& hit) {
                                         ++hits;
                                         named += hit.indicator;
                                     });
            each_datagram(bytes, [&](formats::Netflow5 const& datagram) { matching.netflow5(datagram); });
            matching.flush();
        };
        double seconds = 1e9;
        for (int i = 0; i < passes; ++i) {
            hits = named = 0;
            seconds = std::min(seconds, seconds_of(pass));
        }
        report(kernel, work, seconds,
               fmt::format("{} hits (check {}), screen made in {:.3f} s", hits, named, preparing));
    }
    if (work.peer_records == 0) return;
    try {
        peer(work, bytes, listed);
    } catch (std::exception const& fault) {
        fmt::print("peer: {}\n", fault.what());
    }
}

}  // namespace

int main(int argc, char** argv) {
    Work work;
    CLI::App app("Matching at line rate");
    app.add_option("--records", work.records, "NetFlow v5 records")->capture_default_str();
    app.add_option("--indicators", work.indicators, "Listed addresses and prefixes")->capture_default_str();
    app.add_option("--listed", work.listed_share, "Share of flows with a listed end")->capture_default_str();
    app.add_option("--peer-records", work.peer_records, "Records that nfdump filters; 0 leaves it out")
        ->capture_default_str();
    CLI11_PARSE(app, argc, argv);
    run(work);
    return 0;
}
