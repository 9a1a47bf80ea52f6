#include "indicator_list.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/ascii.hpp"
#include "cursor.hpp"

namespace kula::api {
namespace {

using indicators::Indicator;
using indicators::IndicatorQuery;

/// What the store's own list would take.
bool passes(Indicator const& indicator, IndicatorQuery const& query) {
    if (query.kind && indicator.value.kind != *query.kind) return false;
    if (query.flagged && indicator.is_flagged != *query.flagged) return false;
    if (query.active && indicator.is_active != *query.active) return false;
    bool const of_source =
        !query.source || std::any_of(indicator.listings.begin(), indicator.listings.end(),
                                     [&](auto const& listing) { return listing.source == *query.source; });
    return of_source &&
           base::lower_case(indicator.value.text()).find(base::lower_case(query.search)) != std::string::npos;
}

/// A seen indicator and what it is ordered by.
struct SeenPlace {
    std::int64_t number = 0;
    std::string value{};
};

/// Where a page goes on: behind an entry of the seen ones, or of the rest. As the value may be long, its fingerprint
/// stands for it.
struct Position {
    enum class Part { seen, rest };
    Part part = Part::seen;
    std::int64_t number = 0;  ///< Of the last entry of the seen ones.
    std::uint64_t last = 0;   ///< The last entry; 0 for the part's beginning.
    std::string cursor{};     ///< The store's, of the page of the rest that holds the last entry.

    [[nodiscard]] std::string text() const {
        return part == Part::seen ? fmt::format("seen {} {}", last, number) : fmt::format("rest {} {}", last, cursor);
    }
    static std::optional<Position> parse(std::string const& text) {
        auto const blank = text.find(' ', 5);
        if (text.size() < 6 || blank == std::string::npos) return std::nullopt;
        Position position;
        position.part = text.compare(0, 5, "seen ") == 0 ? Part::seen : Part::rest;
        auto const tail = text.substr(blank + 1);
        std::from_chars(text.data() + 5, text.data() + blank, position.last);
        if (position.part == Part::rest) position.cursor = tail;
        std::from_chars(tail.data(), tail.data() + tail.size(), position.number);
        return position;
    }
};

/// The page while it is being filled, and where the next one begins.
class Page {
public:
    Page(indicators::Store const& store, IndicatorView const& view, IndicatorQuery const& query, SeenOrder order,
         Activities const& activities)
        : store_(store), view_(view), query_(query), order_(order), activities_(activities) {}

    base::Result<void> add(Position const& from) {
        return from.part == Position::Part::seen ? add_seen(from) : add_rest(from);
    }
    [[nodiscard]] std::optional<Position> const& next() const { return next_; }
    [[nodiscard]] Json take_items() { return std::move(items_); }
    [[nodiscard]] std::vector<Indicator> const& shown() const { return shown_; }

private:
    base::Result<void> add_seen(Position const& from) {
        auto const places = seen_in_order();
        Position here{Position::Part::seen, from.number, from.last, {}};
        for (auto at = place_after(places, from); at < places.size(); ++at) {
            auto const& place = places[at];
            auto const indicator = store_.find(std::string_view(place.value), query_.clearance);
            if (!indicator && indicator.error().fault == base::Fault::unavailable) return indicator.error();
            if (!indicator || !passes(*indicator, query_)) continue;
            if (is_full()) {
                next_ = here;
                return {};
            }
            items_.push_back(view_.full(*indicator, of(activities_, place.value)));
            shown_.push_back(*indicator);
            here = {Position::Part::seen, place.number, fingerprint(place.value), {}};
        }
        return {};
    }

    base::Result<void> add_rest(Position const& from) {
        auto query = query_;
        query.sort = indicators::IndicatorSort::value;
        query.limit = 500;
        Position here{Position::Part::rest, 0, from.last, from.cursor};
        for (;;) {
            query.cursor = here.cursor;
            auto const page = store_.list(query);
            if (!page) return page.error();
            for (auto at = rest_after(page->items, here.last); at < page->items.size(); ++at) {
                auto const value = page->items[at].value.text();
                if (activities_.count(value) > 0) continue;
                if (is_full()) {
                    next_ = here;
                    return {};
                }
                items_.push_back(view_.full(page->items[at], {}));
                shown_.push_back(page->items[at]);
                here.last = fingerprint(value);
            }
            if (page->next.empty()) return {};
            here = {Position::Part::rest, 0, 0, page->next};
        }
    }

