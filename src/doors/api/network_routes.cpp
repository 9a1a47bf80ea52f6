#include <algorithm>
#include <set>
#include <tuple>

#include "base/ascii.hpp"
#include "cursor.hpp"
#include "gate.hpp"
#include "history.hpp"
#include "organisation_input.hpp"
#include "organisation_view.hpp"
#include "parameters.hpp"
#include "registry/registry.hpp"
#include "reply.hpp"
#include "routes.hpp"

namespace kula::api {
namespace {

using registry::NetworkClaim;

struct NetworkFilter {
    std::optional<bool> conflict{};
    std::optional<registry::NetworkKind> kind{};
    std::string search{};                        ///< Lower case.
    std::set<registry::OrganisationId> named{};  ///< Organisations that the search means.
    base::Clearance clearance;

    [[nodiscard]] bool passes(NetworkClaim const& claim) const {
        auto const in_reach = std::count_if(claim.organisations.begin(), claim.organisations.end(),
                                            [&](auto const id) { return clearance.may_see(id.uuid()); });
        if (in_reach == 0 || (conflict && (in_reach > 1) != *conflict)) return false;
        if (kind && claim.network.kind() != *kind) return false;
        return search.empty() || base::lower_case(claim.network.text()).find(search) != std::string::npos ||
               std::any_of(claim.organisations.begin(), claim.organisations.end(),
                           [&](auto const id) { return named.count(id) > 0; });
    }
};

/// The registry folds case and script of names; but it would also find an organisation by one of its other networks, so
/// what looks like a network is searched in the networks alone.
base::Result<std::set<registry::OrganisationId>> named_by(registry::Registry const& registry, std::string const& search,
                                                          base::Clearance const& clearance) {
    std::set<registry::OrganisationId> named;
    if (search.empty() || search.find_first_of(".:/@0123456789") != std::string::npos) return named;
    registry::OrganisationQuery query;
    query.search = search;
    query.limit = 100'000;
    query.clearance = clearance;
    auto const found = registry.list(query);
    if (!found) return found.error();
    for (auto const& organisation : found->items) named.insert(organisation.id);
    return named;
}

/// Networks have their own order; with an address they go from the most specific to the widest.
struct NetworkOrder {
    bool is_by_length = false;
    bool is_descending = false;

