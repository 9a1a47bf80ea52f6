#include <algorithm>

#include "cursor.hpp"
#include "event_view.hpp"
#include "events/event_field.hpp"
#include "events/event_search.hpp"
#include "formats/domain_name.hpp"
#include "gate.hpp"
#include "indicators/rsit.hpp"
#include "parameters.hpp"
#include "registry/registry.hpp"
#include "reply.hpp"
#include "routes.hpp"
#include "sighting_filter.hpp"

namespace kula::api {
namespace {

using events::EventFilter;
using events::SortOrder;

std::optional<SortOrder> parse_event_order(std::string const& text) {
    if (text == "time") return SortOrder::ascending;
    if (text == "-time") return SortOrder::descending;
    return std::nullopt;
}

/// As an event keeps it.
auto kept_as(events::FieldType type) {
    return [type](std::string const& text) -> std::optional<std::string> {
        auto const kept = events::canonical({"", type}, text);
        return kept && kept->is_string() ? std::optional(kept->get<std::string>()) : std::nullopt;
    };
}

std::optional<std::string> rsit_class(std::string const& text) {
    return indicators::Rsit::shipped().find(text) != nullptr ? std::optional(text) : std::nullopt;
}

std::optional<std::string> rsit_type(std::string const& text) {
    for (auto const& of_class : indicators::Rsit::shipped().classes()) {
        for (auto const& type : of_class.types) {
            if (type.value == text) return text;
        }
    }
    return std::nullopt;
}

/// The organisation and all below it.
base::Result<std::vector<registry::OrganisationId>> with_all_below(registry::OrganisationId id,
                                                                   registry::Registry const& registry) {
    auto const reach = registry.reach_of(id);
    if (!reach) return reach.error();
    std::vector<registry::OrganisationId> out;
    for (auto const& each : reach->organisations()) out.emplace_back(each);
    return out;
}

/// Everything of the query but place and length of the page.
std::vector<std::string> shape_of(net::Request const& request, base::Clearance const& clearance) {
    std::vector<std::string> shape;
    for (auto const& [name, value] : request.query) {
        if (name != "cursor" && name != "limit" && name != "fields") shape.push_back(name + '=' + value);
    }
    std::sort(shape.begin(), shape.end());
    for (auto const& organisation : clearance.organisations()) shape.push_back(organisation.text());
    return shape;
}

void take_place(Parameters& parameters, EventFilter& filter) {
    filter.address = parameters.parsed("address", 64, "must be an address or prefix",
                                       [](std::string const& text) { return base::Prefix::parse(text); });
    if (auto const number = parameters.integer("asn", 1, 4'294'967'295))
        filter.as_number = static_cast<std::uint32_t>(*number);
    filter.country =
        parameters.parsed("country", 2, "must be two capital letters", kept_as(events::FieldType::country));
    filter.domain = parameters.parsed("domain", 253, "must be a domain", [](std::string const& text) {
        // One label alone is a suffix, too.
        auto const below = formats::canonical_domain((text.starts_with('.') ? "a" : "a.") + text);
        return below ? std::optional(below->substr(2)) : std::nullopt;
    });
    if (auto const port = parameters.integer("port", 1, 65535)) filter.port = static_cast<std::uint16_t>(*port);
}

/// Who told is for the team: for others it cannot be asked for, nor sought in what they do not see.
void take_telling(Parameters& parameters, EventFilter& filter) {
    filter.source = parameters.text("feed", 200);
    filter.delivery = parameters.text("delivery", 36);
    filter.text = parameters.text("search", events::longest_event_text).value_or("");
    if (filter.clearance.sees_everything()) return;
    if (filter.source) parameters.wrong("feed", "is for the team");
    if (filter.delivery) parameters.wrong("delivery", "is for the team");
    if (!filter.text.empty()) parameters.wrong("search", "is for the team");
}

EventFilter filter_from(Parameters& parameters, registry::Registry const& registry, base::Clearance const& clearance) {
    EventFilter filter;
    filter.clearance = clearance;
    filter.from = parameters.instant("from");
    filter.to = parameters.instant("to");
    if (filter.from && filter.to && *filter.from >= *filter.to)
        parameters.wrong("from", "the window must begin before it ends");
    using Organisations = events::OrNone<std::vector<registry::OrganisationId>>;
    filter.organisations =
        parameters.parsed("organisation", 36, "must be an organisation's id or none",
                          [&](std::string const& text) -> std::optional<Organisations> {
                              if (text == "none") return events::None{};
                              auto const id = registry::OrganisationId::parse(text);
                              if (!id) return std::nullopt;
                              auto below = with_all_below(*id, registry);
                              return below ? Organisations(std::move(*below)) : Organisations(std::vector{*id});
                          });
    filter.rsit_class = parameters.parsed("class", 64, "must be a class of RSIT", rsit_class);
    filter.type = parameters.parsed("type", 64, "must be a type of RSIT", rsit_type);
    filter.severity = parameters.parsed("severity", 64, "must be a text", kept_as(events::FieldType::lower));
    filter.malware = parameters.parsed("malware", 200, "must be a text", kept_as(events::FieldType::lower));
    filter.identifier = parameters.text("identifier", 200);
    filter.tag = parameters.text("tag", 200);
    take_place(parameters, filter);
    take_telling(parameters, filter);
    return filter;
}

/// A read of TLP:RED is accounted for before anything of it leaves.
base::Result<void> account(RedReads& red, base::Actor const& actor, std::vector<events::FoundEvent> const& read) {
    std::vector<std::string> ids;
    for (auto const& event : read) {
        if (event.marking.tlp == base::Tlp::red) ids.push_back(event.id.text());
    }
    return red.account(actor, "event", ids);
}

net::Response list(net::Request const& request, base::Actor const& actor, events::EventSearch const& search,
                   registry::Registry const& registry, EventView const& view, RedReads& red) {
    auto const& clearance = actor.clearance;
    Parameters parameters(request);
    events::EventQuery query;
    query.filter = filter_from(parameters, registry, clearance);
    query.order =
        parameters.parsed("sort", 10, "must be time or -time", parse_event_order).value_or(SortOrder::descending);
    auto const shape = shape_of(request, clearance);
    query.behind = parameters.parsed("cursor", 512, "does not belong to this list", [&](std::string const& text) {
        auto const place = from_cursor(shape, text);
        return place ? events::EventPlace::parse(*place) : std::nullopt;
    });
    query.limit = parameters.limit();
    if (auto refused = parameters.refusal()) return std::move(*refused);
    auto const page = search.list(query);
    if (!page) return refusal(page.error());
    if (auto const told = account(red, actor, page->items); !told) return refusal(told.error());
    Json items = Json::array();
    for (auto const& event : page->items) items.push_back(view.item(event, clearance));
    return reply({{"items", std::move(items)},
                  {"next", page->next ? Json(to_cursor(shape, page->next->text())) : Json(nullptr)},
                  {"looked_to", time_or_null(page->looked_to)}});
}

net::Response summarize(net::Request const& request, base::Actor const& actor, events::EventSearch const& search,
                        registry::Registry const& registry, EventView const& view, RedReads& red) {
    Parameters parameters(request);
    auto const filter = filter_from(parameters, registry, actor.clearance);
    auto const top = static_cast<std::size_t>(parameters.integer("top", 1, 50).value_or(10));
    if (auto refused = parameters.refusal()) return std::move(*refused);
    auto const summary = search.summary(filter, top);
    if (!summary) return refusal(summary.error());
    if (actor.clearance.reads_every_red() && summary->total > 0) {
        if (auto const told = red.account(actor, "event", {"figures"}); !told) return refusal(told.error());
    }
    return reply(view.summary(*summary, actor.clearance));
}

net::Response read(net::Request const& request, base::Actor const& actor, events::EventSearch const& search,
                   EventView const& view, RedReads& red) {
    auto const id = base::Id<events::Event>::parse(request.parameter("id"));
    if (!id) return refusal(base::not_found("event: there is none of this id"));
    auto const detail = search.find(*id, actor.clearance);
    if (!detail) return refusal(detail.error());
    if (auto const told = account(red, actor, {detail->found}); !told) return refusal(told.error());
    auto const json = view.detail(*detail, actor.clearance);
    return json ? reply(*json) : refusal(json.error());
}

}  // namespace

void add_event_routes(GuardedRouter& router, events::EventSearch const& search, registry::Registry const& registry,
                      EventView const& view, RedReads& red) {
    using net::Method;
    using net::Request;
    router.add(Method::get, "/api/v1/events", [&](Request const& request, Caller const& caller) {
        return list(request, caller.actor, search, registry, view, red);
    });
    router.add(Method::get, "/api/v1/events/summary", [&](Request const& request, Caller const& caller) {
        return summarize(request, caller.actor, search, registry, view, red);
    });
    router.add(Method::get, "/api/v1/events/{id}", [&](Request const& request, Caller const& caller) {
        return read(request, caller.actor, search, view, red);
    });
}

}  // namespace kula::api
