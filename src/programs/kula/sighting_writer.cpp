#include "sighting_writer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <variant>

#include <nlohmann/json.hpp>

#include "match/sighting_table.hpp"

namespace kula {

struct SightingWriter::Field {
    std::string_view name;
    std::variant<std::string, std::uint64_t, std::vector<std::string>> value;

    [[nodiscard]] std::string text() const {
        if (auto const* number = std::get_if<std::uint64_t>(&value)) return std::to_string(*number);
        if (auto const* list = std::get_if<std::vector<std::string>>(&value))
            return fmt::format("{}", fmt::join(*list, " "));
        return std::get<std::string>(value);
    }
};

namespace {

/// Whatever bytes a log holds, the line is valid UTF-8.
std::string json_text(nlohmann::json const& value) {
    return value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string csv_text(std::string text) {
    if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
    for (std::size_t at = 0; (at = text.find('"', at)) != std::string::npos; at += 2) text.insert(at, 1, '"');
    return '"' + text + '"';
}

/// Columns on the screen, which is not bytes: those that continue a UTF-8 character take no place.
std::size_t width(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xc0) != 0x80; }));
}

}  // namespace

SightingWriter::SightingWriter(std::FILE* out, OutputFormat format) : out_(out), format_(format) {}
SightingWriter::~SightingWriter() = default;

void SightingWriter::write(events::Observation const& s) {
    write({{"indicator", s.indicator},
           {"matched", s.matched},
           {"peer", s.peer},
           {"direction", std::string(events::to_text(s.direction))},
           {"side", std::string(events::to_text(s.side))},
           {"protocol", std::uint64_t{s.protocol}},
           {"port", std::uint64_t{s.port}},
           {"flows", s.flows},
           {"packets", s.packets},
           {"bytes", s.bytes},
           {"first", base::to_seconds_text(s.first)},
           {"last", base::to_seconds_text(s.last)},
           {"sources", s.sources}});
}

void SightingWriter::write(match::Matcher const& matcher, match::Hit const& hit) {
    auto const& flow = hit.flow;
    auto const ends = match::ends_of(hit);
    std::vector<std::string> sources;
    for (auto const source : matcher.snapshot().sources(hit.indicator)) sources.emplace_back(source);
    write({{"indicator", matcher.snapshot().value(hit.indicator).text()},
           {"matched", ends.matched},
           {"peer", ends.peer.text()},
           {"direction", std::string(events::to_text(hit.direction))},
           {"side", std::string(events::to_text(hit.side))},
           {"protocol", std::uint64_t{flow.protocol}},
           {"port", std::uint64_t{flow.destination_port}},
           {"source", flow.source.text()},
           {"source_port", std::uint64_t{flow.source_port}},
           {"destination", flow.destination.text()},
           {"destination_port", std::uint64_t{flow.destination_port}},
           {"packets", flow.packets},
           {"bytes", flow.bytes},
           {"start", base::to_seconds_text(flow.start)},
           {"end", base::to_seconds_text(flow.end)},
           {"sources", std::move(sources)}});
}

void SightingWriter::write(std::vector<Field> const& fields) {
    switch (format_) {
        case OutputFormat::jsonl: return write_json(fields);
        case OutputFormat::csv: return write_csv(fields);
        case OutputFormat::table: break;
    }
    if (rows_.empty()) {
        auto& header = rows_.emplace_back();
        for (auto const& field : fields) {
            header.emplace_back(field.name);
            is_number_.push_back(std::holds_alternative<std::uint64_t>(field.value));
        }
    }
    auto& row = rows_.emplace_back();
    for (auto const& field : fields) row.push_back(field.text());
}

/// The stream remembers a failure; `finish` tells it.
void SightingWriter::send_line() { static_cast<void>(std::fwrite(line_.data(), 1, line_.size(), out_)); }

void SightingWriter::write_json(std::vector<Field> const& fields) {
    line_ = '{';
    for (auto const& field : fields) {
        if (line_.size() > 1) line_ += ',';
        fmt::format_to(std::back_inserter(line_), "\"{}\":", field.name);
        std::visit([&](auto const& value) { line_ += json_text(value); }, field.value);
    }
    line_ += "}\n";
    send_line();
}

void SightingWriter::write_csv(std::vector<Field> const& fields) {
    line_.clear();
    if (!has_header_) {
        for (auto const& field : fields)
            fmt::format_to(std::back_inserter(line_), "{}{}", line_.empty() ? "" : ",", field.name);
        line_ += '\n';
        has_header_ = true;
    }
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (i > 0) line_ += ',';
        line_ += csv_text(fields[i].text());
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
