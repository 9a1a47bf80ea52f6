#include "routing_input.hpp"

#include "members.hpp"

namespace kula::api {
namespace {

using findings::RoutingRule;

void take_name(Json const& json, std::string path, RoutingRule& rule, std::vector<net::FieldProblem>& problems) {
    Members members(json, std::move(path), problems);
    for (auto const language : base::languages)
        rule.name.in(language) = members.text(base::to_text(language), Need::optional).value_or("");
    members.refuse_others();
}

void take_when(Json const& json, std::string const& path, RoutingRule& rule, std::vector<net::FieldProblem>& problems) {
    Members members(json, path, problems);
    auto const values = [&](std::string_view name) {
        return members.texts(name, findings::most_values, Need::optional);
    };
    rule.classes = values("classes");
    rule.types = values("types");
    rule.problems = values("problems");
    rule.sources = values("sources");
    rule.tags = values("tags");
    rule.sectors = values("sectors");
    members.list("organisations", findings::most_values, Need::optional, [&](Json const& entry, std::string const& at) {
        auto const id = entry.is_string() ? registry::OrganisationId::parse(entry.get<std::string>()) : std::nullopt;
        if (id) return rule.organisations.push_back(*id);
        problems.push_back({at, "must be an id"});
    });
    members.choice("severity_at_least", "must be low, medium, high or critical", Need::optional,
                   [&](std::string const& text) { return assign(rule.at_least, findings::parse_severity(text)); });
    members.refuse_others();
}

findings::Rung rung_from(Json const& json, std::string const& path, std::vector<net::FieldProblem>& problems) {
    Members members(json, path, problems);
    findings::Rung rung;
    rung.after = std::chrono::days(
        members.integer("after_days", 1, findings::longest_pause.count(), Need::required).value_or(1));
    members.choice("side", "must be organisation, parent, sector_authority or team", Need::required,
                   [&](std::string const& text) { return assign(rung.side, findings::parse_side(text)); });
    rung.role = members.text("role", Need::optional).value_or("");
    members.refuse_others();
    return rung;
}

duties::Window window_from(Json const& json, std::string const& path, std::vector<net::FieldProblem>& problems) {
    Members members(json, path, problems);
    duties::Window window;
    auto const take = [&](std::string_view name, duties::TimeOfDay& time) {
        members.choice(name, "must be a time of day such as 08:30", Need::required,
                       [&](std::string const& text) { return assign(time, duties::parse_time_of_day(text)); });
    };
    take("from", window.from);
    take("until", window.until);
    members.refuse_others();
    return window;
}

findings::TeamHours hours_from(Json const& json, std::vector<net::FieldProblem>& problems) {
    Members members(json, "hours", problems);
    findings::TeamHours hours;
    hours.calendar = members.text("calendar", Need::required).value_or("");
    if (auto const* const working = members.any("working", Need::required))
        hours.working = window_from(*working, members.path("working"), problems);
    if (auto const* const quiet = members.any("quiet", Need::optional); quiet != nullptr && !quiet->is_null())
        hours.quiet = window_from(*quiet, members.path("quiet"), problems);
    members.refuse_others();
    return hours;
}

void take_authority(Json const& json, std::string const& path, findings::RoutingContent& content,
                    std::vector<net::FieldProblem>& problems) {
    Members members(json, path, problems);
    findings::SectorAuthority authority{members.text("sector", Need::required).value_or(""), {}};
    members.choice("organisation", "must be an id", Need::required, [&](std::string const& text) {
        return assign(authority.organisation, registry::OrganisationId::parse(text));
    });
    members.refuse_others();
    content.authorities.push_back(std::move(authority));
}

void take_channels(Members& members, RoutingRule& rule, std::vector<net::FieldProblem>& problems) {
    if (members.any("channels", Need::optional) == nullptr) return;
    rule.channels.clear();
    members.list("channels", findings::most_values, Need::optional, [&](Json const& entry, std::string const& at) {
        auto const channel = entry.is_string() ? findings::parse_channel(entry.get<std::string>()) : std::nullopt;
        if (channel) return rule.channels.push_back(*channel);
        problems.push_back({at, "must be mail or webhook"});
    });
}

RoutingRule rule_from(Json const& json, std::string const& path, std::vector<net::FieldProblem>& problems) {
    Members members(json, path, problems);
    RoutingRule rule;
    if (auto const* const name = members.any("name", Need::required))
        take_name(*name, members.path("name"), rule, problems);
    if (auto const* const when = members.any("when", Need::required))
        take_when(*when, members.path("when"), rule, problems);
    members.choice("until", "must be a time in UTC (RFC 3339)", Need::optional,
                   [&](std::string const& text) { return assign(rule.until, base::parse_instant(text)); });
    rule.tells = members.flag("tells", Need::required);
    rule.roles = members.texts("roles", findings::most_values, Need::required);
    members.choice("language", "must be mk, sq or en", Need::optional,
                   [&](std::string const& text) { return assign(rule.language, base::parse_language(text)); });
    take_channels(members, rule, problems);
    members.choice("attachment", "must be none, csv or csv_and_xarf", Need::required,
                   [&](std::string const& text) { return assign(rule.attachment, findings::parse_attachment(text)); });
    members.choice("together", "must be organisation, type or finding", Need::required,
                   [&](std::string const& text) { return assign(rule.together, findings::parse_together(text)); });
    if (auto const days = members.integer("remind_after_days", 1, findings::longest_pause.count(), Need::optional))
        rule.remind_after = std::chrono::days(*days);
    if (auto const days = members.integer("at_most_every_days", 1, findings::longest_pause.count(), Need::optional))
        rule.at_most_every = std::chrono::days(*days);
    members.list("ladder", findings::most_rungs, Need::required, [&](Json const& entry, std::string const& at) {
        rule.ladder.push_back(rung_from(entry, at, problems));
    });
    members.choice("counts", "must be days or working_days", Need::optional,
                   [&](std::string const& text) { return assign(rule.counts, findings::parse_counts(text)); });
    members.choice("leaves", "must be at_once, outside_quiet_hours or in_working_hours", Need::optional,
                   [&](std::string const& text) { return assign(rule.leaves, findings::parse_leaves(text)); });
    if (members.any("critical_at_once", Need::optional) != nullptr)
        rule.critical_at_once = members.flag("critical_at_once", Need::optional);
    members.refuse_others();
    return rule;
}

}  // namespace

findings::RoutingContent routing_from(Json const& json, std::vector<net::FieldProblem>& problems) {
    findings::RoutingContent content;
    Members members(json, "", problems);
    members.list("rules", findings::most_rules, Need::required, [&](Json const& entry, std::string const& at) {
        content.rules.push_back(rule_from(entry, at, problems));
    });
    content.sends = members.flag("sends", Need::optional);
    if (auto const* const hours = members.any("hours", Need::optional); hours != nullptr && !hours->is_null())
        content.hours = hours_from(*hours, problems);
    members.list("authorities", findings::most_values, Need::optional,
                 [&](Json const& entry, std::string const& at) { take_authority(entry, at, content, problems); });
    members.pass_over({"version", "changed_at"});
    members.refuse_others();
    return content;
}

}  // namespace kula::api
