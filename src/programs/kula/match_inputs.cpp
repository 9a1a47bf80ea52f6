#include "match_inputs.hpp"

#include <fmt/format.h>

#include "announced_space.hpp"
#include "indicators/as_table.hpp"
#include "indicators/warninglist.hpp"
#include "read_file.hpp"
#include "registry/national_space.hpp"

namespace kula {
namespace {

constexpr std::size_t named_lines = 100'000;

void tell_skipped(std::string const& file, indicators::ImportReport const& report) {
    for (auto const& line : report.first_skipped) {
        fmt::print(stderr, "kula match: {}:{}: skipped \"{}\": {}\n", file, line.line, line.text, line.reason);
    }
    if (report.skipped > report.first_skipped.size()) {
        fmt::print(stderr, "kula match: {}: {} more lines skipped\n", file,
                   report.skipped - report.first_skipped.size());
    }
    if (report.skipped > 0) {
        fmt::print(stderr, "kula match: {}: {} of {} lines taken, {} skipped\n", file, report.taken, report.read,
                   report.skipped);
    }
}

base::Result<indicators::Warninglists> load_warninglists(std::string const& path) {
    if (path.empty()) return indicators::Warninglists();
    auto lists = indicators::Warninglists::load(path);
    if (!lists) return lists.error();
    for (auto const& fault : lists->faults()) fmt::print(stderr, "kula match: {}: {}\n", fault.file, fault.reason);
    return std::move(*lists);
}

}  // namespace

base::Result<AsOrigins> load_as_table(MatchOptions const& options) {
    if (options.as_table.empty()) return AsOrigins();
    auto const text = read_file(options.as_table);
    if (!text) return text.error();
    auto table = indicators::parse_as_table(*text);
    if (table.skipped > 0) {
        fmt::print(stderr, "kula match: {}:{}: no entry of an AS table; {} such lines skipped\n", options.as_table,
                   table.first_skipped, table.skipped);
    }
    return std::move(table.origins);
}

base::Result<std::shared_ptr<indicators::Snapshot const>> load_indicators(MatchOptions const& options,
                                                                          AsOrigins origins) {
    auto const warninglists = load_warninglists(options.warninglists);
    if (!warninglists) return warninglists.error();
    bool const ask = !warninglists->lists().empty();
    indicators::SnapshotBuilder builder;
    for (auto const& file : options.indicators) {
        auto const source = builder.source(indicators::source_name_of(file));
        auto const report = indicators::read_list_file(
            file, {.reserved = options.reserved, .skipped_kept = named_lines},
            [&](indicators::Value const& value, indicators::Attributes const&) {
                bool const warned = ask && warninglists->warns(value);
                builder.add(value, source, warned ? indicators::Alerting::warned : indicators::Alerting::alerted);
            });
        if (!report) return report.error();
        tell_skipped(file, *report);
    }
    builder.as_origins(std::move(origins));
    return builder.compile();
}

base::Result<std::optional<std::vector<base::AddressRange>>> load_national(MatchOptions const& options,
                                                                           AsOrigins const& origins) {
    if (options.national.empty()) return std::nullopt;
    std::vector<base::AddressRange> ranges;
    std::vector<std::uint32_t> as_numbers;
    for (auto const& file : options.national) {
        auto const text = read_file(file);
        if (!text) return text.error();
        auto const space = registry::parse_space(*text);
        for (auto const& line : space.skipped) {
            fmt::print(stderr, "kula match: {}:{}: {}\n", file, line.line, line.reason);
        }
        if (!space.as_numbers.empty() && options.as_table.empty()) {
            fmt::print(stderr, "kula match: {}: without --as-table its {} AS numbers say nothing\n", file,
                       space.as_numbers.size());
        }
        ranges.insert(ranges.end(), space.ranges.begin(), space.ranges.end());
        as_numbers.insert(as_numbers.end(), space.as_numbers.begin(), space.as_numbers.end());
    }
    return with_announced(registry::NationalSpace(std::move(ranges), std::move(as_numbers)), origins).ranges();
}

}  // namespace kula