    /// Behind the same entry or, if it has moved, behind all that rank before it.
    [[nodiscard]] std::size_t place_after(std::vector<SeenPlace> const& places, Position const& from) const {
        if (from.last == 0) return 0;
        std::size_t at = 0;
        for (; at < places.size() && !ranks_before(from.number, places[at].number); ++at) {
            if (places[at].number == from.number && fingerprint(places[at].value) == from.last) return at + 1;
        }
        return at;
    }
    [[nodiscard]] static std::size_t rest_after(std::vector<Indicator> const& items, std::uint64_t last) {
        if (last == 0) return 0;
        auto const found = std::find_if(items.begin(), items.end(), [&](Indicator const& indicator) {
            return fingerprint(indicator.value.text()) == last;
        });
        return found == items.end() ? 0 : static_cast<std::size_t>(found - items.begin()) + 1;
    }

    [[nodiscard]] bool is_full() const { return items_.size() >= query_.limit; }
    [[nodiscard]] std::int64_t number(events::Activity const& activity) const {
        if (order_.by == SeenBy::sightings) return static_cast<std::int64_t>(activity.sightings);
        return activity.last ? base::to_microseconds(*activity.last) : 0;
    }
    [[nodiscard]] bool ranks_before(std::int64_t a, std::int64_t b) const {
        return order_.first == SeenFirst::most ? a > b : a < b;
    }
    [[nodiscard]] std::vector<SeenPlace> seen_in_order() const {
        std::vector<SeenPlace> places;
        places.reserve(activities_.size());
        for (auto const& [value, activity] : activities_) places.push_back({number(activity), value});
        std::sort(places.begin(), places.end(), [&](SeenPlace const& a, SeenPlace const& b) {
            return a.number != b.number ? ranks_before(a.number, b.number) : a.value < b.value;
        });
        return places;
    }

    indicators::Store const& store_;
    IndicatorView const& view_;
    IndicatorQuery const& query_;
    SeenOrder const order_;
    Activities const& activities_;
    Json items_ = Json::array();
    std::vector<Indicator> shown_{};
    std::optional<Position> next_{};
};

/// The page from `from` on: through its part, then through the other if that one follows.
base::Result<void> fill(Page& page, SeenOrder order, Position const& from) {
    using Part = Position::Part;
    auto const first = order.first == SeenFirst::most ? Part::seen : Part::rest;
    if (auto const added = page.add(from); !added || page.next() || from.part != first) return added;
    Position second;
    second.part = first == Part::seen ? Part::rest : Part::seen;
    return page.add(second);
}

}  // namespace

base::Result<Json> list_by_seen(indicators::Store const& store, IndicatorView const& view,
                                indicators::IndicatorQuery const& query, base::Actor const& actor, SeenOrder order,
                                std::vector<std::string> const& shape) {
    Position from;
    from.part = order.first == SeenFirst::most ? Position::Part::seen : Position::Part::rest;
    if (!query.cursor.empty()) {
        auto const key = from_cursor(shape, query.cursor);
        auto const parsed = key ? Position::parse(*key) : std::nullopt;
        if (!parsed) return base::invalid("cursor: belongs to another query");
        from = *parsed;
    }
    auto const activities = view.activity().indicators(query.clearance);
    if (!activities) return activities.error();
    auto counting = query;
    counting.cursor.clear();
    counting.limit = 1;
    counting.sort = indicators::IndicatorSort::value;
    auto const counted = store.list(counting);
    if (!counted) return counted.error();

    Page page(store, view, query, order, *activities);
    if (auto const filled = fill(page, order, from); !filled) return filled.error();
    if (auto const told = view.account(actor, page.shown()); !told) return told.error();
    Json next = nullptr;
    if (page.next()) next = to_cursor(shape, page.next()->text());
    return Json{{"items", page.take_items()}, {"next", std::move(next)}, {"total", count(counted->total)}};
}

}  // namespace kula::api
