#pragma once
/// @file
/// Which events are meant: the same for lists, counts and exports, so that their numbers agree.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/actor.hpp"
#include "base/address.hpp"
#include "base/instant.hpp"
#include "events/filter.hpp"
#include "registry/organisation.hpp"

namespace kula::events {

/// Everything that is set must hold. What may hold at either end holds at the source's or the destination's.
struct EventFilter {
    std::optional<base::Instant> from{};  ///< Of the moment at which it happened.
    std::optional<base::Instant> to{};    ///< Not in it.
    std::optional<OrNone<std::vector<registry::OrganisationId>>> organisations{};  ///< One of these.
    std::optional<std::string> rsit_class{}, type{};
    std::optional<std::string> severity{};
    std::optional<std::string> source{};  ///< The feed's name.
    std::optional<std::string> delivery{};
    std::optional<base::Prefix> address{};  ///< An address at either end lies in it.
    std::optional<std::uint32_t> as_number{};
    std::optional<std::string> country{};  ///< Of the source.
    std::optional<std::string> domain{};   ///< In its canonical form: a name at either end is it, or lies below it.
    std::optional<std::uint16_t> port{};   ///< At either end.
    std::optional<std::string> malware{}, identifier{};
    std::optional<std::string> tag{};  ///< Letter case apart.
    /// Stands in the kept fields, names and values, as they are written in JSON; ASCII letter case apart. At most
    /// `longest_event_text`.
    std::string text{};
    /// Unless told otherwise all that the team sees; of TLP:RED nothing. An outsider's: of these organisations.
    base::Clearance clearance = base::Clearance::of_team(std::nullopt);
};

/// Bytes.
constexpr std::size_t longest_event_text = 200;

}  // namespace kula::events
