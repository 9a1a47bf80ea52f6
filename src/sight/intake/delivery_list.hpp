#pragma once
// The tables of deliveries, as they are looked at.

#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "intake/delivery.hpp"
#include "storage/session.hpp"

namespace kula::intake::delivery_list {

base::Result<DeliveryPage> page(storage::Session const& session, DeliveryQuery const& query);
DeliveryTotals totals(storage::Session const& session);
std::vector<std::string> sources(storage::Session const& session);
std::optional<Delivery> find(storage::Session const& session, DeliveryId id);
std::vector<ShownRow> quarantined(storage::Session const& session, DeliveryId id, std::uint64_t behind,
                                  std::size_t limit);

}  // namespace kula::intake::delivery_list
