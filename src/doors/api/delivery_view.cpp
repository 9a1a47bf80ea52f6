#include "delivery_view.hpp"

namespace kula::api {
namespace {

std::string_view to_text(intake::Reading::Form form) {
    using Form = intake::Reading::Form;
    switch (form) {
        case Form::csv: return "csv";
        case Form::json: return "json";
        case intake::Reading::Form::yaml: return "yaml";
        case intake::Reading::Form::misp: return "misp";
        case Form::lines: break;
    }
    return "lines";
}

}  // namespace

Json shown(intake::Delivery const& delivery) {
    auto const& account = delivery.account;
    return {{"id", account.id},
            {"source", delivery.source},
            {"name", delivery.name},
            {"format", account.format},
            {"state", intake::to_text(delivery.state)},
            {"complete", account.is_complete},
            {"reason", or_null(account.reason)},
            {"rows", count(account.rows)},
            {"accepted", count(account.accepted)},
            {"duplicates", count(account.duplicates)},
            {"quarantined", count(account.quarantined)},
            {"events", count(account.events)},
            {"new_columns", account.new_columns},
            {"bytes", count(delivery.bytes)},
            {"sha256", account.sha256},
            {"received_at", time(delivery.received_at)},
            {"changed_at", time(delivery.changed_at)}};
}

Json shown(intake::DeliveryTotals const& totals) {
    return {
        {"deliveries", count(totals.deliveries)},  {"stored", count(totals.stored)}, {"failed", count(totals.failed)},
        {"set_aside", count(totals.set_aside)},    {"rows", count(totals.rows)},     {"events", count(totals.events)},
        {"quarantined", count(totals.quarantined)}};
}

Json shown(intake::ShownRow const& row) {
    return {{"row", row.row},
            {"line", row.line == 0 ? Json(nullptr) : Json(row.line)},
            {"reason", row.reason},
            {"raw", row.raw},
            {"raw_base64", row.raw_base64},
            {"cut", row.is_cut}};
}

Json shown(intake::Preview const& preview) { return {{"lines", preview.lines}, {"cut", preview.is_cut}}; }

Json shown_mapping(std::string const& text) {
    constexpr int indent = 2;
    auto const mapping = intake::Mapping::parse(text);
    if (!mapping) return nullptr;
    return {{"name", mapping->name()},
            {"title", or_null(mapping->title())},
            {"form", to_text(mapping->reading().form)},
            {"needed", mapping->needed()},
            {"intelmq", mapping->intelmq_names()},
            {"text", Json::parse(mapping->text()).dump(indent)}};
}

base::Error mistakes_of_mapping(base::Error const& error) {
    if (error.fields.empty()) return base::invalid(std::vector<base::FieldProblem>{{"mapping", error.detail}});
    auto fields = error.fields;
    for (auto& each : fields) each.field = each.field.empty() ? "mapping" : "mapping." + each.field;
    return base::invalid(std::move(fields));
}

Json shown(intake::Trial const& trial, std::string const& mapping) {
    Json items = Json::array();
    for (auto const& row : trial.rows) {
        Json events = Json::array();
        for (auto const& event : row.events) events.push_back(event.fields());
        items.push_back({{"row", row.row},
                         {"line", row.line == 0 ? Json(nullptr) : Json(row.line)},
                         {"raw", row.raw},
                         {"reason", or_null(row.reason)},
                         {"events", std::move(events)}});
    }
    return {{"mapping", mapping},
            {"rows", count(std::uint64_t{trial.rows.size()})},
            {"quarantined", count(trial.quarantined)},
            {"skipped", count(trial.skipped)},
            {"events", count(trial.events)},
            {"new_columns", trial.new_columns},
            {"refused", or_null(trial.refused)},
            {"breaks_off", trial.breaks_off},
            {"whole", trial.is_whole},
            {"items", std::move(items)}};
}

}  // namespace kula::api
