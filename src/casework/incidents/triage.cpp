#include "incidents/triage.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/ascii.hpp"
#include "content.hpp"
#include "incident_table.hpp"
#include "observing.hpp"
#include "report_table.hpp"
#include "storage/record.hpp"
#include "writing.hpp"

namespace kula::incidents {
namespace {

using storage::Priority;
using storage::Session;

constexpr std::chrono::days grouped_within{30};
constexpr std::chrono::days same_sender_within{1};
constexpr std::size_t longest_name = 200;
constexpr std::size_t longest_email = 254;
constexpr std::size_t longest_phone = 50;

base::Error no_such_report() { return base::not_found("no such report"); }

void check_line(base::Checks& checks, std::string_view field, std::string& text, std::size_t longest) {
    text = base::trimmed(text);
    check_text(checks, field, text, longest, registry::LineBreaks::refuse);
}

base::Result<ReportContent> checked(ReportContent content, base::Instant now, base::Clearance const& writer) {
    base::Checks checks;
    check_line(checks, "subject", content.subject, longest_subject);
    content.text = base::trimmed(content.text);
    check_text(checks, "text", content.text, longest_report, registry::LineBreaks::allow);
    checks.expect(!content.subject.empty() || !content.text.empty(), "text", "is empty");
    auto& [name, email, phone] = content.reporter;
    check_line(checks, "reporter.name", name, longest_name);
    check_line(checks, "reporter.email", email, longest_email);
    check_line(checks, "reporter.phone", phone, longest_phone);
    email = base::lower_case(email);
    checks.expect(email.empty() || email.find('@') != std::string::npos, "reporter.email", "is no e-mail address");
    if (content.received_at) checks.expect(*content.received_at <= now, "received_at", "lies in the future");
    check_readers(checks, content.marking, content.readers, writer);
    if (auto wrong = checks.error()) return std::move(*wrong);
    return content;
}

/// A decision with its texts in one form.
base::Result<Decision> checked(Decision decision, base::Clearance const& writer) {
    std::string* reason = nullptr;
    if (auto* const open = std::get_if<OpenIncident>(&decision)) {
        auto content = incidents::checked(std::move(open->content), writer);
        if (!content) return content.error();
        open->content = std::move(*content);
    } else if (auto* const refuse = std::get_if<Refuse>(&decision)) {
        reason = &refuse->reason;
    } else if (auto* const pass = std::get_if<PassOn>(&decision)) {
        auto to = checked_text("to", pass->to, longest_name);
        if (!to) return to.error();
        if (to->empty()) return base::invalid("to", "is empty");
        pass->to = std::move(*to);
        reason = &pass->reason;
    }
    if (reason != nullptr) {
        auto why = checked_text("reason", *reason, longest_reason);
        if (!why) return why.error();
        if (why->empty() && std::holds_alternative<Refuse>(decision)) return base::invalid("reason", "is empty");
        *reason = std::move(*why);
    }
    return decision;
}

std::string deed_of(Decision const& decision) {
    constexpr std::array deeds{"report.accepted", "report.accepted", "report.refused", "report.passed_on",
                               "report.waits_again"};
    return deeds[decision.index()];
}

/// What a decision does, report by report, within one unit of work.
class Deciding {
public:
    Deciding(Writing const& writing, base::Clock const& clock) : writing_(writing), clock_(clock) {}

