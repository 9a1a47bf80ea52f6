#include "match_command.hpp"

#include <fmt/format.h>

#include <memory>

#include <CLI/CLI.hpp>

#include "exit_status.hpp"
#include "match_options.hpp"

namespace kula {
namespace {

constexpr char const* footer = R"(
Lists hold an address, prefix, range, AS number, domain, URL or hash a line; # and ; begin comments; CSV with a header
works too (its validity is not asked: a capture may be older than today). Inputs are recognised by their content: pcap,
pcapng, Zeek and Suricata EVE logs, CSV of flows, each also compressed with gzip, bzip2 or zstd. Flow exports inside a capture
(NetFlow v5 and v9, IPFIX, sFlow v5) are decoded; other packets become flows. Each input is read by itself: templates,
sampling and sequence numbers do not carry over.

Standard output is one line a sighting: a sum over all flows of the same indicator, ends, direction, side, protocol
and port. What could not be understood is counted and named on standard error. No match ends with 0, a file that
cannot be read with 1, wrong usage with 2.

Examples
  kula match --indicators blocklist.txt --national mk.v4 border.pcap
  zcat conn.log.gz | kula match --indicators c2.txt --format table -
)";

/// What CLI11 fills, before it becomes `MatchOptions`.
struct Words {
    MatchOptions options;
    bool allow_reserved = false;
    bool each = false;
    bool stats = false;
    std::string format;
    std::string columns;
};

void add_options(CLI::App& match, Words& words) {
    auto& options = words.options;
    match.add_option("--indicators", options.indicators, "Lists of what is malicious")
        ->type_name("FILE...")
        ->required()
        ->expected(1)
        ->allow_extra_args(false)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    match
        .add_option(
            "--national", options.national,
            "Prefixes (and, with --as-table, AS numbers) of the national space; without it the direction is unknown")
        ->type_name("FILE...")
        ->expected(1)
        ->allow_extra_args(false)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    match.add_option("--warninglists", options.warninglists, "MISP warning lists: what they hold is not reported")
        ->type_name("DIR");
    match
        .add_option(
            "--as-table", options.as_table,
            "Who announces what, for AS numbers that are listed or national: lines (start,end,AS or prefix,AS), a "
            "MaxMind DB, CAIDA pfx2as, or a dump of a routing table (MRT, bgpdump -m), also packed")
        ->type_name("FILE");
    match.add_flag("--allow-reserved", words.allow_reserved,
                   "Take indicators in space that is not on the public Internet");
    match.add_option("--format", words.format, "Of the output")
        ->check(CLI::IsMember({"jsonl", "csv", "table"}))
        ->option_text("jsonl|csv|table");
    match.add_flag("--each", words.each, "One line a matched flow instead of sums");
    match.add_flag("--stats", words.stats, "Counts as JSON on the last line of standard error");
    match.add_option("--threads", options.threads, "Inputs that are read side by side; 1 unless told")
        ->check(CLI::Range(1, 64))
        ->option_text("N");
    match
        .add_option("--export-ports", options.input.capture.export_ports,
                    "UDP ports whose datagrams are flow exports; 2055,4739,6343,9995,9996 unless told")
        ->delimiter(',')
        ->expected(1)
        ->allow_extra_args(false)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
        ->check(CLI::Range(1, 65535))
        ->option_text("PORT,...");
    match
        .add_option("--columns", words.columns,
                    "Which column of a CSV input holds what: source=sa,destination=da,bytes=ibyt,...")
        ->type_name("MAP");
    match.add_option("INPUT", options.inputs, "Captures and logs; - is standard input")->option_text(" ")->required();
}

int start(Words& words) {
    auto& options = words.options;
    if (words.allow_reserved) options.reserved = indicators::ReservedSpace::allow;
    if (words.each) options.lines = MatchOptions::Lines::flows;
    if (words.stats) options.stats = MatchOptions::Stats::printed;
    if (words.format == "csv") options.format = OutputFormat::csv;
    if (words.format == "table") options.format = OutputFormat::table;
    if (!words.columns.empty()) {
        auto columns = formats::CsvColumns::parse(words.columns);
        if (!columns) {
            fmt::print(stderr, "kula match: --columns: {}\n", columns.error().detail);
            return status_wrong_usage;
        }
        options.input.columns = std::move(*columns);
    }
    return run_match(options);
}

}  // namespace

void add_match_command(CLI::App& app, int& status) {
    auto* const match = app.add_subcommand("match", "Find what is listed in captures, flow exports and logs");
    match->footer(footer);
    auto const words = std::make_shared<Words>();
    add_options(*match, *words);
    match->callback([words, &status] { status = start(*words); });
}

}  // namespace kula