    [[nodiscard]] bool is_behind(registry::Network const& network, registry::Network const& last) const {
        auto const& [low, high] = is_descending ? std::tie(network, last) : std::tie(last, network);
        return is_by_length ? high.prefix().length() < low.prefix().length() : low < high;
    }
};

std::vector<NetworkClaim const*> candidates(registry::Attribution const& attribution,
                                            std::optional<base::Address> const& address, NetworkOrder order) {
    std::vector<NetworkClaim const*> all;
    if (address) {
        all = attribution.claims_of(*address);
    } else {
        all.reserve(attribution.claims().size());
        for (auto const& claim : attribution.claims()) all.push_back(&claim);
    }
    if (order.is_descending) std::reverse(all.begin(), all.end());
    return all;
}

/// The first claim behind the one whose network is `last`.
std::size_t place_after(std::vector<NetworkClaim const*> const& claims, registry::Network const& last,
                        NetworkOrder order) {
    auto const behind = std::find_if(claims.begin(), claims.end(),
                                     [&](NetworkClaim const* claim) { return order.is_behind(claim->network, last); });
    return static_cast<std::size_t>(behind - claims.begin());
}

std::optional<bool> parse_descending(std::string const& text) {
    if (text == "network") return false;
    if (text == "-network") return true;
    return std::nullopt;
}

net::Response list(net::Request const& request, Caller const& caller, registry::Registry const& registry) {
    Parameters parameters(request);
    NetworkFilter filter{.clearance = caller.actor.clearance};
    filter.conflict = parameters.boolean("conflict");
    filter.kind = parameters.parsed("kind", 10, "must be prefix, as, domain or country", registry::parse_network_kind);
    auto const address = parameters.parsed("address", 64, "must be an address", base::Address::parse);
    filter.search = base::lower_case(parameters.text("search", 200).value_or(""));
    NetworkOrder const order{
        address.has_value(),
        parameters.parsed("sort", 20, "must be network or -network", parse_descending).value_or(false)};
    auto const cursor = parameters.cursor();
    auto const limit = parameters.limit();
    std::vector<std::string> shape;
    for (auto const* name : {"conflict", "kind", "address", "search", "sort"})
        shape.emplace_back(request.query_value(name).value_or(""));
    std::optional<registry::Network> last;
    if (!cursor.empty()) {
        auto const key = from_cursor(shape, cursor);
        auto const network = key ? registry::Network::parse(*key) : base::invalid("");
        if (network) {
            last = *network;
        } else {
            parameters.wrong("cursor", "belongs to another query");
        }
    }
    if (auto refused = parameters.refusal()) return std::move(*refused);

    auto named = named_by(registry, filter.search, filter.clearance);
    if (!named) return refusal(named.error());
    filter.named = std::move(*named);
    auto const attribution = registry.attribution();
    auto const claims = candidates(*attribution, address, order);
    Json items = Json::array();
    Json next = nullptr;
    registry::Network const* newest = nullptr;
    for (auto at = last ? place_after(claims, *last, order) : 0; at < claims.size(); ++at) {
        if (!filter.passes(*claims[at])) continue;
        if (items.size() == limit) {
            next = to_cursor(shape, newest->text());
            break;
        }
        items.push_back(OrganisationView::claim(*claims[at], *attribution, filter.clearance));
        newest = &claims[at]->network;
    }
    return reply({{"items", std::move(items)}, {"next", std::move(next)}});
}

Json told(registry::StoredNationalSpace const& space) {
    return {{"prefixes", space.prefixes},
            {"as_numbers", space.as_numbers},
            {"version", space.version},
            {"changed_at", time_or_null(space.changed_at)}};
}

net::Response told(base::Result<registry::StoredNationalSpace> const& space) {
    return space ? reply_versioned(told(*space), space->version) : refusal(space.error());
}

/// What stands against replacing the national space as it was just read.
std::optional<net::Response> stale(net::Request const& request, Caller const& caller, History const& history,
                                   registry::StoredNationalSpace const& space) {
    return history.precondition(request, caller,
                                {"national_space:", space.version, [&] { return base::Result<Json>(told(space)); }});
}

net::Response replace_space(net::Request const& request, Caller const& caller, registry::Registry& registry,
                            History const& history) {
    auto const before = registry.stored_national_space();
    if (!before) return refusal(before.error());
    if (auto refused = stale(request, caller, history, *before)) return std::move(*refused);
    if (auto refused = other_type(request, {"application/json"})) return std::move(*refused);
    auto const json = parse_body(request);
    if (!json) return refusal(json.error());
    auto input = national_space_from(*json);
    if (!input.problems.empty()) return refusal(std::move(input.problems));
    auto const after = registry.replace_national_space(before->version, input.prefixes, input.as_numbers, caller.actor);
    if (!after && after.error().fault == base::Fault::conflict) {
        auto const now = registry.stored_national_space();
        if (!now) return refusal(now.error());
        if (auto refused = stale(request, caller, history, *now)) return std::move(*refused);
    }
    return told(after);
}

}  // namespace

void add_network_routes(GuardedRouter& router, registry::Registry& registry, History const& history) {
    using net::Method;
    using net::Request;
    constexpr std::size_t most_space_bytes = 8 * 1024 * 1024;
    router.add(Method::get, "/api/v1/networks",
               [&](Request const& request, Caller const& caller) { return list(request, caller, registry); });
    router.add(Method::get, "/api/v1/national-space",
               [&](Request const&, Caller const&) { return told(registry.stored_national_space()); });
    router.add(
        Method::put, "/api/v1/national-space",
        [&](Request const& request, Caller const& caller) { return replace_space(request, caller, registry, history); },
        {most_space_bytes});
}

}  // namespace kula::api
