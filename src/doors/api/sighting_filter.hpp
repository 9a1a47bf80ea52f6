#pragma once
/// @file
/// The filters that lists of sightings and pictures have in common, from the query.

#include "base/clock.hpp"
#include "events/filter.hpp"
#include "parameters.hpp"

namespace kula::api {

/// `from`, `to`, `direction`, `organisation`, `sector`. The window is closed: the last 24 hours to the end of the
/// present hour unless told, and only what the clearance reaches. What is wrong is noted in the parameters.
events::SightingFilter common_filter(Parameters& parameters, base::Instant now, base::Clearance const& clearance);

/// A value, or `none` for those that have none.
template <class Parse>
auto or_none(Parse parse) {
    return [parse](std::string const& text) {
        using Value = std::decay_t<decltype(*parse(text))>;
        using Choice = events::OrNone<Value>;
        if (text == "none") return std::optional<Choice>(events::None{});
        auto value = parse(text);
        return value ? std::optional<Choice>(std::move(*value)) : std::nullopt;
    };
}

inline constexpr std::string_view sector_rule = "must be a sector's id or none";
/// Nothing where there is no such sector.
std::optional<std::string> parse_sector(std::string const& id);

}  // namespace kula::api
