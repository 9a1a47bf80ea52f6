#include "page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "first_few.hpp"
#include "summary.hpp"

namespace kula::events {
namespace {

/// A row's place in the order.
struct Place {
    std::int64_t value = 0;
    base::Uuid id{};
    friend auto operator<=>(Place const&, Place const&) = default;
};

std::int64_t value_of(SightingSort sort, base::Instant hour, Row const& row) {
    switch (sort) {
        case SightingSort::last: return to_milliseconds(hour) + row.last;
        case SightingSort::first: return to_milliseconds(hour) + row.first;
        case SightingSort::flows: return static_cast<std::int64_t>(row.flows);
        case SightingSort::bytes: return static_cast<std::int64_t>(row.bytes);
        case SightingSort::packets: break;
    }
    return static_cast<std::int64_t>(row.packets);
}

/// `<sort><order>.<filter>.<value>.<id>`
std::string prefix_of(SightingFilter const& filter, SightingSort sort, SortOrder order) {
    return fmt::format("{}{}.{:x}.", static_cast<int>(sort), static_cast<int>(order), fingerprint(filter));
}

std::optional<Place> parse_place(std::string_view cursor, std::string const& prefix) {
    if (cursor.substr(0, prefix.size()) != prefix) return std::nullopt;
    cursor.remove_prefix(prefix.size());
    Place place;
    auto const [end, fault] = std::from_chars(cursor.data(), cursor.data() + cursor.size(), place.value);
    cursor.remove_prefix(static_cast<std::size_t>(end - cursor.data()));
    if (fault != std::errc{} || cursor.empty() || cursor.front() != '.') return std::nullopt;
    auto const id = base::Uuid::parse(cursor.substr(1));
    if (!id) return std::nullopt;
    place.id = *id;
    return place;
}

}  // namespace

base::Result<PageIds> page_of(Columns const& columns, SightingFilter const& filter, SightingSort sort, SortOrder order,
                              std::string const& cursor, std::size_t limit) {
    if (limit == 0 || limit > longest_sighting_page) return base::invalid("limit: is not from 1 to 1,000");
    auto const prefix = prefix_of(filter, sort, order);
    auto const behind = cursor.empty() ? std::optional<Place>() : parse_place(cursor, prefix);
    if (!cursor.empty() && !behind) return base::invalid("cursor: does not belong to this list");
    auto const is_before = [order](Place const& a, Place const& b) {
        return order == SortOrder::ascending ? a < b : b < a;
    };
    FirstFew<Place, decltype(is_before)> first(limit + 1, is_before);
    TotalsCounter counter(columns);
    Selection(columns, filter).each([&](base::Instant hour, Row const& row) {
        counter.add(row);
        Place const place{value_of(sort, hour, row), row.id};
        if (!behind || is_before(*behind, place)) first.offer(place);
    });
    auto const places = std::move(first).sorted();
    PageIds page;
    page.totals = counter.totals();
    for (std::size_t i = 0; i < std::min(limit, places.size()); ++i) page.ids.push_back(SightingId(places[i].id));
    if (places.size() > limit)
        page.next = fmt::format("{}{}.{}", prefix, places[limit - 1].value, places[limit - 1].id.text());
    return page;
}

}  // namespace kula::events
