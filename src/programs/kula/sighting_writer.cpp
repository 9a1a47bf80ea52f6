#include "sighting_writer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include <nlohmann/json.hpp>

#include "formats/csv.hpp"
#include "match/sighting_table.hpp"

namespace kula {
namespace {

constexpr std::array<std::string_view, 13> sighting_names{"indicator", "matched", "peer",   "direction", "side",
                                                          "protocol",  "port",    "flows",  "packets",   "bytes",
                                                          "first",     "last",    "sources"};
constexpr std::array<std::string_view, 16> flow_names{
    "indicator",   "matched",          "peer",    "direction", "side",  "protocol", "port",   "source", "source_port",
    "destination", "destination_port", "packets", "bytes",     "start", "end",      "sources"};

std::span<std::string_view const> names_of(MatchOptions::Lines lines) {
    if (lines == MatchOptions::Lines::flows) return flow_names;
    return sighting_names;
}

struct Plain {
    std::string operator()(std::uint64_t number) const { return std::to_string(number); }
    std::string operator()(std::string const& text) const { return text; }
    std::string operator()(std::vector<std::string> const& list) const {
        return fmt::format("{}", fmt::join(list, " "));
    }
};

/// Whatever bytes a log holds, the line is valid UTF-8.
std::string json_text(nlohmann::json const& value) {
    return value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

/// Columns on the screen, which is not bytes: those that continue a UTF-8 character take no place.
std::size_t width(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xc0) != 0x80; }));
}

}  // namespace

SightingWriter::SightingWriter(std::FILE* out, OutputFormat format, MatchOptions::Lines lines)
    : out_(out), format_(format), names_(names_of(lines)) {
    if (format_ != OutputFormat::csv) return;
    line_ = fmt::format("{}\n", fmt::join(names_, ","));
    send_line();
}

void SightingWriter::write(events::Observation const& s) {
    write({s.indicator, s.matched, s.peer, std::string(events::to_text(s.direction)),
           std::string(events::to_text(s.side)), std::uint64_t{s.protocol}, std::uint64_t{s.port}, s.flows, s.packets,
           s.bytes, base::to_seconds_text(s.first), base::to_seconds_text(s.last), s.sources});
}

void SightingWriter::write(match::Matcher const& matcher, match::Hit const& hit) {
    auto const& flow = hit.flow;
    auto const ends = match::ends_of(hit);
    std::vector<std::string> sources;
    for (auto const source : matcher.snapshot().sources(hit.indicator)) sources.emplace_back(source);
    write({matcher.snapshot().value(hit.indicator).text(), ends.matched, ends.peer.text(),
           std::string(events::to_text(hit.direction)), std::string(events::to_text(hit.side)),
           std::uint64_t{flow.protocol}, std::uint64_t{flow.destination_port}, flow.source.text(),
           std::uint64_t{flow.source_port}, flow.destination.text(), std::uint64_t{flow.destination_port}, flow.packets,
           flow.bytes, base::to_seconds_text(flow.start), base::to_seconds_text(flow.end), std::move(sources)});
}

/// `values` in the order of `names_`.
void SightingWriter::write(std::vector<Value> const& values) {
    if (format_ == OutputFormat::jsonl) return write_json(values);
    std::vector<std::string> cells;
    cells.reserve(values.size());
    for (auto const& value : values) cells.push_back(std::visit(Plain{}, value));
    if (format_ == OutputFormat::csv) return write_csv(cells);
    if (rows_.empty()) {
        rows_.emplace_back(names_.begin(), names_.end());
        for (auto const& value : values) is_number_.push_back(std::holds_alternative<std::uint64_t>(value));
    }
    rows_.push_back(std::move(cells));
}

/// The stream remembers a failure; `finish` tells it.
void SightingWriter::send_line() { static_cast<void>(std::fwrite(line_.data(), 1, line_.size(), out_)); }

void SightingWriter::write_json(std::vector<Value> const& values) {
    line_ = '{';
    for (std::size_t i = 0; i < values.size(); ++i) {
        fmt::format_to(std::back_inserter(line_), "{}\"{}\":", i > 0 ? "," : "", names_[i]);
        std::visit([&](auto const& value) { line_ += json_text(value); }, values[i]);
    }
    line_ += "}\n";
    send_line();
}

void SightingWriter::write_csv(std::vector<std::string> const& cells) {
    line_.clear();
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i > 0) line_ += ',';
        line_ += formats::csv_field(cells[i]);
    }
    line_ += '\n';
    send_line();
}

void SightingWriter::print_table() {
    std::vector<std::size_t> widths(rows_.front().size(), 0);
    for (auto const& row : rows_) {
        for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width(row[i]));
    }
    for (auto const& row : rows_) {
        line_.clear();
        for (std::size_t i = 0; i < row.size(); ++i) {
            std::string const pad(widths[i] - width(row[i]), ' ');
            if (i > 0) line_ += "  ";
            line_ += is_number_[i] ? pad + row[i] : row[i] + pad;
        }
        line_.erase(line_.find_last_not_of(' ') + 1);
        line_ += '\n';
        send_line();
    }
    rows_.clear();
}

bool SightingWriter::finish() {
    if (!rows_.empty()) print_table();
    return std::fflush(out_) == 0 && std::ferror(out_) == 0;
}

}  // namespace kula
