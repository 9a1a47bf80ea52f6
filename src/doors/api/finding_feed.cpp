#include "finding_feed.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "base/ascii.hpp"
#include "finding_view.hpp"
#include "findings/advice.hpp"
#include "formats/markup.hpp"
#include "shipped_data.hpp"

namespace kula::api {
namespace {

using findings::Finding;
using formats::escaped;

std::string word(std::string_view group, std::string_view name, base::Language language) {
    static auto const words = Json::parse(shipped_data("findings/feed.json"));
    auto const& in = name.empty() ? words.at(std::string(group)) : words.at(std::string(group)).at(std::string(name));
    return in.at(std::string(base::to_text(language))).get<std::string>();
}

std::string minute_of(base::Instant instant) {
    return fmt::format("{:%Y-%m-%d %H:%M}", std::chrono::floor<std::chrono::seconds>(instant));
}

std::string day_of(base::Instant instant) {
    return fmt::format("{:%Y-%m-%d}", std::chrono::floor<std::chrono::seconds>(instant));
}

std::string label_of(base::Tlp tlp) {
    std::string out = "TLP:" + std::string(base::to_text(tlp));
    std::transform(out.begin(), out.end(), out.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    return out;
}

/// What is told of a finding beside its advice, each with its name.
using Facts = std::vector<std::pair<std::string, std::string>>;

Facts facts_of(Finding const& finding, std::string const& organisation, vulnerabilities::Exploited const* exploited,
               base::Language language) {
    Facts out;
    auto const add = [&](std::string_view name, std::string const& value) {
        if (!value.empty()) out.emplace_back(word("facts", name, language), base::one_line(value));
    };
    auto const& identity = finding.identity;
    auto const port = identity.port
                          ? fmt::format(" ({}{})", identity.transport ? *identity.transport + " " : "", *identity.port)
                          : std::string();
    add("organisation", organisation);
    add("place", identity.place + port);
    add("problem", identity.problem);
    add("severity", word("severity", findings::to_text(finding.severity), language));
    add("state", word("state", findings::to_text(finding.state), language));
    add("seen", minute_of(finding.first_seen) + " – " + minute_of(finding.last_seen));
    if (findings::is_open(finding.state)) add("due", day_of(finding.due_at));
    if (exploited == nullptr) return out;
    add("exploited", exploited->cve + (exploited->name.empty() ? "" : ": " + exploited->name));
    add("exploited_due", exploited->due);
    add("exploited_action", exploited->action);
    return out;
}

std::string summary_of(Facts const& facts, base::Tlp tlp) {
    std::string out;
    for (auto const& [name, value] : facts) out.append(name).append(": ").append(value).append(" · ");
    return out + label_of(tlp);
}

std::string content_of(Facts const& facts, findings::Advice const& advice, base::Language language) {
    auto out = "<p>" + escaped(advice.what.in(language)) + "</p>\n<ul>\n";
    for (auto const& [name, value] : facts) out += "<li>" + escaped(name) + ": " + escaped(value) + "</li>\n";
    out += "</ul>\n<p>" + escaped(word("do", {}, language)) + "</p>\n<ol>\n";
    for (auto const& step : advice.steps) out += "<li>" + escaped(step.in(language)) + "</li>\n";
    return out + "</ol>\n";
}

/// Named as in schema `Finding`.
Json kula_of(Finding const& finding, Json organisation, vulnerabilities::Exploited const* exploited) {
    auto const& identity = finding.identity;
    return {{"id", finding.id.text()},
            {"version", finding.record.version},
            {"organisation", std::move(organisation)},
            {"class", finding.rsit_class},
            {"type", identity.type},
            {"problem", or_null(identity.problem)},
            {"place", identity.place},
            {"port", identity.port ? Json(*identity.port) : Json(nullptr)},
            {"transport", or_null(identity.transport)},
            {"severity", findings::to_text(finding.severity)},
            {"vulnerabilities", finding.vulnerabilities},
            {"exploited", shown(exploited)},
            {"state", findings::to_text(finding.state)},
            {"state_since", time(finding.state_since)},
            {"first_seen", time(finding.first_seen)},
            {"last_seen", time(finding.last_seen)},
            {"due_at", time(finding.due_at)},
            {"tlp", base::to_text(finding.record.marking.tlp)}};
}

/// `organisation` is a schema `OrganisationReference`, or null where it is gone.
WebFeed::Entry entry_of(Finding const& finding, Json const& organisation, vulnerabilities::Exploited const* exploited,
                        FindingFeed::Wanted const& wanted) {
    auto const& identity = finding.identity;
    auto const& advice = findings::advice_for(finding.rsit_class, identity.type, identity.problem);
    auto const name = organisation.is_null() ? std::string() : organisation.at("name").get<std::string>();
    auto const facts = facts_of(finding, name, exploited, wanted.language);
    auto const tlp = finding.record.marking.tlp;
    std::string const scheme = "urn:kula:finding:";
    WebFeed::Entry out;
    out.id = "urn:uuid:" + finding.id.text();
    out.page = wanted.server + "/desk/findings/" + finding.id.text();
    out.title = base::one_line(advice.title.in(wanted.language) + ": " + identity.place);
    out.summary = summary_of(facts, tlp);
    out.content = content_of(facts, advice, wanted.language);
    out.categories = {{"https://www.first.org/tlp/", label_of(tlp)},
                      {scheme + "class", finding.rsit_class},
                      {scheme + "type", identity.type},
                      {scheme + "severity", std::string(findings::to_text(finding.severity))},
                      {scheme + "state", std::string(findings::to_text(finding.state))}};
    out.published = finding.record.created_at;
    out.updated = finding.record.changed_at;
    out.more = kula_of(finding, organisation, exploited);
    return out;
}

/// What of an organisation's reach this reader has, too.
base::Clearance common(base::Clearance const& reach, base::Clearance const& clearance) {
    std::vector<base::Uuid> out;
    for (auto const& id : reach.organisations()) {
        if (clearance.may_see(id)) out.push_back(id);
    }
    return base::Clearance::of(std::move(out));
}

}  // namespace

base::Result<WebFeed> FindingFeed::of(Wanted const& wanted, base::Clearance const& clearance) const {
    auto const organisation = registry_.find(wanted.organisation, clearance);
    if (!organisation) return organisation.error();
    auto const reach = registry_.reach_of(wanted.organisation);
    if (!reach) return reach.error();
    auto const latest = findings_.latest(common(*reach, clearance), most_entries);
    if (!latest) return latest.error();

    auto const team = registry_.team();
    auto const& team_name = team->content.name;
    auto const name = team_name.in(team_name.best(wanted.language));
    WebFeed out;
    out.id = "urn:uuid:" + wanted.organisation.text();
    out.title = word("title", {}, wanted.language) + ": " + organisation->content.name;
    out.author = !name.empty() ? name : !team->content.short_name.empty() ? team->content.short_name : "Kula";
    out.address = wanted.address;
    out.page = wanted.server + "/desk/findings";
    out.language = wanted.language;
    out.updated = latest->empty() ? organisation->record.created_at : latest->front().record.changed_at;
    out.modified = out.updated;
    auto const exploited = vulnerabilities_.exploited();
    std::map<registry::OrganisationId, Json> owners;
    for (auto const& finding : *latest) {
        out.modified = std::max({out.modified, finding.record.changed_at, finding.last_received});
        auto const owner = *finding.identity.organisation;  // Reach knows no finding without one.
        if (!owners.contains(owner)) owners.emplace(owner, organisations_.reference(owner));
        out.entries.push_back(entry_of(finding, owners.at(owner), exploited_of(finding, *exploited), wanted));
    }
    return out;
}

base::Language FindingFeed::usual_language() const {
    for (auto const& spoken : registry_.team()->content.languages) {
        if (auto const language = base::parse_language(spoken)) return *language;
    }
    return base::Language::mk;
}

}  // namespace kula::api