    base::Result<void> take(std::vector<ReportId> const& ids) {
        for (auto const& id : std::set<ReportId>(ids.begin(), ids.end())) {
            auto found = report_table::find(writing_.session, id, writing_.actor.clearance);
            if (!found) return no_such_report();
            reports_.push_back(std::move(*found));
        }
        std::sort(reports_.begin(), reports_.end(), [](Report const& a, Report const& b) {
            return std::tie(a.received_at, a.id) < std::tie(b.received_at, b.id);
        });
        return {};
    }
    base::Result<void> operator()(OpenIncident const& open) {
        auto const incident = writing_.open(open.content, clock_);
        return accept(incident);
    }
    base::Result<void> operator()(JoinIncident const& join) {
        auto const incident = writing_.alone(join.id);
        if (!incident) return incident.error();
        return accept(*incident);
    }
    base::Result<void> operator()(Refuse const& refuse) {
        return decide(ReportState::refused, [&](Report& report) { report.reason = refuse.reason; });
    }
    base::Result<void> operator()(PassOn const& pass) {
        return decide(ReportState::passed_on, [&](Report& report) {
            report.reason = pass.reason;
            report.passed_to = pass.to;
        });
    }
    base::Result<void> operator()(WaitAgain const&) {
        for (auto& report : reports_) {
            if (report.state == ReportState::waiting) return base::conflict("it waits");
            if (report.incident) {
                writing_.tell(*report.incident, EntryKind::withdrawn, {}, about(report));
                incident_ = report.incident;
            }
            report.state = ReportState::waiting;
            report.incident.reset();
            report.reason.clear();
            report.passed_to.clear();
            report.decided_at.reset();
            report.decided_by.clear();
            report_table::update(writing_.session, report, writing_.now, writing_.actor.name);
        }
        return {};
    }
    /// One entry of the trail for all.
    Decided finish(std::string deed) const {
        auto ids = Json::array();
        bool is_red = false;
        for (auto const& report : reports_) {
            ids.push_back(report.id.text());
            is_red = is_red || report.record.marking.tlp == base::Tlp::red;
        }
        Json what{{"reports", std::move(ids)}, {"incident", incident_ ? Json(incident_->text()) : Json(nullptr)}};
        if (is_red) what["tlp"] = base::to_text(base::Tlp::red);
        auto const subject = reports_.size() == 1 ? reports_.front().id.text() : "list";
        writing_.journal.append(writing_.session, writing_.actor,
                                {std::move(deed), "report:" + subject, "", what.dump()});
        return {reports_.size(), incident_};
    }

private:
    static Json about(Report const& report) {
        return {{"report", report.id.text()}, {"subject", report.content.subject}};
    }
    template <class Change>
    base::Result<void> decide(ReportState state, Change change) {
        for (auto& report : reports_) {
            if (report.state != ReportState::waiting) return base::conflict("it does not wait any more");
            report.state = state;
            report.decided_at = writing_.now;
            report.decided_by = writing_.actor.name;
            change(report);
            report_table::update(writing_.session, report, writing_.now, writing_.actor.name);
        }
        return {};
    }
    base::Result<void> accept(Incident const& incident) {
        for (auto const& report : reports_) {
            if (base::strictest(report.record.marking, incident.record.marking) != incident.record.marking)
                return base::conflict("its label is looser than that of a report");
        }
        incident_ = incident.id;
        return decide(ReportState::accepted, [&](Report& report) {
            report.incident = incident.id;
            writing_.tell(incident.id, EntryKind::reported, {}, about(report), report.received_at);
        });
    }

    Writing const& writing_;
    base::Clock const& clock_;
    std::vector<Report> reports_{};
    std::optional<IncidentId> incident_{};
};

}  // namespace

base::Result<Report> Triage::receive(ReportContent content, base::Actor const& actor) {
    auto const now = clock_.now();
    auto told = checked(std::move(content), now, actor.clearance);
    if (!told) return told.error();
    auto const whole = told->subject + '\n' + told->text;
    auto const found = formats::find_observables(whole).found;
    auto observed = observed_of(found);
    for (auto& each : observed) each.is_common = is_common_(each.kind, each.value);
    Sketch const sketch(whole, found);
    return database_.write(Priority::interactive, [&](Session& session) {
        Report report;
        report.id = ReportId::make(now);
        report.received_at = told->received_at.value_or(now);
        report.content = *told;
        report.record = storage::new_record(clock_, actor.name, told->marking);
        auto const place =
            report_table::place_of(session, report, observed, sketch, report.received_at - grouped_within,
                                   report.received_at - same_sender_within, actor.clearance);
        report.group = place ? place->group : report.id;
        if (place) {
            report.grouped_by = place->by;
            report.shared = place->shared;
        }
        report_table::insert(session, report, observed, sketch);
        Json const what{{"channel", to_text(told->channel)},
                        {"group", report.group.text()},
                        {"tlp", base::to_text(told->marking.tlp)}};
        journal_.append(session, actor, {"report.received", "report:" + report.id.text(), "", what.dump()});
        return report;
    });
}

base::Result<Decided> Triage::decide(std::vector<ReportId> const& reports, Decision const& decision,
                                     base::Actor const& actor) {
    if (reports.empty() || reports.size() > most_decided) return base::invalid("reports: are not from 1 to 1,000");
    auto const told = checked(decision, actor.clearance);
    if (!told) return told.error();
    return database_.write(Priority::interactive, [&](Session& session) -> base::Result<Decided> {
        Writing const writing{session, journal_, clock_.now(), actor};
        Deciding deciding(writing, clock_);
        if (auto const taken = deciding.take(reports); !taken) return taken.error();
        if (auto const decided = std::visit(deciding, *told); !decided) return decided.error();
        return deciding.finish(deed_of(*told));
    });
}

base::Result<Report> Triage::separate(ReportId id, base::Actor const& actor) {
    return database_.write(Priority::interactive, [&](Session& session) -> base::Result<Report> {
        auto report = report_table::find(session, id, actor.clearance);
        if (!report) return no_such_report();
        if (report->grouped_by == GroupedBy::alone) return base::conflict("it is the first of its group");
        report->group = report->id;
        report->grouped_by = GroupedBy::alone;
        report->shared.clear();
        report_table::update(session, *report, clock_.now(), actor.name);
        Json const what{{"tlp", base::to_text(report->record.marking.tlp)}};
        journal_.append(session, actor, {"report.separated", "report:" + id.text(), "", what.dump()});
        auto found = report_table::find(session, id, actor.clearance);
        base::must(found.has_value(), "what was just written is there");
        return std::move(*found);
    });
}

}  // namespace kula::incidents
