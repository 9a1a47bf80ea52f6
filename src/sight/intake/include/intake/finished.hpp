#pragma once
/// @file
/// Deliveries that are read to their end, in the order in which they were, for rooms above that follow them.
///
/// Within the caller's unit of work, once `Intake::open` has brought the tables.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/instant.hpp"
#include "storage/session.hpp"

namespace kula::intake {

/// The series of what the own sensors saw: each of its deliveries tells of one hour.
constexpr std::string_view hourly_series = "sightings";

struct FinishedDelivery {
    std::int64_t number =
        0;  ///< Rises with each delivery that is finished, whatever clocks say; another once it is read anew.
    std::string id{};
    std::string source{};
    /// Deliveries of one source and series tell of the same: the mapping that read them and, of Shadowserver's, the
    /// filter in the file's name (`shadowserver/scan_dns-example-geo`); of MISP's, the file's name, which is the
    /// event's; a report in X-ARF is alone in its own.
    std::string series{};
    base::Instant received_at{};
    bool is_complete = true;  ///< It did not break off.
    bool was_refused = false;
    std::uint64_t rows = 0;
    std::uint64_t quarantined = 0;
};

/// The first one behind this number.
std::optional<FinishedDelivery> finished_behind(storage::Session const& session, std::int64_t number);

}  // namespace kula::intake
