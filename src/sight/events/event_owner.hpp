#pragma once
// Whose an event is: the most specific of its places that somebody claims.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "events/event.hpp"
#include "registry/attribution.hpp"

namespace kula::events {

struct EventOwner {
    std::optional<registry::OrganisationId> organisation{};
    std::optional<std::string> network{};  ///< The claim that decided.
    std::optional<std::string> sector{};
    std::string by{};  ///< The field that did.
};

/// The source's end first, as it is the one that is told of, then the destination's; of each its addresses (with its AS
/// number), then its names. Their countries, in the same order, are asked only where none of that decides: whoever
/// stands for an attacker's country has no claim on what happened at somebody's address.
EventOwner owner_of(Event const& event, registry::Attribution const& attribution);

/// The host of a URL where that is a name.
std::optional<std::string> host_of(std::string_view url);

/// Calls `visit(text)` for a text, or for every text of a list, however deep.
template <class Visitor>
void each_text(Json const* value, Visitor const& visit) {
    if (value == nullptr) return;
    if (value->is_string()) visit(value->get_ref<std::string const&>());
    if (!value->is_array()) return;
    for (auto const& one : *value) each_text(&one, visit);
}

/// Where the end is (`source`, `destination`): its addresses, and the hosts of its URLs where those are addresses; each
/// once.
std::vector<std::string> addresses_of(Event const& event, std::string_view end);
/// The first of them.
std::optional<std::string> address_of(Event const& event, std::string_view end);
/// What names the end (`source`, `destination`): its domain, or the host of its URL where that is a name.
std::optional<std::string> domain_of(Event const& event, std::string_view end);

}  // namespace kula::events
