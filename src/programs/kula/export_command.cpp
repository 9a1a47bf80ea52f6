#include <memory>
#include <string>

#include <CLI/CLI.hpp>

#include "import_command.hpp"
#include "record_rooms.hpp"

namespace kula {
namespace {

struct ExportOptions {
    RecordPlace place{};
    std::string format = "jsonl";
    std::string source{};
};

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
    told->callback([options, &status] {
        AdminRequest const request{"export events", {{"format", {options->format}}, {"source", {options->source}}}};
        status = RecordPlaceOwner(options->place).ask("export", request);
    });
    add_verb(*command, "quarantine", "Rows that could not be understood: raw bytes in base64, reason, place", *options)
        ->callback([options, &status] {
            status = RecordPlaceOwner(options->place).ask("export", {"export quarantine", {}});
        });
}

}  // namespace kula
