#include "upkeep_view.hpp"

#include <filesystem>

namespace kula::api {

base::Result<Json> UpkeepView::retention() const {
    auto const kept = rooms_.sightings.size();
    if (!kept) return kept.error();
    auto const oldest = rooms_.sightings.oldest_hour();
    if (!oldest) return oldest.error();
    auto const next = about_.next_cleanup ? about_.next_cleanup() : std::nullopt;
    return Json{{"days", about_.retention.longest.count()},
                {"megabytes", about_.retention.most_bytes / 1'000'000},
                {"sightings", count(*kept)},
                {"sightings_bytes", count(*kept * static_cast<std::uint64_t>(events::bytes_per_sighting))},
                {"oldest", time_or_null(*oldest)},
                {"next_cleanup", time_or_null(next)}};
}

Json UpkeepView::warning_lists() const {
    auto const lists = rooms_.indicators.warninglists();
    Json items = Json::array();
    for (auto const& list : lists->lists()) {
        items.push_back({{"name", list.name},
                         {"description", list.description},
                         {"kind", indicators::to_text(list.type)},
                         {"version", list.version},
                         {"entries", count(list.entries)}});
    }
    Json faults = Json::array();
    for (auto const& fault : lists->faults()) {
        // Where files stand on this machine is nothing for the desk.
        faults.push_back({{"file", std::filesystem::path(fault.file).filename().string()}, {"reason", fault.reason}});
    }
    return {{"items", std::move(items)}, {"faults", std::move(faults)}};
}

Json UpkeepView::tables() const {
    Json out = Json::array();
    for (auto const& table : about_.tables ? about_.tables() : std::vector<origins::TableState>()) {
        auto const& [kind, path, about, refused] = table;
        Json refusal = nullptr;
        if (refused) {
            // As above: the sentence begins with the path.
            auto reason = refused->reason;
            if (reason.starts_with(path))
                reason.replace(0, path.size(), std::filesystem::path(path).filename().string());
            refusal = {{"at", time(refused->at)}, {"reason", std::move(reason)}};
        }
        out.push_back({{"kind", kind == origins::TableKind::as_numbers ? "as_numbers" : "countries"},
                       {"format", origins::to_text(about.format)},
                       {"version", about.version},
                       {"entries", count(about.entries)},
                       {"skipped", count(about.skipped)},
                       {"read_at", time(about.read_at)},
                       {"refused", std::move(refusal)}});
    }
    return out;
}

base::Result<Json> UpkeepView::trail() const {
    auto const head = rooms_.journal.head();
    if (!head) return head.error();
    journal::EntryQuery query;
    query.deed = "journal.checkpoint_signed";
    query.limit = 1;
    auto const signed_last = rooms_.journal.list(query);
    if (!signed_last) return signed_last.error();
    auto const& items = signed_last->items;
    return Json{{"entries", head->sequence},
                {"checkpoint_at", items.empty() ? Json(nullptr) : time(items.front().at)},
                {"entries_since", items.empty() ? head->sequence : head->sequence - items.front().sequence}};
}

base::Result<Json> UpkeepView::upkeep() const {
    auto kept = retention();
    if (!kept) return kept.error();
    auto signed_so_far = trail();
    if (!signed_so_far) return signed_so_far.error();
    auto const bytes = rooms_.database.used_bytes();
    if (!bytes) return bytes.error();
    return Json{{"database_bytes", *bytes},
                {"idle_minutes", about_.longest_pause.count()},
                {"retention", std::move(*kept)},
                {"warning_lists", warning_lists()},
                {"tables", tables()},
                {"trail", std::move(*signed_so_far)}};
}

}  // namespace kula::api
