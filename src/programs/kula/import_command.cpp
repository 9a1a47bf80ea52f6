#include "import_command.hpp"

#include <fcntl.h>
#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <CLI/CLI.hpp>

#include "base/descriptor.hpp"
#include "exit_status.hpp"
#include "intake/mapping.hpp"
#include "read_file.hpp"
#include "record_rooms.hpp"

namespace kula {
namespace {

constexpr std::size_t longest_mapping = 512 * 1024;  ///< A request has room for it.

constexpr char const* import_footer = R"(
Each file is kept as it is, then read row by row into events. Which mapping reads it: --mapping; else --format; else
--source, by the name of a shipped mapping or of the IntelMQ parser that does the same; else the file's name and content.
A file that came before from the same source is not read again; one whose reading was cut off goes on where it stopped. Of a
zip archive each file is read, by its own name; of a mail what is attached, the report of an X-ARF mail, or the text.

Standard output is one JSON object a file: rows = accepted + duplicates + quarantined. The exit status is 0 when every row
of every file is accounted for, 1 when a file could not be read or was refused, 2 for wrong usage.

Examples
  kula import --data /var/lib/kula 2026-01-31-scan_dns-example.csv.gz
  kula import --data /var/lib/kula --source dataplane dnsrd.txt sshpwauth.txt
  kula import --data /var/lib/kula --mapping our-sensor.json sensor.csv

While a server owns the folder, it reads them.
)";

struct ImportOptions {
    RecordPlace place{};
    std::string source{};
    std::string format = "auto";
    std::string mapping{};
    std::vector<std::string> files{};
};

/// One request a file; the options of the command line are its own.
base::Result<AdminRequest> request_for(ImportOptions const& options) {
    AdminRequest request{"import", {{"source", {options.source}}, {"format", {options.format}}}};
    if (options.mapping.empty()) return request;
    auto text = read_file(options.mapping);
    if (!text) return text.error();
    if (text->size() > longest_mapping) return base::invalid(options.mapping + ": is longer than 512 KiB");
    request.options["mapping"] = {std::move(*text)};
    request.options["mapping-file"] = {options.mapping};
    return request;
}

int import_files(ImportOptions const& options) {
    auto request = request_for(options);
    if (!request) return failed("import", request.error().detail);
    RecordPlaceOwner const owner(options.place);
    int status = status_ok;
    for (auto const& path : options.files) {
        base::Descriptor const file(path == "-" ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC));
        if (!file.is_open()) {
            status = failed("import", fmt::format("{}: {}", path, std::strerror(errno)));
            continue;
        }
        request->options["file"] = {path};
        if (auto const done = owner.ask("import", *request, file.number()); done != status_ok) status = done;
    }
    return status;
}

/// Empty for `shadowserver/scan_dns`, as CLI11 asks.
std::string no_report_type(std::string const& format) {
    constexpr std::string_view theirs = "shadowserver/";
    bool const is_one =
        format.starts_with(theirs) && intake::Mappings::knows_shadowserver(format.substr(theirs.size()));
    return is_one ? "" : "is no report type of Shadowserver";
}

}  // namespace

void add_import_command(CLI::App& app, int& status) {
    auto* const command = app.add_subcommand("import", "Read reports and feeds into events");
    command->footer(import_footer);
    auto const options = std::make_shared<ImportOptions>();
    add_record_place(*command, options->place);
    command->add_option("--source", options->source, "Whose files they are")->option_text("NAME");
    command->add_option("--format", options->format, "How they are written; auto unless told")
        ->check(CLI::IsMember({"auto", "shadowserver", "intelmq", "xarf", "misp", "csv", "json"}) |
                CLI::Validator(no_report_type, "shadowserver/TYPE"))
        ->option_text("auto|shadowserver[/TYPE]|intelmq|xarf|misp|csv|json");
    command->add_option("--mapping", options->mapping, "How their columns become fields")->option_text("FILE");
    command->add_option("FILE", options->files, "Reports, also in gzip, zstd, zip or a mail")
        ->option_text(" ")
        ->required();
    command->callback([options, &status] { status = import_files(*options); });
}

}  // namespace kula
