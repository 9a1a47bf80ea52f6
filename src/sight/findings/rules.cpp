#include "rules.hpp"

#include <nlohmann/json.hpp>

#include "base/must.hpp"
#include "shipped_data.hpp"

namespace kula::findings {
namespace {

using Json = nlohmann::json;

Severity severity_of(Json const& told) {
    auto const severity = parse_severity(told.get<std::string>());
    base::must(severity.has_value(), "data/findings/rules.json tells known severities");
    return *severity;
}

/// `told` over what holds without it.
Rule over(Rule rule, Json const& told) {
    for (auto const& [name, value] : told.items()) {
        if (name == "severity") rule.severity = severity_of(value);
        if (name == "deliveries") rule.deliveries = value.get<std::int64_t>();
        if (name == "silent_hours") rule.silence = std::chrono::hours(value.get<int>());
        if (name == "place") rule.is_of_a_host = value.get<std::string>() == "host";
        if (name == "service") rule.is_of_a_service = value.get<bool>();
        if (name == "is_finding") rule.makes_findings = value.get<bool>();
    }
    base::must(rule.deliveries > 0, "data/findings/rules.json asks for a delivery at least");
    return rule;
}

}  // namespace

Rules const& Rules::shipped() {
    static Rules const rules(shipped_data("findings/rules.json"));
    return rules;
}

Rules::Rules(std::string_view json) {
    auto const told = Json::parse(json);
    default_ = over({}, told.at("default"));
    for (auto const& [name, rule] : told.at("classes").items()) classes_.emplace(name, over(default_, rule));
    exploited_ = severity_of(told.at("exploited").at("severity"));
    types_ = told.at("types");
    for (auto const& rule : types_) static_cast<void>(over(default_, rule));
    for (auto const& [name, days] : told.at("due_days").items())
        due_[static_cast<std::size_t>(severity_of(name))] = std::chrono::days(days.get<int>());
}

Rule Rules::of(std::string const& rsit_class, std::string const& rsit_type) const {
    auto const of_class = classes_.find(rsit_class);
    auto const& rule = of_class != classes_.end() ? of_class->second : default_;
    auto const of_type = types_.find(rsit_type);
    return of_type != types_.end() ? over(rule, *of_type) : rule;
}

}  // namespace kula::findings
