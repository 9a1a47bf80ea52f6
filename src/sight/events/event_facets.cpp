#include "event_facets.hpp"

#include <algorithm>
#include <chrono>

namespace kula::events {
namespace {

using MaybeText = std::optional<std::string>;
using MaybeNumber = std::optional<std::int64_t>;

MaybeText text_of(MaybeNumber const& number) { return number ? MaybeText(std::to_string(*number)) : std::nullopt; }

}  // namespace

void EventFacets::read(storage::Session const& session, EventPlan::Look const& look, std::string const& order_by,
                       std::size_t most) {
    auto const add = [this](EventFacet facet, MaybeText const& value) {
        if (value) ++sums_[facet][*value];
    };
    session.each<std::int64_t, base::Instant, MaybeText, std::string, std::string, MaybeText, std::string, MaybeNumber,
                 MaybeText, MaybeNumber, MaybeNumber>(
        [&](std::int64_t key, base::Instant moment, MaybeText const& organisation, std::string const& rsit_class,
            std::string const& type, MaybeText const& severity, std::string const& source, MaybeNumber asn,
            MaybeText const& country, MaybeNumber source_port, MaybeNumber destination_port) {
            if (!known_.insert(key).second) return;
            add(EventFacet::organisation, organisation.value_or(""));
            add(EventFacet::rsit_class, rsit_class);
            add(EventFacet::type, type);
            add(EventFacet::severity, severity);
            add(EventFacet::source, source);
            add(EventFacet::asn, text_of(asn));
            add(EventFacet::country, country);
            add(EventFacet::port, text_of(source_port));
            if (destination_port != source_port) add(EventFacet::port, text_of(destination_port));
            add(EventFacet::day, base::to_seconds_text(moment).substr(0, 10));
        },
        "select content_key, moment, organisation, class, type, severity, source, source_asn, source_country, "
        "source_port, destination_port" +
            look.from + order_by + " limit ?",
        look.arguments, most);
}

std::map<EventFacet, std::vector<FacetValue>> EventFacets::values(std::size_t top) && {
    std::map<EventFacet, std::vector<FacetValue>> out;
    for (auto const& [facet, sums] : sums_) {
        auto& values = out[facet];
        for (auto const& [key, events] : sums) values.push_back({key, events});
        if (facet == EventFacet::day) {
            std::reverse(values.begin(), values.end());
            continue;
        }
        std::stable_sort(values.begin(), values.end(),
                         [](FacetValue const& a, FacetValue const& b) { return a.events > b.events; });
        if (values.size() > top) values.resize(top);
    }
    return out;
}

}  // namespace kula::events
