#include "finding_view.hpp"

#include <set>

#include "actor_names.hpp"
#include "event_view.hpp"
#include "findings/advice.hpp"
#include "reply.hpp"

namespace kula::api {
namespace {

using findings::Finding;
using findings::Party;

Json seconds(std::optional<std::chrono::microseconds> const& time) {
    return time ? Json(std::chrono::floor<std::chrono::seconds>(*time).count()) : Json(nullptr);
}

/// The likeliest.
Json likelihood_of(Finding const& finding, std::map<std::string, vulnerabilities::Score, std::less<>> const& scores) {
    vulnerabilities::Score const* most = nullptr;
    for (auto const& cve : finding.vulnerabilities) {
        auto const found = scores.find(cve);
        if (found != scores.end() && (most == nullptr || found->second.score > most->score)) most = &found->second;
    }
    if (most == nullptr) return nullptr;
    return {{"vulnerability", most->cve},
            {"score", most->score},
            {"percentile", most->percentile ? Json(*most->percentile) : Json(nullptr)}};
}

findings::Advice const& advice_of(Finding const& finding) {
    return findings::advice_for(finding.rsit_class, finding.identity.type, finding.identity.problem);
}

Json told(findings::Advice const& advice) {
    Json steps = Json::array();
    for (auto const& step : advice.steps) steps.push_back(local_text(step));
    return {{"what", local_text(advice.what)}, {"do", std::move(steps)}};
}

/// What a delivery's machinery wrote beside what it tells.
Json evidence_of(events::DeliveredEvent const& event, bool is_team) {
    auto const of_the_team = [&](Json told) { return is_team ? std::move(told) : Json(nullptr); };
    Json fields = Json::object();
    for (auto const& [name, value] : event.stored.event.fields().items()) {
        if (name != "raw" && name != "output" && (is_team || !is_for_the_team(name))) fields[name] = value;
    }
    return {{"id", event.stored.id.text()},
            {"source", of_the_team(event.stored.source)},
            {"delivery", of_the_team(event.stored.delivery)},
            {"row", of_the_team(count(event.stored.row))},
            {"moment", time(event.moment)},
            {"received_at", time(event.stored.observed)},
            {"fields", std::move(fields)}};
}

}  // namespace

vulnerabilities::Exploited const* exploited_of(Finding const& finding, vulnerabilities::ExploitedList const& list) {
    vulnerabilities::Exploited const* first = nullptr;
    for (auto const& cve : finding.vulnerabilities) {
        auto const found = list.entries.find(cve);
        if (!finding.is_exploited || found == list.entries.end()) continue;
        auto const& due = found->second.due;
        bool const is_sooner = first == nullptr || (!due.empty() && (first->due.empty() || due < first->due));
        if (is_sooner) first = &found->second;
    }
    return first;
}

Json shown(vulnerabilities::Exploited const* exploited) {
    if (exploited == nullptr) return nullptr;
    return {{"vulnerability", exploited->cve},
            {"name", or_null(exploited->name)},
            {"vendor", or_null(exploited->vendor)},
            {"product", or_null(exploited->product)},
            {"added", exploited->added},
            {"due", or_null(exploited->due)},
            {"action", or_null(exploited->action)},
            {"ransomware", exploited->is_used_for_ransomware}};
}

std::optional<Party> party_of(Caller const& caller) {
    auto const& permissions = caller.identity.permissions;
    if (permissions.contains("findings.manage")) return Party::team;
    return permissions.contains("findings.answer") ? std::optional(Party::owner) : std::nullopt;
}

FindingView::Known FindingView::known_of(std::vector<Finding> const& findings) const {
    std::set<std::string> cves;
    for (auto const& finding : findings) cves.insert(finding.vulnerabilities.begin(), finding.vulnerabilities.end());
    auto scores = vulnerabilities_.scores({cves.begin(), cves.end()});
    Known out{vulnerabilities_.exploited()};
    if (scores) out.scores = std::move(*scores);
    return out;
}

Json FindingView::brief(Finding const& finding, Known const& known, Caller const& caller, base::Instant now) const {
    auto const& identity = finding.identity;
    Json next = Json::array();
    if (auto const party = party_of(caller)) {
        for (auto const state : findings::next_states(finding.state, *party)) next.push_back(findings::to_text(state));
    }
    return {{"id", finding.id.text()},
            {"version", finding.record.version},
            {"organisation", identity.organisation ? organisations_.reference(*identity.organisation) : Json(nullptr)},
            {"sector", or_null(finding.sector)},
            {"class", finding.rsit_class},
            {"type", identity.type},
            {"problem", or_null(identity.problem)},
            {"title", local_text(advice_of(finding).title)},
            {"place", identity.place},
            {"port", identity.port ? Json(*identity.port) : Json(nullptr)},
            {"transport", or_null(identity.transport)},
            {"severity", findings::to_text(finding.severity)},
            {"vulnerabilities", finding.vulnerabilities},
            {"exploited", shown(exploited_of(finding, *known.exploited))},
            {"likelihood", likelihood_of(finding, known.scores)},
            {"state", findings::to_text(finding.state)},
            {"state_since", time(finding.state_since)},
            {"first_seen", time(finding.first_seen)},
            {"last_seen", time(finding.last_seen)},
            {"events", count(finding.events)},
            {"relapses", count(finding.relapses)},
            {"source", caller.actor.clearance.sees_everything() ? Json(finding.last_source) : Json(nullptr)},
            {"tags", caller.actor.clearance.sees_everything() ? Json(finding.tags) : Json(nullptr)},
            {"opened_at", time(finding.way.opened_at)},
            {"due_at", time(finding.due_at)},
            {"overdue", findings::is_open(finding.state) && finding.due_at < now},
            {"accepted_until", time_or_null(finding.accepted_until)},
            {"told",
             {{"first", time_or_null(finding.told.first)},
              {"last", time_or_null(finding.told.last)},
              {"rungs", finding.told.rungs}}},
            {"tlp", base::to_text(finding.record.marking.tlp)},
            {"next_states", std::move(next)}};
}

Json FindingView::full(findings::FindingStory const& story, Caller const& caller, base::Instant now) const {
    bool const is_of_the_team = caller.actor.clearance.sees_everything();
    ActorNames names(access_);
    Json steps = Json::array(), sources = Json::array(), evidence = Json::array();
    for (auto const& step : story.steps) {
        bool const is_own = step.by == caller.actor.name;
        steps.push_back({{"from", step.from ? Json(findings::to_text(*step.from)) : Json(nullptr)},
                         {"to", findings::to_text(step.to)},
                         {"at", time(step.at)},
                         {"by", is_of_the_team || is_own ? names.of(step.by) : Json(nullptr)},
                         {"automatic", step.by.starts_with("system:")},
                         {"by_link", step.by.starts_with("link:")},
                         {"reason", or_null(step.reason)},
                         {"until", time_or_null(step.until)},
                         {"silent_seconds", seconds(step.silent)}});
    }
    for (auto const& shown : story.shown) {
        if (!is_of_the_team) break;  // Who told is for the team.
        sources.push_back({{"source", shown.source},
                           {"series", shown.series},
                           {"first_received", time(shown.first_received)},
                           {"last_received", time(shown.last_received)},
                           {"told", count(shown.told)},
                           {"absent", count(shown.absent)},
                           {"needed", count(shown.needed)}});
    }
    for (auto const& event : story.events) evidence.push_back(evidence_of(event, is_of_the_team));
    auto const& finding = story.finding;
    return {{"finding", brief(finding, known_of({finding}), caller, now)},
            {"advice", told(advice_of(finding))},
            {"steps", std::move(steps)},
            {"sources", std::move(sources)},
            {"evidence", std::move(evidence)},
            {"verified_after",
             {{"deliveries", finding.deliveries},
              {"silent_seconds", std::chrono::floor<std::chrono::seconds>(finding.silence).count()}}}};
}

Json FindingView::page(findings::FindingPage const& page, Caller const& caller, base::Instant now) const {
    Json items = Json::array(), states = Json::object();
    auto const known = known_of(page.items);
    for (auto const& finding : page.items) items.push_back(brief(finding, known, caller, now));
    for (auto const state : findings::all_states)
        states[std::string(findings::to_text(state))] = count(page.totals.states[static_cast<std::size_t>(state)]);
    return {{"items", std::move(items)},
            {"next", or_null(page.next)},
            {"total", count(page.totals.total)},
            {"states", std::move(states)},
            {"open", count(page.totals.open)},
            {"organisations", count(page.totals.organisations)},
            {"overdue", count(page.totals.overdue)}};
}

Json FindingView::figures(findings::FiguresQuery const& query, findings::LoopFigures const& figures) {
    auto const& [opened, notified, seen, acknowledged, claimed, verified, relapsed, overdue] = figures.funnel;
    Json sectors = Json::array(), weeks = Json::array();
    for (auto const& each : figures.sectors) {
        sectors.push_back({{"sector", or_null(each.sector)},
                           {"opened", count(each.opened)},
                           {"open", count(each.open)},
                           {"overdue", count(each.overdue)},
                           {"verified", count(each.verified)}});
    }
    for (auto const& each : figures.weeks) {
        weeks.push_back({{"from", time(each.from)},
                         {"opened", count(each.opened)},
                         {"verified", count(each.verified)},
                         {"reopened", count(each.reopened)}});
    }
    auto const& medians = figures.medians;
    return {{"from", time(query.from)},
            {"to", time(query.to)},
            {"funnel",
             {{"opened", count(opened)},
              {"notified", count(notified)},
              {"seen", count(seen)},
              {"acknowledged", count(acknowledged)},
              {"claimed_fixed", count(claimed)},
              {"verified", count(verified)},
              {"relapsed", count(relapsed)},
              {"overdue", count(overdue)}}},
            {"median_seconds",
             {{"opened_to_notified", seconds(medians.to_notified)},
              {"notified_to_seen", seconds(medians.to_seen)},
              {"notified_to_acknowledged", seconds(medians.to_acknowledged)},
              {"notified_to_claimed_fixed", seconds(medians.to_claimed)},
              {"opened_to_verified", seconds(medians.to_verified)}}},
            {"sectors", std::move(sectors)},
            {"weeks", std::move(weeks)}};
}

std::optional<net::Response> FindingView::precondition(net::Request const& request, Caller const& caller,
                                                       findings::FindingStory const& story) const {
    auto const now = story.finding.record.version;
    auto refused = api::precondition(request, now);
    if (!refused || refused->status != net::Status::precondition_failed) return refused;
    // Each step makes one version, the first of them 1.
    auto const& steps = story.steps;
    auto const version = version_in(request.header("If-Match").value_or(""));
    Json changes = nullptr;
    if (version && *version > 0 && static_cast<std::size_t>(*version) <= steps.size()) {
        changes =
            Json::array({{{"field", "state"},
                          {"before", findings::to_text(steps[steps.size() - static_cast<std::size_t>(*version)].to)},
                          {"after", findings::to_text(story.finding.state)},
                          {"withheld", false}}});
    }
    bool const is_of_the_team = caller.actor.clearance.sees_everything();
    return with_members(std::move(*refused),
                        {{"current_etag", etag(now)},
                         {"changed_at", time(steps.front().at)},
                         {"changed_by", is_of_the_team ? Json(steps.front().by) : Json(nullptr)},
                         {"changed_by_name", is_of_the_team ? ActorNames(access_).of(steps.front().by) : Json(nullptr)},
                         {"changes", std::move(changes)}});
}

}  // namespace kula::api
