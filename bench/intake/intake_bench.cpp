// A report of open resolvers on its way to events: taken apart, mapped, attributed and told from duplicates by one
// thread in memory; and durable, by `kula import` into a new folder.
//
// The peer, IntelMQ's chain of five bots, is in LIMITS; it is not run here.

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <random>
#include <span>
#include <string>
#include <unordered_set>

#include <CLI/CLI.hpp>

#include "base/clock.hpp"
#include "child.hpp"
#include "duplicate_keys.hpp"
#include "event_owner.hpp"
#include "intake/incoming.hpp"
#include "journal/journal.hpp"
#include "registry/registry.hpp"
#include "row_readers.hpp"
#include "storage/database.hpp"

namespace {

using namespace kula;
using Seconds = std::chrono::duration<double>;

constexpr auto report_name = "2026-01-31-scan_dns-example.csv";
constexpr std::size_t organisations = 1000;

/// Every address twice, the second time at another moment.
std::string make_report(std::size_t rows) {
    std::mt19937 random(1);
    std::string out =
        "timestamp,severity,ip,protocol,port,hostname,tag,asn,geo,region,city,naics,sector,min_amplification,"
        "dns_version\n";
    for (std::size_t row = 0; row < rows; ++row) {
        auto const number = row / 2;
        out += fmt::format(
            "\"2026-01-31 {:02}:{:02}:{:02}\",medium,10.{}.{}.{},udp,53,host{}.bank.example,openresolver,"
            "64500,MK,SKOPJE,SKOPJE,517311,\"Communications, Service Provider\",{}.{},\"dnsmasq 2.{}\"\n",
            row % 24, number % 60, number / 60 % 60, number >> 16 & 255, number >> 8 & 255, number & 255, number,
            random() % 9 + 1, random() % 10, random() % 90);
    }
    return out;
}

std::string make_organisations() {
    std::string out = "name,networks\n";
    for (std::size_t number = 0; number < organisations; ++number)
        out += fmt::format("Example Organisation {},10.{}.{}.0/24\n", number, number >> 8, number & 255);
    return out;
}

/// What of a delivery's way needs no disk.
class Telling : public intake::RowSink {
public:
    Telling(intake::Mapping const& mapping, registry::Attribution const& attribution)
        : mapping_(mapping), attribution_(attribution) {}

    void row(intake::Row const& told) override {
        auto const events = mapping_.events_of(told);
        if (!events) return;
        for (auto const& event : *events) {
            auto const keys = events::duplicate_keys(event, {"bench", "", now_});
            if (!known_.insert(keys.content).second) continue;
            ++events_;
            if (events::owner_of(event, attribution_).organisation) ++owned_;
        }
    }
    void broken(std::uint64_t, std::string_view, std::string_view) override { ++broken_; }
    void refuse(std::string) override { ++broken_; }
    void cut(std::string_view /*why*/) override { ++broken_; }

    [[nodiscard]] std::string text() const {
        return fmt::format("{} events, {} owned, {} broken", events_, owned_, broken_);
    }

private:
    intake::Mapping const& mapping_;
    registry::Attribution const& attribution_;
    base::Instant const now_ = base::SystemClock().now();
    std::unordered_set<std::int64_t> known_{};
    std::uint64_t events_ = 0;
    std::uint64_t owned_ = 0;
    std::uint64_t broken_ = 0;
};

void in_memory(std::string const& report, std::size_t rows) {
    bench::Scratch const scratch;
    base::SystemClock const clock;
    auto const database = storage::Database::open({.folder = scratch.folder() / "data"}, clock).value();
    auto const journal = journal::Journal::open(*database, clock).value();
    auto const registry = registry::Registry::open(*database, *journal, clock).value();
    (void)registry->import(registry::ImportFormat::csv, make_organisations(), {"bench"}).value();
    auto const incoming = intake::incoming_of({.name = report_name}).value();
    auto const attribution = registry->attribution();
    Seconds best{1e9};
    std::string told;
    for (int run = 0; run < 3; ++run) {
        auto const begun = std::chrono::steady_clock::now();
        Telling telling(incoming.mapping, *attribution);
        auto const reader = intake::reader_for(incoming.mapping);
        auto rest = std::as_bytes(std::span(report));
        constexpr std::size_t piece = 1 << 20;
        for (std::size_t given = std::min(piece, rest.size()); !rest.empty(); given = std::min(piece, rest.size())) {
            bool const is_last = given == rest.size();
            auto const used = reader->consume(
                rest.first(given), is_last ? formats::InputEnd::reached : formats::InputEnd::not_yet, telling);
            rest = rest.subspan(is_last ? rest.size() : used);
        }
        best = std::min(best, Seconds(std::chrono::steady_clock::now() - begun));
        told = telling.text();
    }
    fmt::print("{:52}{:>12.0f} rows/s   {} ({:.1f} us a row; target 50,000)\n",
               "one thread: parse, map, attribute, dedup", static_cast<double>(rows) / best.count(), told,
               best.count() * 1e6 / static_cast<double>(rows));
}

void durable(std::string const& report, std::size_t rows) {
    bench::Scratch const scratch;
    auto const file = scratch.folder() / report_name;
    std::ofstream(file, std::ios::binary) << report;
    auto const begun = std::chrono::steady_clock::now();
    auto const processor =
        bench::Child({KULA_PROGRAM, "import", "--data", (scratch.folder() / "data").string(), file.string()},
                     scratch.folder() / "told")
            .wait();
    Seconds const taken = std::chrono::steady_clock::now() - begun;
    std::ifstream answer(scratch.folder() / "told");
    std::string told;
    std::getline(answer, told);
    fmt::print("{:52}{:>12.0f} rows/s   {:.1f} us of CPU a row, {:.1f} s (target 10,000)\n  {}\n",
               "kula import, durable on SQLite", static_cast<double>(rows) / taken.count(),
               processor * 1e6 / static_cast<double>(rows), taken.count(), told);
}

}  // namespace

int main(int argc, char** argv) {
    std::size_t rows = 200'000;
    CLI::App app("From a report to events");
    app.add_option("--rows", rows, "Of the report")->capture_default_str();
    CLI11_PARSE(app, argc, argv);
    try {
        auto const report = make_report(rows);
        fmt::print("{} rows of scan_dns, {:.1f} MB; {} organisations\n", rows, static_cast<double>(report.size()) / 1e6,
                   organisations);
        in_memory(report, rows);
        durable(report, rows);
    } catch (std::exception const& fault) {
        fmt::print(stderr, "intake_bench: {}\n", fault.what());
        return 1;
    }
    return 0;
}
