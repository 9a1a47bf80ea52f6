#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include <nlohmann/json.hpp>

#include "base/ascii.hpp"
#include "finding_table.hpp"
#include "findings/findings.hpp"
#include "findings_migrations.hpp"
#include "stepping.hpp"

namespace kula::findings {
namespace {

using storage::Priority;
using storage::Session;
using OrderedJson = nlohmann::ordered_json;

/// Findings looked up in one statement.
constexpr std::ptrdiff_t at_once = 500;

base::Error absent() { return base::not_found("no such finding"); }

base::Result<StepWanted> checked(StepWanted wanted, Party party, base::Instant now) {
    wanted.reason = base::trimmed(wanted.reason);
    if (std::any_of(wanted.reason.begin(), wanted.reason.end(), [](char c) { return c >= 0 && c < ' ' && c != '\n'; }))
        return base::invalid("reason: holds control characters or is no UTF-8");
    if (wanted.reason.size() > longest_reason) return base::invalid("reason: is longer than 1,000 bytes");
    if (wanted.reason.empty() && needs_reason(wanted.to, party)) return base::invalid("reason: is empty");
    if (wanted.to != State::accepted_risk && wanted.until)
        return base::invalid("until: is told of an accepted risk only");
    if (wanted.to == State::accepted_risk) {
        if (!wanted.until) return base::invalid("until: is required of an accepted risk");
        if (*wanted.until <= now) return base::invalid("until: lies in the past");
        if (*wanted.until > now + longest_acceptance) return base::invalid("until: lies more than three years ahead");
    }
    return wanted;
}

std::string told(Finding const& finding, std::string const& reason) {
    OrderedJson json{{"state", to_text(finding.state)}};
    if (finding.accepted_until) json["until"] = base::to_text(*finding.accepted_until);
    if (!reason.empty()) json["reason"] = reason;
    return json.dump(-1, ' ', false, OrderedJson::error_handler_t::replace);
}

/// `finding.claimed_fixed` and the like.
journal::Fact fact_of(Finding const& before, Finding const& after, std::string const& reason) {
    return {"finding." + std::string(to_text(after.state)), "finding:" + after.id.text(), told(before, {}),
            told(after, reason)};
}

}  // namespace

std::string_view to_text(Severity severity) {
    switch (severity) {
        case Severity::low: return "low";
        case Severity::medium: return "medium";
        case Severity::high: return "high";
        case Severity::critical: break;
    }
    return "critical";
}

std::optional<Severity> parse_severity(std::string_view text) {
    for (auto const severity : {Severity::low, Severity::medium, Severity::high, Severity::critical}) {
        if (to_text(severity) == text) return severity;
    }
    return std::nullopt;
}

base::Result<std::unique_ptr<Findings>> Findings::open(storage::Database& database, journal::Journal& journal,
                                                       registry::Registry const& registry,
                                                       vulnerabilities::Catalogue const& vulnerabilities,
                                                       base::Clock const& clock, Watched watched) {
    if (auto const migrated = database.migrate(findings_migrations()); !migrated) return migrated.error();
    return std::unique_ptr<Findings>(
        new Findings(database, journal, registry, vulnerabilities, clock, std::move(watched)));
}

base::Result<Finding> Findings::take_step(Session& session, FindingId id, StepWanted const& wanted, Party party,
                                          base::Actor const& actor) {
    auto const now = clock_.now();
    auto const asked = checked(wanted, party, now);
    if (!asked) return asked.error();
    auto found = finding_table::find(session, id);
    if (!found || !finding_table::may_see(*found, actor.clearance)) return absent();
    if (!may_go(found->state, asked->to, party))
        return base::conflict(fmt::format("this step is not possible from its state: {}", to_text(found->state)));
    auto const before = *found;
    Step const step{before.state, asked->to, now, actor.name, asked->reason, asked->until, {}, {}};
    go(*found, step);
    finding_table::update(session, {*found});
    finding_table::add_step(session, id, step);
    // From a claim on, and from being opened again, absence counts from now.
    if (asked->to == State::claimed_fixed || asked->to == State::reopened)
        finding_table::count_absence_anew(session, id);
    journal_.append(session, actor, fact_of(before, *found, asked->reason));
    return std::move(*found);
}

base::Result<Finding> Findings::take_step(FindingId id, std::optional<std::int64_t> version, StepWanted const& wanted,
                                          Party party, base::Actor const& actor) {
    return database_.write(Priority::interactive, [&](Session& session) -> base::Result<Finding> {
        auto const found = finding_table::find(session, id);
        if (!found || !finding_table::may_see(*found, actor.clearance)) return absent();
        if (version && found->record.version != *version)
            return base::conflict(
                fmt::format("it changed since it was read: version is {} now", found->record.version));
        return take_step(session, id, wanted, party, actor);
    });
}

std::vector<Finding> Findings::tell(Session& session, Notice const& notice, base::Actor const& actor) {
    auto const now = clock_.now();
    std::vector<Finding> told;
    auto ids = OrderedJson::array();
    for (auto const& one : notice.findings) {
        auto found = finding_table::find(session, one.id);
        if (!found || found->record.version != one.version) continue;
        if (notice.reaches_somebody) findings::tell(*found, now);
        if (notice.rung) found->told.rungs = *notice.rung + 1;
        ids.push_back(found->id.text());
        told.push_back(std::move(*found));
    }
    finding_table::update(session, told);
    if (!told.empty()) {
        OrderedJson const fact{{"findings", std::move(ids)},
                               {"rung", notice.rung ? OrderedJson(*notice.rung) : OrderedJson()}};
        journal_.append(session, actor, {"findings.told", notice.about, "", fact.dump()});
    }
    return told;
}

base::Result<std::vector<StepTaken>> Findings::take_steps(std::vector<FindingId> const& ids, StepWanted const& wanted,
                                                          Party party, base::Actor const& actor) {
    if (ids.empty() || ids.size() > most_steps) return base::invalid("ids: are not from 1 to 500");
    if (auto const asked = checked(wanted, party, clock_.now()); !asked) return asked.error();
    return database_.write(Priority::interactive, [&](Session& session) {
        std::vector<StepTaken> out;
        out.reserve(ids.size());
        for (auto const& id : ids) out.push_back({id, take_step(session, id, wanted, party, actor)});
        return out;
    });
}

base::Result<Finding> Findings::find(FindingId id, base::Clearance const& clearance) const {
    return database_.read([&](Session const& session) -> base::Result<Finding> {
        auto found = finding_table::find(session, id);
        if (!found || !finding_table::may_see(*found, clearance)) return absent();
        return std::move(*found);
    });
}

base::Result<std::vector<Finding>> Findings::find(std::vector<FindingId> const& ids) const {
    return database_.read([&](Session const& session) {
        std::vector<Finding> out;
        for (auto begin = ids.begin(); begin != ids.end();) {
            auto const end = begin + std::min(at_once, ids.end() - begin);
            storage::Where among;
            among.add_among("id", std::vector<FindingId>(begin, end));
            auto found = finding_table::where(session, among);
            std::move(found.begin(), found.end(), std::back_inserter(out));
            begin = end;
        }
        return base::Result<std::vector<Finding>>(std::move(out));
    });
}

base::Result<FindingStory> Findings::story(FindingId id, base::Clearance const& clearance) const {
    return database_.read([&](Session const& session) -> base::Result<FindingStory> {
        auto found = finding_table::find(session, id);
        if (!found || !finding_table::may_see(*found, clearance)) return absent();
        auto const newest = finding_table::newest_events(session, id, most_shown_events);
        return FindingStory{std::move(*found), finding_table::steps(session, id), finding_table::shown(session, id),
                            events::kept_events(session, newest)};
    });
}

base::Result<std::map<FindingId, events::DeliveredEvent>> Findings::newest_events(
    std::vector<FindingId> const& ids) const {
    return database_.read([&](Session const& session) {
        std::map<FindingId, events::DeliveredEvent> out;
        for (std::size_t at = 0; at < ids.size(); at += static_cast<std::size_t>(at_once)) {
            std::multimap<base::Id<events::Event>, FindingId> newest;
            for (auto place = at; place < std::min(ids.size(), at + static_cast<std::size_t>(at_once)); ++place) {
                for (auto const event : finding_table::newest_events(session, ids[place], 1))
                    newest.emplace(event, ids[place]);
            }
            std::vector<base::Id<events::Event>> wanted;
            for (auto const& [event, finding] : newest) wanted.push_back(event);
            for (auto const& event : events::kept_events(session, wanted)) {
                auto const [begin, end] = newest.equal_range(event.stored.id);
                for (auto each = begin; each != end; ++each) out.emplace(each->second, event);
            }
        }
        return base::Result<std::map<FindingId, events::DeliveredEvent>>(std::move(out));
    });
}

}  // namespace kula::findings
