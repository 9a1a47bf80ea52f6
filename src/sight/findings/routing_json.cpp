#include "routing_json.hpp"

#include <nlohmann/json.hpp>

#include "shipped_data.hpp"

namespace kula::findings {
namespace {

using OrderedJson = nlohmann::ordered_json;

OrderedJson told(Rung const& rung) {
    OrderedJson json{{"after_days", rung.after.count()}, {"side", to_text(rung.side)}};
    json["role"] = rung.side == Side::team ? OrderedJson() : OrderedJson(rung.role);
    return json;
}

OrderedJson told(RoutingRule const& rule) {
    OrderedJson name = OrderedJson::object();
    for (auto const language : base::languages) name[std::string(base::to_text(language))] = rule.name.in(language);
    OrderedJson organisations = OrderedJson::array();
    for (auto const& id : rule.organisations) organisations.push_back(id.text());
    OrderedJson channels = OrderedJson::array();
    for (auto const channel : rule.channels) channels.push_back(to_text(channel));
    OrderedJson ladder = OrderedJson::array();
    for (auto const& rung : rule.ladder) ladder.push_back(told(rung));
    OrderedJson json{
        {"name", std::move(name)},
        {"when",
         {{"classes", rule.classes},
          {"types", rule.types},
          {"problems", rule.problems},
          {"sources", rule.sources},
          {"tags", rule.tags},
          {"sectors", rule.sectors},
          {"organisations", std::move(organisations)},
          {"severity_at_least", rule.at_least ? OrderedJson(to_text(*rule.at_least)) : OrderedJson()}}},
        {"until", rule.until ? OrderedJson(base::to_text(*rule.until)) : OrderedJson()},
        {"tells", rule.tells},
        {"roles", rule.roles},
        {"language", rule.language ? OrderedJson(base::to_text(*rule.language)) : OrderedJson()},
        {"channels", std::move(channels)},
        {"attachment", to_text(rule.attachment)},
        {"together", to_text(rule.together)},
        {"remind_after_days", rule.remind_after ? OrderedJson(rule.remind_after->count()) : OrderedJson()},
        {"at_most_every_days", rule.at_most_every ? OrderedJson(rule.at_most_every->count()) : OrderedJson()},
        {"ladder", std::move(ladder)},
        {"counts", to_text(rule.counts)},
        {"leaves", to_text(rule.leaves)},
        {"critical_at_once", rule.critical_at_once}};
    return json;
}

OrderedJson told(duties::Window const& window) {
    return {{"from", duties::to_text(window.from)}, {"until", duties::to_text(window.until)}};
}

OrderedJson told(TeamHours const& hours) {
    return {{"calendar", hours.calendar},
            {"working", told(hours.working)},
            {"quiet", hours.quiet ? told(*hours.quiet) : OrderedJson()}};
}

OrderedJson told(SectorAuthority const& authority) {
    return {{"sector", authority.sector}, {"organisation", authority.organisation.text()}};
}

std::optional<std::string> text_of(OrderedJson const& object, char const* member) {
    auto const found = object.find(member);
    if (found == object.end() || found->is_null()) return std::nullopt;
    return found->get<std::string>();
}

std::vector<std::string> texts_of(OrderedJson const& object, char const* member) {
    return object.value(member, std::vector<std::string>());
}

std::optional<std::chrono::days> days_of(OrderedJson const& object, char const* member) {
    auto const found = object.find(member);
    if (found == object.end() || found->is_null()) return std::nullopt;
    return std::chrono::days(found->get<int>());
}

Rung rung_of(OrderedJson const& json) {
    return {std::chrono::days(json.at("after_days").get<int>()), parse_side(json.at("side").get<std::string>()).value(),
            text_of(json, "role").value_or("")};
}

RoutingRule rule_of(OrderedJson const& json) {
    RoutingRule rule;
    for (auto const language : base::languages)
        rule.name.in(language) = json.at("name").value(std::string(base::to_text(language)), "");
    auto const& when = json.at("when");
    rule.classes = texts_of(when, "classes");
    rule.types = texts_of(when, "types");
    rule.problems = texts_of(when, "problems");
    rule.sources = texts_of(when, "sources");
    rule.tags = texts_of(when, "tags");
    rule.sectors = texts_of(when, "sectors");
    for (auto const& id : texts_of(when, "organisations"))
        rule.organisations.push_back(*registry::OrganisationId::parse(id));
    if (auto const severity = text_of(when, "severity_at_least")) rule.at_least = parse_severity(*severity).value();
    if (auto const until = text_of(json, "until")) rule.until = base::parse_instant(*until).value();
    rule.tells = json.at("tells").get<bool>();
    rule.roles = texts_of(json, "roles");
    if (auto const language = text_of(json, "language")) rule.language = base::parse_language(*language).value();
    // Rules that were stored before there were channels go by all of them.
    if (auto const channels = json.find("channels"); channels != json.end()) {
        rule.channels.clear();
        for (auto const& channel : *channels)
            rule.channels.push_back(parse_channel(channel.get<std::string>()).value());
    }
    rule.attachment = parse_attachment(json.at("attachment").get<std::string>()).value();
    rule.together = parse_together(json.at("together").get<std::string>()).value();
    rule.remind_after = days_of(json, "remind_after_days");
    rule.at_most_every = days_of(json, "at_most_every_days");
    for (auto const& rung : json.at("ladder")) rule.ladder.push_back(rung_of(rung));
    // Rules that were stored before there were hours do not tell of them.
    if (auto const counts = text_of(json, "counts")) rule.counts = parse_counts(*counts).value();
    if (auto const leaves = text_of(json, "leaves")) rule.leaves = parse_leaves(*leaves).value();
    rule.critical_at_once = json.value("critical_at_once", true);
    return rule;
}

duties::Window window_of(OrderedJson const& json) {
    auto const time = [&json](char const* member) {
        return duties::parse_time_of_day(json.at(member).get<std::string>()).value();
    };
    return {time("from"), time("until")};
}

std::optional<TeamHours> hours_of(OrderedJson const& json) {
    if (json.is_null()) return std::nullopt;
    TeamHours hours{json.at("calendar").get<std::string>(), window_of(json.at("working"))};
    if (auto const& quiet = json.at("quiet"); !quiet.is_null()) hours.quiet = window_of(quiet);
    return hours;
}

}  // namespace

std::string to_json(RoutingContent const& content) {
    OrderedJson rules = OrderedJson::array();
    for (auto const& rule : content.rules) rules.push_back(told(rule));
    OrderedJson authorities = OrderedJson::array();
    for (auto const& authority : content.authorities) authorities.push_back(told(authority));
    return OrderedJson{{"rules", std::move(rules)},
                       {"sends", content.sends},
                       {"hours", content.hours ? told(*content.hours) : OrderedJson()},
                       {"authorities", std::move(authorities)}}
        .dump();
}

RoutingContent routing_from_json(std::string_view json) {
    RoutingContent content;
    auto const document = OrderedJson::parse(json);
    for (auto const& rule : document.at("rules")) content.rules.push_back(rule_of(rule));
    content.sends = document.value("sends", false);
    if (auto const hours = document.find("hours"); hours != document.end()) content.hours = hours_of(*hours);
    if (auto const authorities = document.find("authorities"); authorities != document.end()) {
        for (auto const& each : *authorities)
            content.authorities.push_back(
                {each.at("sector").get<std::string>(),
                 registry::OrganisationId::parse(each.at("organisation").get<std::string>()).value()});
    }
    return content;
}

RoutingContent const& shipped_routing() {
    static RoutingContent const shipped = routing_from_json(shipped_data("findings/routing.json"));
    return shipped;
}

}  // namespace kula::findings
