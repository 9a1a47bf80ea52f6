#include "looked_up.hpp"

#include "base/must.hpp"
#include "event_owner.hpp"
#include "events/event_decision.hpp"

namespace kula::events {

std::vector<std::string> look_up_origins(Event& event, origins::TablesNow const& tables) {
    std::vector<std::string> out;
    auto const fill = [&](std::string field, Json const& value) {
        base::must(event.set(field, value).has_value(), "a table holds values of their fields");
        out.push_back(std::move(field));
    };
    for (std::string const end : {"source", "destination"}) {
        bool const wants_as = tables.as_numbers && event.find(end + ".asn") == nullptr;
        bool const wants_country = tables.countries && event.find(end + ".geolocation.cc") == nullptr;
        auto const text = wants_as || wants_country ? address_of(event, end) : std::nullopt;
        auto const address = text ? base::Address::parse(*text) : std::nullopt;
        if (!address) continue;
        auto const as_number = wants_as ? tables.as_numbers->find(*address) : std::nullopt;
        auto const country = wants_country ? tables.countries->find(*address) : std::nullopt;
        if (as_number) fill(end + ".asn", *as_number);
        if (country) fill(end + ".geolocation.cc", *country);
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
