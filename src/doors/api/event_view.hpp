#pragma once
/// @file
/// Events as the contract shows them. Who told of an event, and in which delivery, is for the team.

#include "events/event_search.hpp"
#include "json.hpp"
#include "organisation_view.hpp"
#include "red_reads.hpp"

namespace kula::api {

/// Of an event, a field that says who told: for the team alone (decision 0022).
bool is_for_the_team(std::string_view field);

class EventView {
public:
    /// Both outlive it.
    EventView(OrganisationView const& organisations, RedReads const& red) : organisations_(organisations), red_(red) {}

    /// Schema `Event`.
    [[nodiscard]] Json item(events::FoundEvent const& event, base::Clearance const& clearance) const;
    /// Schema `EventDetail`. `unavailable` when the registry is.
    [[nodiscard]] base::Result<Json> detail(events::FoundEventDetail const& detail,
                                            base::Clearance const& clearance) const;
    /// Schema `EventSummary`.
    [[nodiscard]] Json summary(events::EventSummary const& summary, base::Clearance const& clearance) const;

private:
    OrganisationView const& organisations_;
    RedReads const& red_;
};

}  // namespace kula::api
