#include "observing.hpp"

#include <fmt/format.h>

#include <unordered_set>

#include "base/ascii.hpp"
#include "incident_table.hpp"
#include "incidents/incidents.hpp"

namespace kula::incidents {

using storage::Session;
using storage::Where;

std::string name_of(Observed const& observed) { return observed.kind + ':' + observed.value; }

std::optional<std::string> observable_name(std::string_view text) {
    text = base::trimmed(text);
    auto const found = formats::find_observables(text).found;
    if (found.empty() || found.front().offset != 0 || found.front().size != text.size()) return std::nullopt;
    return name_of({std::string(to_text(found.front().kind)), found.front().value});
}

std::vector<Observed> observed_of(std::vector<formats::Observable> const& found) {
    std::vector<Observed> out;
    for (auto const& each : found) {
        if (out.size() == most_observed) break;
        out.push_back({std::string(to_text(each.kind)), each.value});
    }
    return out;
}

Observed observed_named(std::string_view name, bool is_common) {
    auto const colon = name.find(':');
    return {std::string(name.substr(0, colon)), std::string(name.substr(colon + 1)), is_common};
}

namespace observable_table {

void replace(Session& session, IncidentId incident, std::optional<EntryId> entry, std::string_view text) {
    auto const of = entry ? entry->text() : std::string();
    session.execute("delete from incident_observable where incident = ? and entry = ?", incident, of);
    auto const observed = observed_of(formats::find_observables(text).found);
    if (observed.empty()) return;
    auto rows = session.bulk("insert into incident_observable (incident, entry, place, name) values (?, ?, ?, ?)");
    std::int64_t place = 0;
    for (auto const& each : observed) rows.add(incident, of, place++, name_of(each));
    rows.finish();
}

std::vector<Observed> of(Session const& session, std::vector<IncidentId> const& incidents,
                         base::Clearance const& clearance) {
    std::vector<Observed> out;
    std::unordered_set<std::string> known;
    auto const take = [&](std::string name) {
        if (out.size() == observables_of_a_story || !known.insert(name).second) return;
        out.push_back(observed_named(name));
    };
    Where own;
    own.add_among("incident", incidents);
    session.each<std::string>(take, "select name from incident_observable" + own.sql() + " order by entry, place",
                              own.arguments());
    Where reported;
    incident_table::add_clearance(reported, "r.", clearance);
    reported.add_among("r.incident", incidents);
    session.each<std::string>(take,
                              "select o.name from report r join report_observable o on o.report = r.id" +
                                  reported.sql() + " order by r.received_at, r.id, o.place",
                              reported.arguments());
    return out;
}

void add_telling_of(Where& where, std::string_view column, std::string const& name, base::Clearance const& clearance) {
    Where reported;
    incident_table::add_clearance(reported, "r.", clearance);
    reported.add("r.incident is not null").add("o.name = ?", name);
    storage::Arguments arguments;
    arguments.add(name);
    arguments.add(reported.arguments());
    where.add(fmt::format("{} in (select incident from incident_observable where name = ? union "
                          "select r.incident from report_observable o join report r on r.id = o.report{})",
                          column, reported.sql()),
              arguments);
}

}  // namespace observable_table
}  // namespace kula::incidents
