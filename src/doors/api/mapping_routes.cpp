#include "delivery_view.hpp"
#include "gate.hpp"
#include "intake/intake.hpp"
#include "members.hpp"
#include "reply.hpp"
#include "routes.hpp"

namespace kula::api {
namespace {

constexpr std::size_t most_body_bytes = 4 << 20;  // A sample of 1 MiB, whose quotes and line ends are escaped.

Json without_text(intake::Mapping const& mapping) {
    auto json = shown_mapping(mapping.text());
    json.erase("text");
    return json;
}

net::Response list() {
    Json items = Json::array();
    for (auto const& mapping : intake::Mappings::shipped().all()) items.push_back(without_text(mapping));
    return reply({{"items", std::move(items)}});
}

struct TrialRequest {
    intake::FileTold told{};
    std::optional<std::string> sample{};
    std::optional<intake::DeliveryId> delivery{};
};

TrialRequest request_from(Json const& json, std::vector<net::FieldProblem>& problems) {
    TrialRequest out;
    Members members(json, "", problems);
    out.told.mapping = members.text("mapping", Need::optional).value_or("");
    out.told.format = members.text("name", Need::optional).value_or("");
    out.told.name = members.text("file", Need::optional).value_or("");
    out.sample = members.text("sample", Need::optional);
    auto const delivery = members.text("delivery", Need::optional);
    if (delivery) out.delivery = intake::DeliveryId::parse(*delivery);
    if (delivery && !out.delivery) members.wrong("delivery", "must be the id of a delivery");
    if (delivery.has_value() == out.sample.has_value())
        members.wrong("sample", "either a sample or a delivery is needed");
    if (!out.told.mapping.empty() && !out.told.format.empty())
        members.wrong("name", "either a mapping or its name is needed");
    if (out.sample && out.sample->size() > intake::longest_sample)
        members.wrong("sample", "is longer than 1,048,576 bytes");
    members.refuse_others();
    return out;
}

/// A name that is none is wrong in `name`, what a text says in `mapping`.
net::Response refused_mapping(TrialRequest const& asked, base::Error const& error) {
    if (!asked.told.mapping.empty()) return refusal(mistakes_of_mapping(error));
    return refusal(std::vector<net::FieldProblem>{{"name", error.detail}});
}

net::Response try_out(net::Request const& request, Caller const& caller, intake::Intake const& intake) {
    if (auto refused = other_type(request, {"application/json"})) return std::move(*refused);
    auto const json = parse_body(request);
    if (!json) return refusal(json.error());
    std::vector<net::FieldProblem> problems;
    auto asked = request_from(*json, problems);
    if (!problems.empty()) return refusal(std::move(problems));
    auto const& clearance = caller.actor.clearance;
    if (asked.delivery && asked.told.name.empty()) {
        auto const delivery = intake.find(*asked.delivery, clearance);
        if (!delivery) return refusal(delivery.error());
        asked.told.name = delivery->name;
    }
    auto const incoming = intake::incoming_of(asked.told);
    if (!incoming) return refused_mapping(asked, incoming.error());
    auto const& mapping = incoming->mapping;
    if (!asked.delivery) return reply(shown(intake::try_mapping(mapping, *asked.sample), mapping.name()));
    auto const trial = intake.try_on(*asked.delivery, mapping, clearance);
    return trial ? reply(shown(*trial, mapping.name())) : refusal(trial.error());
}

}  // namespace

void add_mapping_routes(GuardedRouter& router, intake::Intake const& intake) {
    using net::Method;
    using net::Request;
    std::string const all = "/api/v1/mappings";
    router.add(Method::get, all, [](Request const&, Caller const&) { return list(); });
    router.add(Method::post, all + "/try",
               [&](Request const& request, Caller const& caller) { return try_out(request, caller, intake); },
               {most_body_bytes, net::Lane::heavy});
    router.add(Method::get, all + "/{name}", [](Request const& request, Caller const&) {
        auto const mapping = intake::Mappings::shipped().find(request.parameter("name"));
        return mapping ? reply(shown_mapping(mapping->text())) : refusal(base::not_found("no such mapping"));
    });
}

}  // namespace kula::api
