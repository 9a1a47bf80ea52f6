#include "events/folding.hpp"

#include <algorithm>
#include <array>

#include "events/event_field.hpp"

namespace kula::events {

bool Folding::may_differ(std::string_view field) {
    constexpr std::array<std::string_view, 4> tries = {"source.port", "destination.port", "source.account",
                                                       "destination.account"};
    constexpr std::array<std::string_view, 2> tags = {"extra.tag", "extra.tags"};
    auto const is_among = [field](auto const& names) {
        return std::find(names.begin(), names.end(), field) != names.end();
    };
    bool const is_detail = field.starts_with("event_description.") || field.starts_with("extra.");
    return is_among(tries) || (is_detail && !is_among(tags) && EventFields::shipped().find(field) != nullptr);
}

}  // namespace kula::events
