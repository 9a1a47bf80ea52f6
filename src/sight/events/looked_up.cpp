#include "looked_up.hpp"

#include "base/must.hpp"
#include "event_owner.hpp"
#include "events/event_decision.hpp"

namespace kula::events {

std::optional<Event> with_origins(Event const& event, origins::TablesNow const& tables,
                                  std::vector<std::string>& looked_up) {
    std::optional<Event> out;
    looked_up.clear();
    auto const add = [&](std::string field, Json const& value) {
        if (!out) out = event;
        base::must(out->set(field, value).has_value(), "a table holds values of their fields");
        looked_up.push_back(std::move(field));
    };
    if (!tables.as_numbers && !tables.countries) return out;
    for (std::string const end : {"source", "destination"}) {
        bool const wants_as = tables.as_numbers && event.find(end + ".asn") == nullptr;
        bool const wants_country = tables.countries && event.find(end + ".geolocation.cc") == nullptr;
        auto const text = wants_as || wants_country ? address_of(event, end) : std::nullopt;
        auto const address = text ? base::Address::parse(*text) : std::nullopt;
        if (!address) continue;
        auto const as_number = wants_as ? tables.as_numbers->find(*address) : std::nullopt;
        auto const country = wants_country ? tables.countries->find(*address) : std::nullopt;
        if (as_number) add(end + ".asn", *as_number);
        if (country) add(end + ".geolocation.cc", *country);
    }
    return out;
}

Json to_json(EventDecision const& decision) {
    Json json{{"by", decision.by.empty() ? Json(nullptr) : Json(decision.by)},
              {"registry", decision.registry},
              {"as_table", decision.as_table ? Json(*decision.as_table) : Json(nullptr)},
              {"country_table", decision.countries ? Json(*decision.countries) : Json(nullptr)},
              {"looked_up", decision.looked_up}};
    return json;
}

}  // namespace kula::events
