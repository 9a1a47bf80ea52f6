#include "report_view.hpp"

#include <utility>

#include "base/ascii.hpp"
#include "incident_view.hpp"

namespace kula::api {
namespace {

constexpr std::size_t longest_excerpt = 300;

}  // namespace

Json ReportView::brief(incidents::Report const& report, Incidents const& incidents, ActorNames& names) const {
    auto const& content = report.content;
    auto const incident = report.incident ? incidents.find(*report.incident) : incidents.end();
    Json out{{"id", report.id.text()},
             {"version", report.record.version},
             {"channel", incidents::to_text(content.channel)},
             {"subject", or_null(content.subject)},
             {"excerpt", std::string(base::beginning(content.text, longest_excerpt))},
             {"organisation", content.organisation ? organisations_.reference(*content.organisation) : Json(nullptr)},
             {"language", content.language ? Json(base::to_text(*content.language)) : Json(nullptr)},
             {"tlp", base::to_text(content.marking.tlp)}};
    if (content.marking.tlp == base::Tlp::red) out["readers"] = red_.shown(content.readers);
    out["pap"] = base::to_text(content.marking.pap);
    out["received_at"] = time(report.received_at);
    out["state"] = incidents::to_text(report.state);
    out["group"] = report.group.text();
    out["grouped_by"] = incidents::to_text(report.grouped_by);
    out["shared"] = or_null(report.shared);
    out["waiting_in_group"] = count(report.waiting_in_group);
    out["incident"] = incident == incidents.end() ? Json(nullptr) : incident_reference(incident->second);
    out["reason"] = or_null(report.reason);
    out["passed_to"] = or_null(report.passed_to);
    out["decided_at"] = time_or_null(report.decided_at);
    out["decided_by"] = report.decided_by.empty() ? Json(nullptr) : names.of(report.decided_by);
    return out;
}

Json ReportView::page(incidents::ReportPage const& page) const {
    ActorNames names(access_);
    Json items = Json::array();
    for (auto const& report : page.items) items.push_back(brief(report, page.incidents, names));
    return {{"items", std::move(items)},
            {"next", or_null(page.next)},
            {"total", count(page.total)},
            {"waiting", count(page.waiting)},
            {"waiting_groups", count(page.waiting_groups)},
            {"oldest_waiting", time_or_null(page.oldest_waiting)}};
}

Json ReportView::story(incidents::ReportStory const& story) const {
    ActorNames names(access_);
    Json similar = Json::array();
    for (auto const& report : story.similar) similar.push_back(brief(report, story.incidents, names));
    auto const& reporter = story.report.content.reporter;
    return {
        {"report", brief(story.report, story.incidents, names)},
        {"text", story.report.content.text},
        {"reporter",
         {{"name", or_null(reporter.name)}, {"email", or_null(reporter.email)}, {"phone", or_null(reporter.phone)}}},
        {"observables", observables(story.observed)},
        {"similar", std::move(similar)}};
}

base::Result<void> ReportView::account(base::Actor const& actor, std::vector<incidents::Report> const& read) const {
    std::vector<std::string> ids;
    for (auto const& each : read) {
        if (each.content.marking.tlp == base::Tlp::red) ids.push_back(each.id.text());
    }
    return red_.account(actor, "report", ids);
}

}  // namespace kula::api
