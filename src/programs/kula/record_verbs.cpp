#include "record_verbs.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <filesystem>
#include <optional>

#include <nlohmann/json.hpp>

#include "events/intelmq.hpp"
#include "exit_status.hpp"
#include "formats/csv.hpp"
#include "input_file.hpp"

namespace kula {
namespace {

using events::StoredEvent;
using Json = nlohmann::ordered_json;

constexpr std::string_view broken_off = "it breaks off: it could not be written to its end";

int refused(Print const& print, std::string_view verb, std::string_view detail) {
    print.err(fmt::format("kula {}: {}\n", verb, detail));
    return status_failed;
}

/// On one line; a path that is no UTF-8 is told as well as it can be.
std::string line_of(Json const& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace) + '\n'; }

base::Result<storage::Blob> take(intake::Intake const& intake, int file, std::string const& path, Print const& print) {
    auto writer = intake.begin();
    if (!writer) return writer.error();
    base::Result<void> taken;
    auto const fed = feed_descriptor(
        file, path,
        [&](std::span<std::byte const> bytes, formats::InputEnd) {
            taken = writer->add(bytes);
            return bytes.size();
        },
        [&] { return taken.has_value() && print.goes_on(); });
    if (!taken) return taken.error();
    if (!fed) return fed.error();
    return writer->finish();
}

/// A mapping that is none is told before anything is kept.
base::Result<intake::FileTold> file_told(AdminRequest const& request) {
    intake::FileTold told{.name = std::filesystem::path(request.told("file")).filename().string(),
                          .source = request.told("source"),
                          .format = request.told("format"),
                          .mapping = request.told("mapping")};
    if (told.mapping.empty()) return told;
    auto const mapping = intake::Mapping::parse(told.mapping);
    if (!mapping) return base::invalid(request.told("mapping-file") + ": " + mapping.error().detail);
    return told;
}

Json told(std::string const& path, intake::DeliveryAccount const& read) {
    auto const account = read.as_answer();
    Json out{{"file", path},
             {"sha256", account.sha256},
             {"format", account.format},
             {"rows", account.rows},
             {"accepted", account.accepted},
             {"duplicates", account.duplicates},
             {"quarantined", account.quarantined},
             {"events", account.events},
             {"complete", account.is_complete}};
    if (account.reason) out["reason"] = *account.reason;
    if (account.list)
        out["list"] = {{"listed", account.list->listed}, {"new", account.list->fresh}, {"gone", account.list->gone}};
    if (account.left_out > 0) out["left_out"] = account.left_out;
    if (!account.new_columns.empty()) out["new_columns"] = account.new_columns;
    return out;
}

/// A name that is nobody's may be a slip of the pen.
void remark_on(intake::FileTold const& told, Print const& print) {
    bool const says_how = !told.mapping.empty() || (!told.format.empty() && told.format != "auto");
    if (told.source.empty() || says_how || intake::tells_how(told.source)) return;
    print.err(
        fmt::format("kula import: no feed and no mapping is called `{}`; read by name and content\n", told.source));
}

int import_file(AdminRequest const& request, int file, RecordVerbRooms const& rooms, Print const& print,
                std::stop_token const& stop) {
    auto const path = request.told("file");
    auto const named = [&](std::string_view detail) { return fmt::format("{}: {}", path, detail); };
    auto const told_of_file = file_told(request);
    if (!told_of_file) return refused(print, "import", named(told_of_file.error().detail));
    auto const blob = take(rooms.intake, file, path, print);
    if (!blob) return refused(print, "import", named(blob.error().detail));
    auto const folder = path.substr(0, path.size() - told_of_file->name.size());
    int status = status_ok;
    auto const of_feed = rooms.feeds.receive(
        *told_of_file, *blob,
        [&](intake::Received const& received) {
            auto const shown = folder + received.name;
            auto const& account = received.account;
            if (account) print.out(line_of(told(shown, *account)));
            if (!account) status = refused(print, "import", shown + ": " + account.error().detail);
            if (account && account->was_refused) status = refused(print, "import", shown + ": " + *account->reason);
        },
        stop);
    if (!of_feed) return refused(print, "import", named(of_feed.error().detail));
    if (!*of_feed) remark_on(*told_of_file, print);
    return status;
}

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

std::string table_row(StoredEvent const& stored) {
    auto row = stored.event.fields();
    row["time.observation"] = base::to_seconds_text(stored.observed);
    row["fields"] = stored.event.fields().dump();
    std::string line = stored.id.text();
    for (auto const& value : {Json(stored.source), head_of(stored).at("organisation")}) line += ',' + cell_of(value);
    for (auto const* column : table_columns)
        line += ',' + (row.contains(column) ? cell_of(row.at(column)) : std::string());
    return line + "\r\n";
}

std::string text_of(StoredEvent const& stored, std::string const& format) {
    if (format == "csv") return table_row(stored);
    auto line = format == "intelmq" ? to_intelmq(stored) : head_of(stored);
    if (format == "jsonl") line["fields"] = stored.event.fields();
    return line_of(line);
}

int export_events(AdminRequest const& request, events::EventStore const& events, Print const& print,
                  std::stop_token const& stop) {
    auto const format = request.told("format");
    auto const source = request.told("source");
    if (format == "csv") print.out(fmt::format("id,source,organisation,{}\r\n", fmt::join(table_columns, ",")));
    bool is_whole = true;
    auto const told =
        events.each(source.empty() ? std::nullopt : std::optional(source), [&](StoredEvent const& stored) {
            return is_whole = print.out(text_of(stored, format)) && !stop.stop_requested();
        });
    if (!told) return refused(print, "export", told.error().detail);
    return is_whole ? status_ok : refused(print, "export", broken_off);
}

int export_quarantine(intake::Intake const& intake, Print const& print, std::stop_token const& stop) {
    bool is_whole = true;
    auto const told = intake.each_quarantined([&](intake::QuarantinedRow const& row) {
        return is_whole = print.out(line_of({{"delivery", row.delivery},
                                             {"source", row.source},
                                             {"file", row.name},
                                             {"row", row.row},
                                             {"line", row.line},
                                             {"reason", row.reason},
                                             {"raw", row.raw_base64}})) &&
                          !stop.stop_requested();
    });
    if (!told) return refused(print, "export", told.error().detail);
    return is_whole ? status_ok : refused(print, "export", broken_off);
}

}  // namespace

bool is_record_verb(std::string const& verb) {
    return verb == "import" || verb == "export events" || verb == "export quarantine";
}

int answer_record_verb(AdminRequest const& request, int file, RecordVerbRooms rooms, Print const& print,
                       std::stop_token const& stop) {
    if (request.verb == "import") return import_file(request, file, rooms, print, stop);
    if (request.verb == "export events") return export_events(request, rooms.events, print, stop);
    return export_quarantine(rooms.intake, print, stop);
}

}  // namespace kula
