#include "findings_table.hpp"

#include <fmt/format.h>

#include "formats/csv.hpp"

namespace kula::rounds {
namespace {

std::string field(std::string const& text) { return formats::csv_field(formats::guarded_from_spreadsheets(text)); }

}  // namespace

std::string csv_of(std::vector<findings::PlannedFinding> const& findings) {
    std::string out =
        "finding,severity,class,type,problem,place,port,transport,first_seen,last_seen,events,due,reason\r\n";
    for (auto const& [finding, why] : findings) {
        auto const& identity = finding.identity;
        out +=
            fmt::format("{},{},{},{},{},{},{},{},{},{},{},{},{}\r\n", finding.id.text(), to_text(finding.severity),
                        field(finding.rsit_class), field(identity.type), field(identity.problem), field(identity.place),
                        identity.port ? std::to_string(*identity.port) : "", field(identity.transport.value_or("")),
                        base::to_seconds_text(finding.first_seen), base::to_seconds_text(finding.last_seen),
                        finding.events, base::to_seconds_text(finding.due_at), to_text(why));
    }
    return out;
}

}  // namespace kula::rounds
