#pragma once
// Whose an event is: the first of its places that somebody claims.

#include <optional>
#include <string>
#include <string_view>

#include "events/event.hpp"
#include "registry/attribution.hpp"

namespace kula::events {

struct EventOwner {
    std::optional<registry::OrganisationId> organisation{};
    std::optional<std::string> network{};  ///< The claim that decided.
    std::optional<std::string> sector{};
};

/// The source's end first, as it is the one that is told of, then the destination's; of each its addresses (with its AS
/// number), then its names.
EventOwner owner_of(Event const& event, registry::Attribution const& attribution);

/// What names the end (`source`, `destination`): its domain, or the host of its URL where that is a name.
std::optional<std::string> domain_of(Event const& event, std::string_view end);

}  // namespace kula::events
