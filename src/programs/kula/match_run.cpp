#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <map>
#include <mutex>
#include <thread>

#include "exit_status.hpp"
#include "input_file.hpp"
#include "match/sighting_table.hpp"
#include "match_inputs.hpp"
#include "match_options.hpp"
#include "sighting_writer.hpp"

namespace kula {
namespace {

constexpr std::size_t named_places = 5;

/// What could not be decoded in one input: how often for each reason, and where first.
class Faults {
public:
    void add(formats::Place place, std::string_view reason) {
        auto& fault = by_reason_[std::string(reason)];
        ++fault.count;
        if (fault.places.size() < named_places) fault.places.push_back(place);
    }
    void tell(std::string const& input) const {
        for (auto const& [reason, fault] : by_reason_) {
            std::string places;
            for (auto const& place : fault.places) {
                fmt::format_to(std::back_inserter(places), "{}{}", places.empty() ? "" : ", ", place.number);
            }
            fmt::print(stderr, "kula match: {}: {} undecodable: {} ({} {}{})\n", input, fault.count, reason,
                       unit(fault.places.front()), places, fault.count > fault.places.size() ? ", ..." : "");
        }
    }

private:
    struct Fault {
        std::uint64_t count = 0;
        std::vector<formats::Place> places;
    };
    static std::string_view unit(formats::Place place) {
        switch (place.unit) {
            case formats::Place::Unit::packet: return "packet";
            case formats::Place::Unit::line: return "line";
            case formats::Place::Unit::byte: return "byte";
        }
        return "";
    }
    std::map<std::string, Fault> by_reason_;
};

/// Sums of all threads, and the share of the work that is done, for people who watch.
struct Totals {
    std::uint64_t files = 0;
    std::uint64_t packets = 0;
    std::uint64_t records = 0;
    std::uint64_t matched = 0;
    std::uint64_t warned = 0;
    std::uint64_t undecodable = 0;
    std::uint64_t lost = 0;
    bool failed = false;

    void add(match::MatchingCounts const& counts) {
        records += counts.records;
        matched += counts.matched;
        warned += counts.warned;
        undecodable += counts.undecodable;
    }
};

class Run {
public:
    Run(MatchOptions const& options, std::shared_ptr<match::Matcher const> matcher)
        : options_(options),
          matcher_(std::move(matcher)),
          writer_(stdout, options.format, options.lines),
          watched_(isatty(STDERR_FILENO) != 0) {}

    Totals read_all() {
        std::atomic<std::size_t> next{0};
        auto const read_the_rest = [&] {
            for (auto i = next++; i < options_.inputs.size(); i = next++) read(options_.inputs[i]);
        };
        std::vector<std::jthread> others;
        for (unsigned t = 1; t < options_.threads; ++t) others.emplace_back(read_the_rest);
        read_the_rest();
        others.clear();
        if (watched_) fmt::print(stderr, "\r\033[K");
        return totals_;
    }

    /// Prints the sums; how many lines.
    std::uint64_t write_sightings() {
        for (auto const& sighting : table_.take()) {
            writer_.write(sighting);
            ++lines_;
        }
        return lines_;
    }
    bool finish() { return writer_.finish(); }

private:
    /// Each input by itself: templates, sampling and sequence numbers do not carry over, so that the order of inputs
    /// and the number of threads change nothing.
    void read(std::string const& input) {
        Faults faults;
        formats::ExportDecoder exports;
        match::Matching matching([&] { return matcher_; },
                                 [&](match::Matcher const& matcher, match::Hit const& hit) { take(matcher, hit); },
                                 [&](formats::Place place, std::string_view reason) { faults.add(place, reason); });
        formats::TrafficDecoder decoder(exports, options_.input);
        auto const outcome = feed_file(input, [&](std::span<std::byte const> bytes, formats::InputEnd end) {
            auto const used = decoder.consume(bytes, end, matching);
            matching.flush();
            show_progress(input, used, matching.counts());
            return used;
        });
        exports.finish(matching);
        matching.flush();
        std::lock_guard const lock(mutex_);
        if (watched_) fmt::print(stderr, "\r\033[K");
        faults.tell(input);
        bool const understood = decoder.kind() != formats::InputKind::unrecognised;
        if (!outcome) fmt::print(stderr, "kula match: {}\n", outcome.error().detail);
        totals_.failed |= !outcome || !understood;
        totals_.files += 1;
        totals_.packets += decoder.packets();
        totals_.lost += exports.lost();
        totals_.add(matching.counts());
    }

    void take(match::Matcher const& matcher, match::Hit const& hit) {
        std::unique_lock<std::mutex> lock(mutex_, std::defer_lock);
        if (options_.threads > 1) lock.lock();
        if (options_.lines == MatchOptions::Lines::flows) {
            writer_.write(matcher, hit);
            ++lines_;
        } else {
            table_.add(matcher, hit);
        }
    }

    void show_progress(std::string const& input, std::size_t used, match::MatchingCounts const& counts) {
        if (!watched_) return;
        std::lock_guard const lock(mutex_);
        bytes_ += used;
        auto const now = std::chrono::steady_clock::now();
        if (now - shown_ < std::chrono::milliseconds(200)) return;
        shown_ = now;
        fmt::print(stderr, "\r\033[K{}: {:.0f} MB read, {} records, {} matched", input,
                   static_cast<double>(bytes_) / 1e6, counts.records, counts.matched);
    }

    MatchOptions const& options_;
    std::shared_ptr<match::Matcher const> matcher_;
    std::mutex mutex_;
    SightingWriter writer_;
    match::SightingTable table_;
    std::uint64_t lines_ = 0;
    Totals totals_;
    bool const watched_;
    std::uint64_t bytes_ = 0;
    std::chrono::steady_clock::time_point shown_{};
};

void print_stats(Totals const& totals, std::uint64_t sightings, double seconds) {
    fmt::print(
        stderr,
        "{{\"files\":{},\"packets\":{},\"records\":{},\"matched\":{},\"sightings\":{},\"undecodable\":{},\"lost\":{},"
        "\"seconds\":{:.3f}}}\n",
        totals.files, totals.packets, totals.records, totals.matched, sightings, totals.undecodable, totals.lost,
        seconds);
}

}  // namespace

int run_match(MatchOptions const& options) {
    auto as_table = load_as_table(options);
    auto const national = as_table ? load_national(options, *as_table) : as_table.error();
    auto snapshot = national ? load_indicators(options, std::move(*as_table)) : national.error();
    if (!snapshot) {
        fmt::print(stderr, "kula match: {}\n", snapshot.error().detail);
        return status_failed;
    }
    auto const start = std::chrono::steady_clock::now();
    auto const space = *national ? std::optional<std::span<base::AddressRange const>>(**national) : std::nullopt;
    Run run(options, std::make_shared<match::Matcher const>(std::move(*snapshot), space));
    auto const totals = run.read_all();
    auto const sightings = run.write_sightings();
    bool const written = run.finish();
    if (!written) fmt::print(stderr, "kula match: the output could not be written\n");
    if (totals.warned > 0) {
        fmt::print(stderr, "kula match: {} flows met only indicators on warning lists and are not reported\n",
                   totals.warned);
    }
    std::chrono::duration<double> const seconds = std::chrono::steady_clock::now() - start;
    if (options.stats == MatchOptions::Stats::printed) print_stats(totals, sightings, seconds.count());
    return totals.failed || !written ? status_failed : status_ok;
}

}  // namespace kula
