#include "columns.hpp"

#include <algorithm>
#include <cstring>

#include "base/must.hpp"

namespace kula::events {

namespace {

constexpr std::size_t most_hours_with_places = 3;

std::int32_t offset(base::Instant instant, base::Instant hour) {
    auto const milliseconds = to_milliseconds(instant) - to_milliseconds(hour);
    return static_cast<std::int32_t>(std::clamp<std::int64_t>(milliseconds, std::numeric_limits<std::int32_t>::min(),
                                                              std::numeric_limits<std::int32_t>::max()));
}

Number add_optional(Dictionary& dictionary, std::optional<std::string> const& text) {
    return text ? dictionary.add(*text) : 0;
}

std::uint16_t narrow(Number number) {
    base::must(number <= std::numeric_limits<std::uint16_t>::max(), "sectors, countries and groups of readers are few");
    return static_cast<std::uint16_t>(number);
}

std::uint16_t add_readers(Dictionary& dictionary, Observation const& seen) {
    return seen.marking.tlp == base::Tlp::red ? narrow(dictionary.add("red:" + seen.readers.text())) : std::uint16_t{0};
}

}  // namespace

Number Dictionary::add(std::string_view text) {
    auto const found = numbers_.find(text);
    if (found != numbers_.end()) return found->second;
    auto const number = static_cast<Number>(texts_.size());
    texts_.emplace_back(text);
    numbers_.emplace(texts_.back(), number);
    return number;
}

std::optional<Number> Dictionary::find(std::string_view text) const {
    auto const found = numbers_.find(text);
    return found == numbers_.end() ? std::nullopt : std::optional(found->second);
}

std::size_t UuidHash::operator()(base::Uuid const& uuid) const noexcept {
    std::size_t hash = 0;
    std::memcpy(&hash, uuid.bytes().data() + 8, sizeof hash);
    return hash;
}

std::int64_t to_milliseconds(base::Instant instant) {
    return std::chrono::floor<std::chrono::milliseconds>(instant).time_since_epoch().count();
}

Row Columns::row_of(Sighting const& sighting) {
    auto const& seen = sighting.seen;
    Row row{};
    row.id = sighting.id.uuid();
    row.flows = seen.flows;
    row.packets = seen.packets;
    row.bytes = seen.bytes;
    row.first = offset(seen.first, sighting.hour);
    row.last = offset(seen.last, sighting.hour);
    row.indicator = indicators.add(seen.indicator);
    row.matched = ends.add(seen.matched);
    row.peer = ends.add(seen.peer);
    row.organisation = sighting.organisation ? organisations.add(sighting.organisation->text()) : 0;
    row.sector = narrow(add_optional(sectors, sighting.sector));
    row.country = narrow(add_optional(countries, sighting.country));
    row.port = seen.port;
    row.readers = add_readers(readers, seen);
    row.protocol = seen.protocol;
    row.direction = seen.direction;
    row.side = seen.side;
    row.tlp = seen.marking.tlp;
    return row;
}

void Columns::load(Sighting const& sighting) {
    auto& rows = hours_[sighting.hour];
    rows.push_back(row_of(sighting));
    note(sighting.hour, rows.size() - 1);
    ++size_;
}

void Columns::note(base::Instant hour, std::size_t at) {
    auto const& row = hours_.at(hour)[at];
    if (row.readers != 0) {
        red_.emplace_back(hour, at);
        return;
    }
    auto const see = [moment = to_milliseconds(hour) + row.last](std::vector<std::int64_t>& last, Number number) {
        if (number >= last.size()) last.resize(number + std::size_t{1}, never);
        last[number] = std::max(last[number], moment);
    };
    see(indicators_last_, row.indicator);
    if (row.organisation != 0) see(organisations_last_, row.organisation);
}

void Columns::note_all() {
    indicators_last_.clear();
    organisations_last_.clear();
    red_.clear();
    for (auto const& [hour, rows] : hours_) {
        for (std::size_t at = 0; at < rows.size(); ++at) note(hour, at);
    }
    is_settled_ = true;
}

void Columns::settle() {
    if (!is_settled_) note_all();
}

Places& Columns::places_of(base::Instant hour) {
    if (auto const known = places_.find(hour); known != places_.end()) return known->second;
    if (places_.size() >= most_hours_with_places) places_.erase(places_.begin());  // The oldest hour.
    auto& places = places_[hour];
    auto const& rows = hours_[hour];
    for (std::size_t i = 0; i < rows.size(); ++i) places.emplace(rows[i].id, static_cast<std::uint32_t>(i));
    return places;
}

bool Columns::add(Sighting const& sighting) {
    auto& places = places_of(sighting.hour);
    auto& rows = hours_[sighting.hour];
    auto const [place, is_new] = places.emplace(sighting.id.uuid(), static_cast<std::uint32_t>(rows.size()));
    if (is_new) {
        load(sighting);
        return true;
    }
    auto& row = rows[place->second];
    auto const readers_before = row.readers;
    row.flows += sighting.seen.flows;
    row.packets += sighting.seen.packets;
    row.bytes += sighting.seen.bytes;
    row.tlp = sighting.seen.marking.tlp;
    row.readers = add_readers(readers, sighting.seen);
    row.first = std::min(row.first, offset(sighting.seen.first, sighting.hour));
    row.last = std::max(row.last, offset(sighting.seen.last, sighting.hour));
    if ((row.readers != 0) != (readers_before != 0)) {
        is_settled_ = false;
    } else if (row.readers == 0) {
        note(sighting.hour, place->second);
    }
    return false;
}

void Columns::remove_hour(base::Instant hour) {
    auto const found = hours_.find(hour);
    if (found == hours_.end()) return;
    size_ -= found->second.size();
    hours_.erase(found);
    places_.erase(hour);
    red_.erase(std::remove_if(red_.begin(), red_.end(), [hour](auto const& place) { return place.first == hour; }),
               red_.end());
    is_settled_ = false;
}

void Columns::release(Number organisation) {
    for (auto& [hour, rows] : hours_) {
        for (auto& row : rows) {
            if (row.organisation != organisation) continue;
            row.organisation = 0;
            row.sector = 0;
        }
    }
    note_all();
}

Columns Columns::compacted() const {
    Columns out;
    auto const moved = [](Dictionary const& from, Dictionary& to, Number number) {
        return number == 0 ? 0 : to.add(from.text(number));
    };
    for (auto const& [hour, rows] : hours_) {
        auto& kept = out.hours_[hour];
        kept = rows;
        for (auto& row : kept) {
            row.indicator = moved(indicators, out.indicators, row.indicator);
            row.matched = moved(ends, out.ends, row.matched);
            row.peer = moved(ends, out.ends, row.peer);
            row.organisation = moved(organisations, out.organisations, row.organisation);
            row.sector = narrow(moved(sectors, out.sectors, row.sector));
            row.country = narrow(moved(countries, out.countries, row.country));
            row.readers = narrow(moved(readers, out.readers, row.readers));
        }
    }
    out.note_all();
    out.collected_ = collected_;
    out.size_ = size_;
    return out;
}

std::optional<std::pair<base::Instant, Row>> Columns::find(SightingId id) const {
    std::int64_t milliseconds = 0;
    for (std::size_t i = 0; i < 6; ++i) milliseconds = milliseconds << 8 | id.uuid().bytes()[i];
    auto const hour = hours_.find(base::Instant(std::chrono::milliseconds(milliseconds)));
    if (hour == hours_.end()) return std::nullopt;
    auto const row =
        std::find_if(hour->second.begin(), hour->second.end(), [&id](Row const& each) { return each.id == id.uuid(); });
    return row == hour->second.end() ? std::nullopt : std::optional(std::make_pair(hour->first, *row));
}

}  // namespace kula::events
