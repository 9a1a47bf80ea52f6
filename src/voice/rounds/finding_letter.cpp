#include "finding_letter.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include <kainjow/mustache.hpp>

#include "base/ascii.hpp"
#include "findings/advice.hpp"
#include "findings_table.hpp"

namespace kula::rounds {
namespace {

namespace mustache = kainjow::mustache;
using findings::Advice;
using findings::PlannedFinding;
using mustache::data;

std::string minute(base::Instant instant) {
    return fmt::format("{:%Y-%m-%d %H:%M}", std::chrono::floor<std::chrono::seconds>(instant));
}
/// Findings that the same advice is about.
struct Kind {
    Advice const* advice = nullptr;
    std::vector<PlannedFinding const*> findings{};
};

/// In the order of the first of each.
std::vector<Kind> kinds_of(std::vector<PlannedFinding> const& findings) {
    std::vector<Kind> out;
    for (auto const& each : findings) {
        auto const& identity = each.finding.identity;
        auto const* const advice = &findings::advice_for(each.finding.rsit_class, identity.type, identity.problem);
        auto found = std::find_if(out.begin(), out.end(), [advice](Kind const& kind) { return kind.advice == advice; });
        if (found == out.end()) found = out.insert(out.end(), Kind{advice});
        found->findings.push_back(&each);
    }
    return out;
}

data told(PlannedFinding const& planned) {
    auto const& [finding, why] = planned;
    auto const& identity = finding.identity;
    auto place = base::one_line(identity.place);
    if (identity.port)
        place += fmt::format(" ({}{})", identity.transport ? *identity.transport + " " : "", *identity.port);
    data out;
    out.set("place", place);
    if (!identity.problem.empty()) out.set("problem", base::one_line(identity.problem));
    out.set(std::string(to_text(finding.severity)), data::type::bool_true);
    out.set("first", minute(finding.first_seen));
    out.set("last", minute(finding.last_seen));
    out.set("due", day(finding.due_at));
    if (why == findings::Why::came_back) out.set("came_back", data::type::bool_true);
    return out;
}

data told(Kind const& kind, base::Language language, bool is_attached) {
    data out;
    out.set("title", kind.advice->title.in(language));
    out.set("what", kind.advice->what.in(language));
    out.set("count", std::to_string(kind.findings.size()));
    out.set("is_single", kind.findings.size() == 1);
    out.set("is_attached", is_attached);
    data steps{data::type::list};
    std::size_t number = 0;
    for (auto const& step : kind.advice->steps) {
        data each;
        each.set("number", std::to_string(++number));
        each.set("step", step.in(language));
        steps << each;
    }
    out.set("steps", steps);
    data listed{data::type::list};
    for (std::size_t at = 0; at < std::min(kind.findings.size(), most_listed); ++at) listed << told(*kind.findings[at]);
    out.set("findings", listed);
    if (kind.findings.size() > most_listed) out.set("more", std::to_string(kind.findings.size() - most_listed));
    return out;
}

std::string_view deed_of(findings::Deed deed) {
    switch (deed) {
        case findings::Deed::remind: return "is_reminder";
        case findings::Deed::escalate: return "is_escalation";
        default: return "is_new";
    }
}

std::string_view reader_of(findings::Side side) {
    switch (side) {
        case findings::Side::parent: return "to_parent";
        case findings::Side::sector_authority: return "to_authority";
        case findings::Side::team: return "to_team";
        case findings::Side::organisation: break;
    }
    return "to_owner";
}

data told(Matter const& matter, base::Language language) {
    auto const& message = matter.message;
    auto const kinds = kinds_of(message.findings);
    bool const is_attached = matter.rule.attachment != findings::Attachment::none;
    data out;
    out.set(std::string(deed_of(message.deed)), data::type::bool_true);
    out.set(std::string(reader_of(message.side)), data::type::bool_true);
    out.set("organisation", matter.organisation);
    out.set("contact", matter.contact.name);
    out.set("count", std::to_string(message.findings.size()));
    out.set("is_one", message.findings.size() == 1);
    out.set("title", kinds.front().advice->title.in(language));
    if (message.rung) out.set("days", std::to_string(matter.rule.ladder[*message.rung].after.count()));
    data groups{data::type::list};
    for (std::size_t at = 0; at < std::min(kinds.size(), most_kinds); ++at)
        groups << told(kinds[at], language, is_attached);
    out.set("groups", groups);
    std::size_t rest = 0;
    for (std::size_t at = most_kinds; at < kinds.size(); ++at) rest += kinds[at].findings.size();
    if (rest > 0) out.set("rest", std::to_string(rest));
    if (matter.reports.findings > 0) out.set("reported", std::to_string(matter.reports.findings));
    if (matter.link) add_link(out, *matter.link);
    add_sender(out, matter.team, language);
    return out;
}

}  // namespace

base::Marking marking_of(findings::PlannedMessage const& message) {
    auto out = message.findings.front().finding.record.marking;
    for (auto const& each : message.findings) out = base::strictest(out, each.finding.record.marking);
    return out;
}

base::Language language_of(Matter const& matter) {
    return matter.rule.language.value_or(language_of(matter.contact, matter.team));
}

notify::Letter letter_of(Matter const& matter) {
    auto const language = language_of(matter);
    auto letter = filled_in("findings", language, told(matter, language));
    letter.marking = marking_of(matter.message);
    if (matter.rule.attachment != findings::Attachment::none)
        letter.attachments.push_back({"findings.csv", "text/csv", csv_of(matter.message.findings)});
    for (auto const& file : matter.reports.files) letter.attachments.push_back(file);
    return letter;
}

}  // namespace kula::rounds
