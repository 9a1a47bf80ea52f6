#include "event_view.hpp"

#include <array>

namespace kula::api {
namespace {

using events::EventFacet;

template <class T>
Json value_or_null(std::optional<T> const& value) {
    return value ? Json(*value) : Json(nullptr);
}

constexpr std::array<std::pair<EventFacet, char const*>, 9> facets{{{EventFacet::organisation, "organisations"},
                                                                    {EventFacet::rsit_class, "classes"},
                                                                    {EventFacet::type, "types"},
                                                                    {EventFacet::severity, "severities"},
                                                                    {EventFacet::source, "feeds"},
                                                                    {EventFacet::asn, "as_numbers"},
                                                                    {EventFacet::country, "countries"},
                                                                    {EventFacet::port, "ports"},
                                                                    {EventFacet::day, "days"}}};

}  // namespace

bool is_for_the_team(std::string_view field) {
    return field.starts_with("feed.") || field == "raw" || field == "output" || field == "rtir_id";
}

Json EventView::item(events::FoundEvent const& event, base::Clearance const& clearance) const {
    bool const is_team = clearance.sees_everything();
    Json json{{"id", event.id.text()},
              {"time", time(event.place.moment)},
              {"observed", time(event.observed)},
              {"class", event.rsit_class},
              {"type", event.type},
              {"identifier", or_null(event.identifier)},
              {"severity", or_null(event.severity)},
              {"malware", or_null(event.malware)},
              {"source_address", or_null(event.source_address)},
              {"source_port", value_or_null(event.source_port)},
              {"source_asn", value_or_null(event.source_asn)},
              {"source_country", or_null(event.source_country)},
              {"source_domain", or_null(event.source_domain)},
              {"destination_address", or_null(event.destination_address)},
              {"destination_port", value_or_null(event.destination_port)},
              {"organisation", event.organisation ? organisations_.reference(*event.organisation) : Json(nullptr)},
              {"network", or_null(event.network)},
              {"feed", is_team ? Json(event.source) : Json(nullptr)},
              {"delivery", is_team ? Json(event.delivery) : Json(nullptr)},
              {"row", is_team ? Json(event.row) : Json(nullptr)},
              {"tlp", base::to_text(event.marking.tlp)}};
    if (event.marking.tlp == base::Tlp::red) json["readers"] = red_.shown(event.readers);
    return json;
}

base::Result<Json> EventView::detail(events::FoundEventDetail const& detail, base::Clearance const& clearance) const {
    auto const& found = detail.found;
    bool const is_team = clearance.sees_everything();
    Json organisation = nullptr;
    if (found.organisation) {
        auto full = organisations_.full(*found.organisation, clearance);
        if (full) {
            organisation = std::move(*full);
        } else if (full.error().fault != base::Fault::not_found) {
            return full.error();
        }
    }
    Json fields = Json::object();
    for (auto const& [name, value] : detail.event.fields().items()) {
        if (is_team || !is_for_the_team(name)) fields[name] = value;
    }
    return Json{{"event", item(found, clearance)},
                {"fields", std::move(fields)},
                {"organisation", std::move(organisation)},
                {"networks", organisations_.claims_of(found.source_address.value_or(""), clearance)},
                {"decision", detail.decision},
                {"pap", base::to_text(found.marking.pap)},
                {"part", is_team ? Json(found.part) : Json(nullptr)},
                {"lineage", is_team ? Json(detail.record.lineage) : Json(nullptr)},
                {"created_at", time(detail.record.created_at)}};
}

Json EventView::summary(events::EventSummary const& summary, base::Clearance const& clearance) const {
    Json shown = Json::object();
    for (auto const& [facet, name] : facets) {
        Json values = Json::array();
        auto const found = summary.facets.find(facet);
        bool const is_shown = facet != EventFacet::source || clearance.sees_everything();
        if (found != summary.facets.end() && is_shown) {
            for (auto const& [key, events] : found->second) {
                auto const label = facet == EventFacet::organisation && !key.empty() ? organisations_.name(key) : key;
                values.push_back({{"key", key.empty() ? "none" : key}, {"label", label}, {"events", count(events)}});
            }
        }
        shown[name] = std::move(values);
    }
    return {{"total", count(summary.total)},
            {"more", summary.is_more},
            {"counted", count(summary.counted)},
            {"facets", std::move(shown)}};
}

}  // namespace kula::api
