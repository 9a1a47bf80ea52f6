#include <fmt/format.h>

#include <array>
#include <memory>
#include <optional>
#include <string>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "events/intelmq.hpp"
#include "exit_status.hpp"
#include "formats/csv.hpp"
#include "import_command.hpp"
#include "record_rooms.hpp"

namespace kula {
namespace {

using events::StoredEvent;
using Json = nlohmann::ordered_json;

struct ExportOptions {
    RecordPlace place{};
    std::string format = "jsonl";
    std::string source{};
};

/// Of a table of events; all that was told stands in the last one.
constexpr std::array<char const*, 22> table_columns{"time.source",
                                                    "time.observation",
                                                    "classification.taxonomy",
                                                    "classification.type",
                                                    "classification.identifier",
                                                    "severity",
                                                    "malware.name",
                                                    "source.ip",
                                                    "source.port",
                                                    "source.asn",
                                                    "source.geolocation.cc",
                                                    "source.fqdn",
                                                    "source.url",
                                                    "source.reverse_dns",
                                                    "destination.ip",
                                                    "destination.port",
                                                    "destination.fqdn",
                                                    "destination.url",
                                                    "protocol.transport",
                                                    "protocol.application",
                                                    "event_description.text",
                                                    "fields"};

Json head_of(StoredEvent const& stored) {
    return {{"id", stored.id.text()},
            {"source", stored.source},
            {"delivery", stored.delivery},
            {"row", stored.row},
            {"time.observation", base::to_seconds_text(stored.observed)},
            {"organisation", stored.organisation ? Json(stored.organisation->text()) : Json(nullptr)},
            {"network", stored.network ? Json(*stored.network) : Json(nullptr)}};
}

std::string cell_of(Json const& value) {
    if (value.is_string()) return formats::csv_field(formats::guarded_from_spreadsheets(value.get<std::string>()));
    return value.is_null() ? std::string() : formats::csv_field(value.dump());
}

void print_table_row(StoredEvent const& stored) {
    auto row = stored.event.fields();
    row["time.observation"] = base::to_seconds_text(stored.observed);
    row["fields"] = stored.event.fields().dump();
    std::string line = stored.id.text();
    for (auto const& value : {Json(stored.source), head_of(stored).at("organisation")}) line += ',' + cell_of(value);
    for (auto const* column : table_columns)
        line += ',' + (row.contains(column) ? cell_of(row.at(column)) : std::string());
    fmt::print("{}\r\n", line);
}

void print_event(StoredEvent const& stored, std::string const& format) {
    if (format == "csv") return print_table_row(stored);
    auto line = format == "intelmq" ? to_intelmq(stored) : head_of(stored);
    if (format == "jsonl") line["fields"] = stored.event.fields();
    fmt::print("{}\n", line.dump());
}

int export_events(ExportOptions const& options) {
    auto const rooms = RecordRooms::open(options.place);
    if (!rooms) return failed("export", rooms.error().detail);
    if (options.format == "csv") fmt::print("id,source,organisation,{}\r\n", fmt::join(table_columns, ","));
    auto const source = options.source.empty() ? std::nullopt : std::optional(options.source);
    auto const told =
        (*rooms)->events().each(source, [&](StoredEvent const& stored) { print_event(stored, options.format); });
    return told ? status_ok : failed("export", told.error().detail);
}

int export_quarantine(ExportOptions const& options) {
    auto const rooms = RecordRooms::open(options.place);
    if (!rooms) return failed("export", rooms.error().detail);
    auto const told = (*rooms)->intake().each_quarantined([](intake::QuarantinedRow const& row) {
        Json const line{{"delivery", row.delivery}, {"source", row.source}, {"file", row.name},     {"row", row.row},
                        {"line", row.line},         {"reason", row.reason}, {"raw", row.raw_base64}};
        fmt::print("{}\n", line.dump());
    });
    return told ? status_ok : failed("export", told.error().detail);
}

CLI::App* add_verb(CLI::App& parent, std::string const& name, std::string const& help, ExportOptions& options) {
    auto* const verb = parent.add_subcommand(name, help);
    add_record_place(*verb, options.place);
    return verb;
}

}  // namespace

void add_export_command(CLI::App& app, int& status) {
    auto* const command = app.add_subcommand("export", "Events and quarantined rows, to standard output");
    command->require_subcommand(1);
    auto const options = std::make_shared<ExportOptions>();
    auto* const told = add_verb(*command, "events", "What feeds and reports told", *options);
    told->add_option("--format", options->format, "jsonl unless told; intelmq is JSON Lines by IntelMQ's names")
        ->check(CLI::IsMember({"jsonl", "csv", "intelmq"}))
        ->option_text("jsonl|csv|intelmq");
    told->add_option("--source", options->source, "Of this source alone")->option_text("NAME");
    told->callback([options, &status] { status = export_events(*options); });
    add_verb(*command, "quarantine", "Rows that could not be understood: raw bytes in base64, reason, place", *options)
        ->callback([options, &status] { status = export_quarantine(*options); });
}

}  // namespace kula
