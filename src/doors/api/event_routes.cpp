#include <fmt/format.h>

#include <algorithm>

#include "cursor.hpp"
#include "event_filter.hpp"
#include "event_view.hpp"
#include "gate.hpp"
#include "parameters.hpp"
#include "reply.hpp"
#include "routes.hpp"

namespace kula::api {
namespace {

using events::SortOrder;

std::optional<SortOrder> parse_event_order(std::string const& text) {
    if (text == "time") return SortOrder::ascending;
    if (text == "-time") return SortOrder::descending;
    return std::nullopt;
}

/// Everything of the query but place and length of the page.
std::vector<std::string> shape_of(net::Request const& request, base::Clearance const& clearance) {
    std::vector<std::string> shape;
    for (auto const& [name, value] : request.query) {
        if (name != "cursor" && name != "limit" && name != "fields") shape.push_back(fmt::format("{}={}", name, value));
    }
    std::sort(shape.begin(), shape.end());
    for (auto const& organisation : clearance.organisations()) shape.push_back(organisation.text());
    return shape;
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
    query.filter = event_filter(parameters, registry, clearance);
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
    auto const filter = event_filter(parameters, registry, actor.clearance);
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
