#include "machine_letter.hpp"

#include <nlohmann/json.hpp>

namespace kula::rounds {
namespace {

using Json = nlohmann::ordered_json;

template <class Value>
Json or_null(std::optional<Value> const& value) {
    return value ? Json(*value) : Json(nullptr);
}

std::string_view type_of(findings::Deed deed) {
    switch (deed) {
        case findings::Deed::remind: return "findings.reminded";
        case findings::Deed::escalate: return "findings.escalated";
        default: return "findings.told";
    }
}

Json listed(findings::PlannedFinding const& planned) {
    auto const& [finding, why] = planned;
    auto const& identity = finding.identity;
    return {{"id", finding.id.text()},
            {"severity", to_text(finding.severity)},
            {"class", finding.rsit_class},
            {"type", identity.type},
            {"problem", identity.problem.empty() ? Json(nullptr) : Json(identity.problem)},
            {"place", identity.place},
            {"port", or_null(identity.port)},
            {"transport", or_null(identity.transport)},
            {"first_seen", base::to_seconds_text(finding.first_seen)},
            {"last_seen", base::to_seconds_text(finding.last_seen)},
            {"events", finding.events},
            {"due", base::to_seconds_text(finding.due_at)},
            {"reason", to_text(why)}};
}

}  // namespace

notify::Letter for_machine(notify::Letter letter, Matter const& matter, base::Instant now) {
    auto const& message = matter.message;
    Json data{{"message", letter.id.text()},
              {"ticket", letter.ticket},
              {"tlp", base::to_text(letter.marking.tlp)},
              {"pap", base::to_text(letter.marking.pap)},
              {"organisation", {{"id", message.organisation.text()}, {"name", matter.organisation}}},
              {"link", nullptr},
              {"findings", Json::array()}};
    if (matter.link)
        data["link"] = {{"address", matter.link->address}, {"until", base::to_seconds_text(matter.link->until)}};
    for (auto const& each : message.findings) data["findings"].push_back(listed(each));
    letter.text =
        Json{{"type", type_of(message.deed)}, {"timestamp", base::to_seconds_text(now)}, {"data", std::move(data)}}
            .dump(-1, ' ', false, Json::error_handler_t::replace);
    letter.attachments.clear();
    return letter;
}

}  // namespace kula::rounds
