#include "seen_list.hpp"

#include <fmt/format.h>

#include <sstream>

namespace kula::api {

std::string SeenPosition::text() const {
    if (part == Part::rest) return "rest " + cursor;
    return place ? fmt::format("seen {} {} {}", place->number, place->last, place->key) : "seen";
}

std::optional<SeenPosition> SeenPosition::parse(std::string const& text) {
    std::istringstream words(text);
    std::string part;
    words >> part;
    SeenPosition position;
    if (part == "rest") {
        position.part = Part::rest;
        words >> position.cursor;  // None at its beginning.
        return position;
    }
    if (part != "seen") return std::nullopt;
    events::ActivityPlace place;
    if (words >> place.number >> place.last >> place.key) position.place = place;
    return position;
}

base::Result<std::optional<SeenPosition>> position_of(std::vector<std::string> const& shape,
                                                      std::string const& cursor) {
    if (cursor.empty()) return std::nullopt;
    auto const key = from_cursor(shape, cursor);
    auto position = key ? SeenPosition::parse(*key) : std::nullopt;
    if (!position) return base::invalid("cursor: belongs to another query");
    return position;
}

}  // namespace kula::api
