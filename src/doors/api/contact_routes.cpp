#include <fmt/format.h>

#include <functional>
#include <sstream>

#include "cursor.hpp"
#include "gate.hpp"
#include "organisation_view.hpp"
#include "parameters.hpp"
#include "registry/registry.hpp"
#include "registry/vocabulary.hpp"
#include "reply.hpp"
#include "routes.hpp"
#include "sighting_filter.hpp"

namespace kula::api {
namespace {

/// Where a page goes on: in the organisation that it broke off in, behind so many of its entries, or at the next one if
/// that is gone.
struct Place {
    std::size_t entries = 0;
    std::string organisation{};
    std::string cursor{};  ///< The registry's, behind the organisation before; empty for the first.

    [[nodiscard]] std::string text() const { return fmt::format("{} {} {}", entries, organisation, cursor); }
    static std::optional<Place> parse(std::string const& text) {
        Place place;
        std::istringstream in(text);
        if (!(in >> place.entries >> place.organisation)) return std::nullopt;
        in >> place.cursor;
        return place;
    }
};

struct ContactRequest {
    registry::OrganisationQuery organisations{};
    std::optional<std::string> role{};  ///< The id of a `registry::ContactRole`.
    std::size_t limit = 0;
    Place place{};
    std::vector<std::string> shape{};  ///< For the cursor.
};

std::optional<registry::OrganisationSort> parse_sort(std::string const& text) {
    if (text == "organisation") return registry::OrganisationSort::name;
    if (text == "-organisation") return registry::OrganisationSort::name_descending;
    return std::nullopt;
}

std::optional<net::Response> read(net::Request const& request, Caller const& caller, ContactRequest& asked) {
    Parameters parameters(request);
    asked.organisations.search = parameters.text("search", 200).value_or("");
    asked.organisations.sector = parameters.parsed("sector", 64, "must be a sector's id", parse_sector);
    asked.role = parameters.parsed("role", 40, "must be the id of a contact role", [](std::string const& text) {
        return registry::is_contact_role(text) ? std::optional(text) : std::nullopt;
    });
    asked.organisations.sort = parameters.parsed("sort", 20, "must be organisation or -organisation", parse_sort)
                                   .value_or(registry::OrganisationSort::name);
    asked.limit = parameters.limit();
    asked.organisations.clearance = caller.actor.clearance;
    for (auto const* name : {"search", "sector", "role", "sort"})
        asked.shape.emplace_back(request.query_value(name).value_or(""));
    if (auto const cursor = parameters.cursor(); !cursor.empty()) {
        auto const key = from_cursor(asked.shape, cursor);
        auto const place = key ? Place::parse(*key) : std::nullopt;
        if (place) {
            asked.place = *place;
        } else {
            parameters.wrong("cursor", "belongs to another query");
        }
    }
    return parameters.refusal();
}

/// Each list of the registry counts all that it finds: few of them, however short the page is.
constexpr std::size_t organisations_at_once = 500;

/// What a list holds of an organisation.
using Entries = std::function<std::vector<Json>(registry::Organisation const&)>;

/// In the order of the organisations' names, each one's entries in their own.
net::Response list(ContactRequest const& asked, Caller const& caller, registry::Registry const& registry,
                   Entries const& entries_of) {
    auto query = asked.organisations;
    query.limit = organisations_at_once;
    auto behind = asked.place.cursor;
    Json items = Json::array();
    do {
        query.cursor = behind;
        auto const organisations = registry.list(query);
        if (!organisations) return refusal(organisations.error());
        for (std::size_t at = 0; at < organisations->items.size(); ++at) {
            auto const id = organisations->items[at].id;
            auto const organisation = registry.find(id, caller.actor.clearance);
            if (!organisation && organisation.error().fault == base::Fault::not_found) continue;  // Removed meanwhile.
            if (!organisation) return refusal(organisation.error());
            auto entries = entries_of(*organisation);
            for (auto entry = id.text() == asked.place.organisation ? asked.place.entries : 0; entry < entries.size();
                 ++entry) {
                if (items.size() == asked.limit) {
                    Place const next{entry, id.text(), behind};
                    return reply({{"items", std::move(items)}, {"next", to_cursor(asked.shape, next.text())}});
                }
                items.push_back(std::move(entries[entry]));
            }
            behind = organisations->behind[at];
        }
        behind = organisations->next;
    } while (!behind.empty());
    return reply({{"items", std::move(items)}, {"next", nullptr}});
}

net::Response list_contacts(net::Request const& request, Caller const& caller, registry::Registry const& registry,
                            OrganisationView const& view) {
    ContactRequest asked;
    if (auto refused = read(request, caller, asked)) return std::move(*refused);
    return list(asked, caller, registry, [&](registry::Organisation const& organisation) {
        std::vector<Json> entries;
        for (auto const& contact : organisation.content.contacts) {
            if (asked.role && contact.role != *asked.role) continue;
            entries.push_back(view.contact(contact));
            entries.back()["organisation"] = OrganisationView::reference(organisation);
        }
        return entries;
    });
}

net::Response list_rows(net::Request const& request, Caller const& caller, registry::Registry const& registry,
                        OrganisationView const& view) {
    ContactRequest asked;
    if (auto refused = read(request, caller, asked)) return std::move(*refused);
    return list(asked, caller, registry,
                [&](registry::Organisation const& organisation) { return view.rows(organisation); });
}

}  // namespace

void add_contact_routes(GuardedRouter& router, registry::Registry const& registry, OrganisationView const& view) {
    router.add(net::Method::get, "/api/v1/contacts", [&](net::Request const& request, Caller const& caller) {
        return list_contacts(request, caller, registry, view);
    });
    router.add(net::Method::get, "/api/v1/organisations/rows", [&](net::Request const& request, Caller const& caller) {
        return list_rows(request, caller, registry, view);
    });
}

}  // namespace kula::api
