#pragma once
/// @file
/// An event: what a feed or a report told of something that happened, one problem at one place.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/id.hpp"
#include "base/instant.hpp"
#include "base/result.hpp"
#include "events/event_field.hpp"
#include "registry/organisation.hpp"

namespace kula::events {

class Event {
public:
    /// Puts the value in its form (`canonical`) under this name, in place of one that stands there. `invalid` names the
    /// field.
    base::Result<void> set(std::string_view field, Json const& value);
    /// The same unless there is one already.
    base::Result<void> add(std::string_view field, Json const& value);

    void remove(std::string_view field) { fields_.erase(std::string(field)); }

    /// Flat, in the order in which they were told.
    [[nodiscard]] Json const& fields() const { return fields_; }
    /// Null where there is none.
    [[nodiscard]] Json const* find(std::string_view field) const;
    /// The first where there are several; nothing where it is none, or no text.
    [[nodiscard]] std::optional<std::string> text(std::string_view field) const;
    [[nodiscard]] std::optional<std::int64_t> integer(std::string_view field) const;
    [[nodiscard]] std::optional<base::Instant> moment(std::string_view field) const;

    /// What `fields().dump()` wrote.
    static Event from_stored(std::string_view json);

private:
    Json fields_ = Json::object();
};

/// An event as a delivery's row told it.
struct ToldEvent {
    Event event;
    std::uint64_t row = 0;   ///< In the delivery, from 1 on.
    std::uint32_t part = 0;  ///< Of what the row told, from 0 on.
};

/// Kept, with what was decided of it.
struct StoredEvent {
    base::Id<Event> id;
    std::string source;
    std::string delivery;
    std::uint64_t row = 0;
    base::Instant observed{};
    std::optional<registry::OrganisationId> organisation{};
    std::optional<std::string> network{};  ///< The claim that decided.
    Event event;
};

}  // namespace kula::events
