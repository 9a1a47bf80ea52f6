#include "import_rows.hpp"

#include <fmt/format.h>

#include "checked_fields.hpp"
#include "registry/fold.hpp"

namespace kula::registry {
namespace {

template <class T>
void take_if_told(T& to, T const& from) {
    if (from) to = from;
}

/// A later row's fields win where it says anything; networks and contacts add up.
void merge(Draft& into, Draft&& row) {
    take_if_told(into.content.short_name, row.content.short_name);
    take_if_told(into.content.sector, row.content.sector);
    take_if_told(into.content.subsector, row.content.subsector);
    take_if_told(into.content.size, row.content.size);
    take_if_told(into.content.entity_class, row.content.entity_class);
    take_if_told(into.content.entity_class_reason, row.content.entity_class_reason);
    if (!row.content.languages.empty()) into.content.languages = row.content.languages;
    take_if_told(into.content.country, row.content.country);
    take_if_told(into.content.website, row.content.website);
    take_if_told(into.content.notes, row.content.notes);
    take_if_told(into.parent, row.parent);
    take_if_told(into.tlp, row.tlp);
    take_if_told(into.pap, row.pap);
    auto& networks = into.content.networks;
    networks.insert(networks.end(), row.content.networks.begin(), row.content.networks.end());
    for (auto& contact : row.content.contacts) {
        auto& contacts = into.content.contacts;
        if (std::find(contacts.begin(), contacts.end(), contact) == contacts.end())
            contacts.push_back(std::move(contact));
    }
}

}  // namespace

bool DraftCollector::has_room() {
    are_too_many_ = out_.rows.size() == most_import_rows;
    return !are_too_many_;
}

void DraftCollector::skip(std::size_t line, std::optional<std::string> name, base::Error const& error) {
    if (!has_room()) return;
    ImportedRow row{line, std::move(name)};
    row.tell(error);
    out_.rows.push_back(std::move(row));
}

void DraftCollector::pass_over(std::vector<std::string> names) {
    constexpr std::size_t most_told = 100;
    auto& told = out_.unknown_columns;
    for (auto& name : names) {
        bool const is_new = told.size() < most_told && std::find(told.begin(), told.end(), name) == told.end();
        if (is_new) told.push_back(std::move(name));
    }
}

void DraftCollector::take(std::size_t line, Draft draft, Checks checks) {
    auto& content = draft.content;
    auto const written = content.name;
    check_fields(content, checks);
    if (auto const error = checks.error())
        return skip(line, written.empty() ? std::nullopt : std::optional(written), *error);
    if (!has_room()) return;
    draft.key = name_key(content.name);
    ImportedRow row{line, content.name};
    auto const [known, is_new] = by_key_.emplace(draft.key, out_.drafts.size());
    if (is_new) {
        out_.drafts.push_back(std::move(draft));
    } else {
        merge(out_.drafts[known->second], std::move(draft));
    }
    out_.drafts[known->second].rows.push_back(out_.rows.size());
    out_.rows.push_back(std::move(row));
}

base::Result<ImportDrafts> DraftCollector::finish() {
    if (are_too_many_) return base::invalid(fmt::format("the file has more than {} rows", most_import_rows));
    return std::move(out_);
}

}  // namespace kula::registry
