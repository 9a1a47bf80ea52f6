#pragma once
/// @file
/// Deliveries and trials of mappings as the contract shows them.

#include <optional>
#include <string>

#include "intake/intake.hpp"
#include "json.hpp"

namespace kula::api {

/// Schema `Delivery`.
Json shown(intake::Delivery const& delivery);
/// Schema `DeliveryTotals`.
Json shown(intake::DeliveryTotals const& totals);
/// Schema `QuarantinedRow`.
Json shown(intake::ShownRow const& row);
/// Schema `Preview`.
Json shown(intake::Preview const& preview);
/// Schema `Mapping`, of a mapping's text; `null` where that is none.
Json shown_mapping(std::string const& text);
/// What `Mapping::parse` says is wrong, as members of a body's `mapping`.
base::Error mistakes_of_mapping(base::Error const& error);
/// Schema `MappingTrial`.
Json shown(intake::Trial const& trial, std::string const& mapping);

}  // namespace kula::api
