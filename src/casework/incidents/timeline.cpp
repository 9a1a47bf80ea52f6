// The timelines in their table.

#include <fmt/format.h>

#include <map>

#include "base/must.hpp"
#include "incident_table.hpp"

namespace kula::incidents::incident_table {

using storage::Session;
using storage::Where;

storage::Keyset const& timeline_order() {
    static storage::Keyset const order(0, "at", storage::Keyset::Direction::descending, storage::Keyset::Key::number);
    return order;
}

void add_entry(Session& session, IncidentId incident, Entry const& entry) {
    session.execute(
        "insert into incident_entry (id, incident, kind, at, written_at, actor, text, change) values (?, ?, ?, ?, ?, ?, ?, ?)",
        entry.id, incident, to_text(entry.kind), entry.at, entry.written_at, entry.by, entry.text,
        entry.change.is_null() ? std::string() : entry.change.dump());
}

EntryPage entries(Session const& session, std::vector<IncidentBrief> const& of, std::size_t limit, Where where,
                  base::Clearance const& clearance) {
    std::map<IncidentId, IncidentBrief const*> known;
    std::vector<IncidentId> ids;
    for (auto const& each : of) {
        known.emplace(each.id, &each);
        ids.push_back(each.id);
    }
    where.add_among("incident", ids);
    EntryPage page;
    session.each<EntryId, IncidentId, std::string, base::Instant, base::Instant, std::string, std::string, std::string>(
        [&](EntryId id, IncidentId incident, std::string const& kind_text, base::Instant at, base::Instant written_at,
            std::string by, std::string text, std::string const& change) {
            auto const kind = parse_entry_kind(kind_text);
            base::must(kind.has_value(), "stored entries are of a known kind");
            page.items.push_back({id, *known.at(incident), *kind, at, written_at, std::move(by), std::move(text),
                                  change.empty() ? Json() : Json::parse(change), std::nullopt});
        },
        "select id, incident, kind, at, written_at, actor, text, change from incident_entry" + where.sql() +
            timeline_order().order_by() + fmt::format(" limit {}", limit + 1),
        where.arguments());
    if (page.items.size() > limit) {
        page.items.pop_back();
        auto const& last = page.items.back();
        page.next = timeline_order().cursor(std::to_string(base::to_microseconds(last.at)), last.id.text());
    }
    for (auto& entry : page.items) {
        if (!entry.change.contains("other")) continue;
        if (auto const other = IncidentId::parse(entry.change.at("other").get<std::string>()))
            entry.other = brief(session, *other, clearance);
        entry.change.erase("other");
    }
    return page;
}

}  // namespace kula::incidents::incident_table
