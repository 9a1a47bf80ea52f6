#include "import_command.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "exit_status.hpp"
#include "input_file.hpp"
#include "read_file.hpp"
#include "record_rooms.hpp"

namespace kula {
namespace {

using Json = nlohmann::ordered_json;
using intake::Mapping;
using intake::Mappings;

constexpr char const* import_footer = R"(
Each file is kept as it is, then read row by row into events. Which mapping reads it: --mapping; else --source, by the
name of a shipped mapping or of the IntelMQ parser that does the same; else --format; else the file's name and content tell.
A file that came before from the same source is not read again; one whose reading was cut off goes on where it stopped.

Standard output is one JSON object a file: rows = accepted + duplicates + quarantined. The exit status is 0 when every row
of every file is accounted for, 1 when a file could not be read or was refused, 2 for wrong usage.

Examples
  kula import --data /var/lib/kula 2026-01-31-scan_dns-example.csv.gz
  kula import --data /var/lib/kula --source dataplane dnsrd.txt sshpwauth.txt
  kula import --data /var/lib/kula --mapping our-sensor.json sensor.csv
)";

struct ImportOptions {
    RecordPlace place{};
    std::string source{};
    std::string format = "auto";
    std::string mapping{};
    std::vector<std::string> files{};
};

bool is_json_file(std::string const& name) { return name.find(".json") != std::string::npos; }

base::Result<Mapping> shadowserver(std::string const& file) {
    auto const type = Mappings::shadowserver_type(file);
    if (!type) return base::invalid("its name tells no report type of Shadowserver (2026-01-31-scan_dns-….csv)");
    auto mapping = Mappings::shadowserver(*type);
    return is_json_file(file) ? mapping.reading_as(intake::Reading::Form::json) : mapping;
}

base::Result<Mapping> named(std::string const& name, std::string const& file) {
    if (name == "shadowserver" || name.starts_with("shadowserver.parser")) return shadowserver(file);
    auto mapping = Mappings::shipped().find(name);
    if (!mapping)
        return base::invalid(fmt::format("there is no mapping {}; there are shadowserver, {}", name,
                                         fmt::join(Mappings::shipped().names(), ", ")));
    return std::move(*mapping);
}

/// What the file's name and content tell.
base::Result<Mapping> recognised(std::string const& file) {
    if (auto const type = Mappings::shadowserver_type(file); type && Mappings::looks_like_shadowserver(*type))
        return shadowserver(file);
    return named(is_json_file(file) ? "json" : "csv", file);
}

/// Whether it is a name that only an IntelMQ parser may have.
bool is_parser(std::string const& name) { return name.find(".parser") != std::string::npos; }

base::Result<Mapping> mapping_for(ImportOptions const& options, std::string const& file) {
    if (!options.mapping.empty()) {
        auto const text = read_file(options.mapping);
        if (!text) return text.error();
        auto mapping = Mapping::parse(*text);
        if (!mapping) return base::invalid(options.mapping + ": " + mapping.error().detail);
        return mapping;
    }
    if (options.format != "auto") return named(options.format, file);
    auto const& source = options.source;
    bool const tells = source == "shadowserver" || is_parser(source) || Mappings::shipped().find(source).has_value();
    return tells ? named(source, file) : recognised(file);
}

base::Result<storage::Blob> take(intake::Intake const& intake, std::string const& file) {
    auto writer = intake.begin();
    if (!writer) return writer.error();
    base::Result<void> taken;
    auto const fed = feed_file(file, [&](std::span<std::byte const> bytes, formats::InputEnd) {
        if (taken) taken = writer->add(bytes);
        return bytes.size();
    });
    if (!fed) return fed.error();
    if (!taken) return taken.error();
    return writer->finish();
}

/// What an operator should know of the mapping itself.
std::optional<std::string> remark_on(Mapping const& mapping) {
    constexpr std::string_view theirs = "shadowserver/";
    auto const& name = mapping.name();
    if (!name.starts_with(theirs) || Mappings::knows_shadowserver(name.substr(theirs.size()))) return std::nullopt;
    return fmt::format("the report type {} is not known; it was read by the usual columns", name.substr(theirs.size()));
}

base::Result<intake::DeliveryAccount> import_file(ImportOptions const& options, intake::Intake const& intake,
                                                  std::string const& file) {
    auto mapping = mapping_for(options, file);
    if (!mapping) return mapping.error();
    auto const blob = take(intake, file);
    if (!blob) return blob.error();
    auto const source = options.source.empty() ? mapping->name() : options.source;
    auto account = intake.read({std::filesystem::path(file).filename().string(), source, *mapping}, *blob);
    if (account && !account->reason) account->reason = remark_on(*mapping);
    return account;
}

Json told(std::string const& file, intake::DeliveryAccount const& account) {
    // What came before tells nothing new, so that its rows are duplicates all.
    bool const is_old = account.came_before;
    Json out{{"file", file},
             {"sha256", account.sha256},
             {"format", account.format},
             {"rows", account.rows},
             {"accepted", is_old ? 0 : account.accepted},
             {"duplicates", is_old ? account.rows - account.quarantined : account.duplicates},
             {"quarantined", account.quarantined},
             {"events", is_old ? 0 : account.events},
             {"complete", account.is_complete}};
    if (account.reason) out["reason"] = *account.reason;
    if (!account.new_columns.empty()) out["new_columns"] = account.new_columns;
    return out;
}

int import_files(ImportOptions const& options) {
    auto const rooms = RecordRooms::open(options.place);
    if (!rooms) return failed("import", rooms.error().detail);
    int status = status_ok;
    for (auto const& file : options.files) {
        auto const account = import_file(options, (*rooms)->intake(), file);
        if (!account) {
            status = failed("import", fmt::format("{}: {}", file, account.error().detail));
            continue;
        }
        fmt::print("{}\n", told(file, *account).dump(-1, ' ', false, Json::error_handler_t::replace));
        if (account->was_refused) status = failed("import", fmt::format("{}: {}", file, *account->reason));
    }
    return status;
}

}  // namespace

void add_import_command(CLI::App& app, int& status) {
    auto* const command = app.add_subcommand("import", "Read reports and feeds into events");
    command->footer(import_footer);
    auto const options = std::make_shared<ImportOptions>();
    add_record_place(*command, options->place);
    command->add_option("--source", options->source, "Whose files they are")->option_text("NAME");
    command->add_option("--format", options->format, "How they are written; auto unless told")
        ->check(CLI::IsMember({"auto", "shadowserver", "intelmq", "csv", "json"}))
        ->option_text("auto|shadowserver|intelmq|csv|json");
    command->add_option("--mapping", options->mapping, "How their columns become fields")->option_text("FILE");
    command->add_option("FILE", options->files, "Reports, also in gzip or zstd")->option_text(" ")->required();
    command->callback([options, &status] { status = import_files(*options); });
}

}  // namespace kula
