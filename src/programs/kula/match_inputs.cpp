#include "match_inputs.hpp"

#include <fmt/format.h>

#include "announced_space.hpp"
#include "base/clock.hpp"
#include "indicators/warninglist.hpp"
#include "origins/table_file.hpp"
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

base::Result<AsTable> load_as_table(MatchOptions const& options) {
    if (options.as_table.empty()) return AsTable();
    auto content = origins::load_table(origins::TableKind::as_numbers, options.as_table, base::SystemClock());
    if (!content) return content.error();
    auto const& about = content->about;
    if (about.first_skipped > 0) {
        fmt::print(stderr, "kula match: {}:{}: no entry of an AS table; {} such lines skipped\n", options.as_table,
                   about.first_skipped, about.skipped);
    } else if (about.skipped > 0) {
        fmt::print(stderr, "kula match: {}: {} records are no entry of an AS table, and skipped\n", options.as_table,
                   about.skipped);
    }
    return std::make_shared<origins::AsTable const>(std::move(*content));
}

base::Result<std::shared_ptr<indicators::Snapshot const>> load_indicators(MatchOptions const& options,
                                                                          AsTable as_table) {
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
    builder.as_table(std::move(as_table));
    return builder.compile();
}

base::Result<std::optional<std::vector<base::AddressRange>>> load_national(MatchOptions const& options,
                                                                           AsTable const& as_table) {
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
    registry::NationalSpace const told(std::move(ranges), std::move(as_numbers));
    return as_table ? with_announced(told, *as_table).ranges() : told.ranges();
}

}  // namespace kula
