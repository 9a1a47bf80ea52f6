#include "events/event.hpp"

#include <fmt/format.h>

namespace kula::events {

base::Result<void> Event::set(std::string_view field, Json const& value) {
    auto const* const known = EventFields::shipped().find(field);
    if (known == nullptr) return base::invalid(fmt::format("{}: is no field of an event", field));
    auto kept = canonical(*known, value);
    if (!kept) return base::invalid(fmt::format("{}: {}", field, kept.error().detail));
    fields_[std::string(field)] = std::move(*kept);
    return {};
}

base::Result<void> Event::add(std::string_view field, Json const& value) {
    if (find(field) != nullptr) return {};
    return set(field, value);
}

Json const* Event::find(std::string_view field) const {
    auto const found = fields_.find(field);
    return found == fields_.end() ? nullptr : &*found;
}

std::optional<std::string> Event::text(std::string_view field) const {
    auto const* value = find(field);
    if (value != nullptr && value->is_array() && !value->empty()) value = &value->front();
    return value != nullptr && value->is_string() ? std::optional(value->get<std::string>()) : std::nullopt;
}

std::optional<std::int64_t> Event::integer(std::string_view field) const {
    auto const* const value = find(field);
    return value != nullptr && value->is_number_integer() ? std::optional(value->get<std::int64_t>()) : std::nullopt;
}

std::optional<base::Instant> Event::moment(std::string_view field) const {
    auto const written = text(field);
    return written ? base::parse_instant(*written) : std::nullopt;
}

Event Event::from_stored(std::string_view json) {
    Event event;
    event.fields_ = Json::parse(json);
    return event;
}

}  // namespace kula::events
