#include "events/delivered.hpp"

#include <algorithm>
#include <utility>

#include "event_owner.hpp"
#include "storage/record.hpp"
#include "storage/where.hpp"

namespace kula::events {
namespace {

std::vector<DeliveredEvent> events_where(storage::Session const& session, std::string const& joined,
                                         storage::Where const& where, std::string const& order, std::int64_t limit) {
    std::vector<DeliveredEvent> out;
    session.each<base::Id<Event>, std::string, std::string, std::uint64_t, base::Instant,
                 std::optional<registry::OrganisationId>, std::optional<std::string>, std::string, base::Instant,
                 std::optional<std::string>, base::Marking>(
        [&](base::Id<Event> id, std::string source, std::string delivery, std::uint64_t row, base::Instant observed,
            std::optional<registry::OrganisationId> organisation, std::optional<std::string> network,
            std::string const& fields, base::Instant moment, std::optional<std::string> sector, base::Marking marking) {
            auto told = Event::from_stored(fields);
            auto const last = std::max(moment, told.moment("time.until").value_or(moment));
            auto addresses = std::pair(addresses_of(told, "source"), addresses_of(told, "destination"));
            auto domains = std::pair(domain_of(told, "source"), domain_of(told, "destination"));
            out.push_back({{id, std::move(source), std::move(delivery), row, observed, organisation, std::move(network),
                            std::move(told)},
                           moment,
                           last,
                           std::move(sector),
                           std::move(addresses.first),
                           std::move(addresses.second),
                           std::move(domains.first),
                           std::move(domains.second),
                           marking});
        },
        "select e.id, e.source, e.delivery, e.row, e.observed, e.organisation, e.network, e.fields, e.moment, e.sector, "
        "e.tlp, e.pap from event e" +
            joined + where.sql() + " order by " + order + " limit ?",
        where.arguments(), limit);
    return out;
}

}  // namespace

std::vector<DeliveredEvent> delivered(storage::Session const& session, std::string const& delivery, Telling telling,
                                      base::Id<Event> behind, std::int64_t limit) {
    storage::Where where;
    if (telling == Telling::first) {
        where.add("e.delivery = ?", delivery).add("e.id > ?", behind);
        return events_where(session, "", where, "e.id", limit);
    }
    where.add("r.delivery = ?", delivery).add("r.event > ?", behind);
    return events_where(session, " join event_repeat r on r.event = e.id", where, "r.event", limit);
}

void forget_repeats(storage::Session& session, std::string const& delivery) {
    session.execute("delete from event_repeat where delivery = ?", delivery);
}

std::vector<DeliveredEvent> kept_events(storage::Session const& session, std::vector<base::Id<Event>> const& ids) {
    storage::Where where;
    where.add_among("e.id", ids);
    return events_where(session, "", where, "e.moment desc, e.id desc", static_cast<std::int64_t>(ids.size()));
}

}  // namespace kula::events
