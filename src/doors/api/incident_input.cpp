#include "incident_input.hpp"

#include <utility>

#include "reply.hpp"

namespace kula::api {
namespace {

/// Ids of people, who are to be of the team.
std::optional<base::Readers> people_from(Members& members, std::string_view name, std::vector<std::string> const& told,
                                         AreOfTheTeam const& are_of_the_team) {
    std::vector<base::Uuid> people;
    for (auto const& text : told) {
        auto const id = base::Uuid::parse(text);
        if (!id) members.wrong(name, "must be ids of people");
        if (!id) return std::nullopt;
        people.push_back(*id);
    }
    auto const readers = base::Readers::of(people);
    auto const are_known =
        readers && !readers->empty() ? are_of_the_team(*readers) : base::Result<bool>(readers.has_value());
    if (are_known && *are_known) return readers;
    members.wrong(name, "must be people of the team who are active");
    return std::nullopt;
}

}  // namespace

void take_moment(Members& members, std::string_view name, std::optional<base::Instant>& to) {
    members.choice(name, "must be a date and time", Need::optional,
                   [&](std::string const& text) { return (to = base::parse_instant(text)).has_value(); });
}

void take_label(Members& members, base::Marking& marking, base::Readers& readers, AreOfTheTeam const& are_of_the_team) {
    members.choice("tlp", "must be clear, green, amber, amber+strict or red", Need::optional,
                   [&](std::string const& text) { return assign(marking.tlp, base::parse_tlp(text)); });
    members.choice("pap", "must be clear, green, amber or red", Need::optional,
                   [&](std::string const& text) { return assign(marking.pap, base::parse_pap(text)); });
    auto const told = members.texts("readers", base::Readers::most, Need::optional);
    readers = people_from(members, "readers", told, are_of_the_team).value_or(base::Readers());
}

incidents::IncidentContent incident_from(Json const& json, std::string path, AreOfTheTeam const& are_of_the_team,
                                         std::vector<net::FieldProblem>& problems) {
    incidents::IncidentContent out;
    Members members(json, std::move(path), problems);
    out.title = members.text("title", Need::required).value_or("");
    out.summary = members.text("summary", Need::optional).value_or("");
    out.rsit_class = members.text("class", Need::required).value_or("");
    out.rsit_type = members.text("type", Need::required).value_or("");
    members.choice("severity", "must be low, medium, high or critical", Need::required,
                   [&](std::string const& text) { return assign(out.severity, findings::parse_severity(text)); });
    take_label(members, out.marking, out.readers, are_of_the_team);
    if (auto const lead = members.text("lead", Need::optional)) {
        auto const person = people_from(members, "lead", {*lead}, are_of_the_team);
        if (person) out.lead = person->people().front();
    }
    if (members.any("cross_border", Need::optional) != nullptr)
        out.is_cross_border = members.flag("cross_border", Need::optional);
    out.sectors = members.texts("sectors", incidents::most_sectors, Need::optional);
    out.services = members.texts("services", incidents::most_listed, Need::optional);
    out.tags = members.texts("tags", incidents::most_listed, Need::optional);
    out.techniques = members.texts("techniques", incidents::most_listed, Need::optional);
    take_moment(members, "happened_at", out.happened_at);
    take_moment(members, "detected_at", out.detected_at);
    members.refuse_others();
    return out;
}

std::optional<net::Response> read_body(net::Request const& request, TakeBody const& take) {
    if (auto refused = other_type(request, {"application/json"})) return refused;
    auto const json = parse_body(request);
    if (!json) return refusal(json.error());
    std::vector<net::FieldProblem> problems;
    take(*json, problems);
    if (!problems.empty()) return refusal(std::move(problems));
    return std::nullopt;
}

}  // namespace kula::api
