#include "indicator_list.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <sstream>

#include "base/ascii.hpp"
#include "cursor.hpp"

namespace kula::api {
namespace {

using events::SortOrder;
using indicators::Indicator;
using indicators::IndicatorQuery;

constexpr std::size_t most_at_once = 1000;
/// So many that filters leave are read and put in order; of more, the seen ones are tried one after the other.
constexpr std::int64_t few = 2000;

bool is_narrowed(IndicatorQuery const& query) {
    return !query.search.empty() || query.kind || query.source || query.flagged || query.active;
}

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

/// Where a page goes on: behind a place among the seen ones, or behind an entry of the rest.
struct Position {
    enum class Part { seen, rest };
    Part part = Part::seen;
    std::optional<events::ActivityPlace> place{};  ///< Of the last entry of the seen ones; none at their beginning.
    std::uint64_t last = 0;  ///< Fingerprint of the last entry's value, which may be long; 0 at the rest's beginning.
    std::string cursor{};    ///< The store's, of the page of the rest that holds the last entry.

    [[nodiscard]] std::string text() const {
        if (part == Part::rest) return fmt::format("rest {} {}", last, cursor);
        return place ? fmt::format("seen {} {} {}", place->number, place->last, place->key) : "seen";
    }
    static std::optional<Position> parse(std::string const& text) {
        std::istringstream words(text);
        std::string part;
        words >> part;
        Position position;
        if (part == "rest") {
            position.part = Part::rest;
            if (!(words >> position.last)) return std::nullopt;
            words >> position.cursor;  // None on the first page.
            return position;
        }
        events::ActivityPlace place;
        if (part != "seen") return std::nullopt;
        if (words >> place.number >> place.last >> place.key) position.place = place;
        return position;
    }
};

/// The page while it is being filled, and where the next one begins.
class Page {
public:
    /// `total` is what the query finds.
    Page(indicators::Store const& store, IndicatorView const& view, IndicatorQuery const& query, SeenOrder order,
         std::int64_t total)
        : store_(store), view_(view), query_(query), order_(order), finds_few_(is_narrowed(query) && total <= few) {}

    base::Result<void> add(Position const& from) {
        if (from.part == Position::Part::rest) return add_rest(from);
        return finds_few_ ? add_seen_of_few(from) : add_seen(from);
    }
    [[nodiscard]] std::optional<Position> const& next() const { return next_; }
    [[nodiscard]] Json take_items() { return std::move(items_); }
    [[nodiscard]] std::vector<Indicator> const& shown() const { return shown_; }

private:
    base::Result<void> add_seen(Position const& from) {
        Position here = from;
        // A page as a rule; where filters leave little of it, ever more at once.
        for (auto at_once = std::min(query_.limit + 1, most_at_once);; at_once = std::min(at_once * 10, most_at_once)) {
            auto const ranked = view_.activity().ranked_indicators({.by = order_.by,
                                                                    .order = order_.order,
                                                                    .clearance = query_.clearance,
                                                                    .behind = here.place,
                                                                    .limit = at_once});
            if (!ranked) return ranked.error();
            auto const found = stored(*ranked);
            if (!found) return found.error();
            for (auto const& [value, activity, place] : *ranked) {
                auto const indicator = found->find(value);
                if (indicator != found->end() && passes(indicator->second, query_)) {
                    if (is_full()) {
                        next_ = here;
                        return {};
                    }
                    items_.push_back(view_.full(indicator->second, activity));
                    shown_.push_back(indicator->second);
                }
                here.place = place;
            }
            if (ranked->size() < at_once) return {};
        }
    }

    base::Result<void> add_seen_of_few(Position const& from) {
        struct SeenOne {
            events::ActivityPlace place;
            events::Activity activity;
            Indicator indicator;
        };
        std::vector<SeenOne> seen;
        auto query = query_;
        query.sort = indicators::IndicatorSort::value;
        query.limit = most_at_once;
        query.cursor.clear();
        do {
            auto page = store_.list(query);
            if (!page) return page.error();
            auto const activities = view_.activity().indicators(values_of(page->items), query_.clearance);
            if (!activities) return activities.error();
            for (auto& indicator : page->items) {
                auto const value = indicator.value.text();
                auto const activity = activities->find(value);
                if (activity == activities->end()) continue;
                auto const place = events::place_of(order_.by, activity->second, value);
                if (!from.place || comes_before(*from.place, place))
                    seen.push_back({place, activity->second, std::move(indicator)});
            }
            query.cursor = page->next;
        } while (!query.cursor.empty());
        std::sort(seen.begin(), seen.end(),
                  [this](SeenOne const& a, SeenOne const& b) { return comes_before(a.place, b.place); });
        Position here = from;
        for (auto& each : seen) {
            if (is_full()) {
                next_ = here;
                return {};
            }
            items_.push_back(view_.full(each.indicator, each.activity));
            shown_.push_back(std::move(each.indicator));
            here.place = each.place;
        }
        return {};
    }

    base::Result<void> add_rest(Position const& from) {
        auto query = query_;
        query.sort = indicators::IndicatorSort::value;
        query.limit = 500;
        Position here{Position::Part::rest, {}, from.last, from.cursor};
        for (;;) {
            query.cursor = here.cursor;
            auto const page = store_.list(query);
            if (!page) return page.error();
            auto const values = values_of(page->items);
            auto const seen = view_.activity().indicators(values, query_.clearance);
            if (!seen) return seen.error();
            for (auto at = rest_after(page->items, here.last); at < page->items.size(); ++at) {
                if (seen->count(values[at]) > 0) continue;
                if (is_full()) {
                    next_ = here;
                    return {};
                }
                items_.push_back(view_.full(page->items[at], {}));
                shown_.push_back(page->items[at]);
                here.last = fingerprint(values[at]);
            }
            if (page->next.empty()) return {};
            here = {Position::Part::rest, {}, 0, page->next};
        }
    }

    [[nodiscard]] bool comes_before(events::ActivityPlace const& a, events::ActivityPlace const& b) const {
        return order_.order == SortOrder::ascending ? a < b : b < a;
    }
    [[nodiscard]] static std::vector<std::string> values_of(std::vector<Indicator> const& indicators) {
        std::vector<std::string> values;
        values.reserve(indicators.size());
        for (auto const& indicator : indicators) values.push_back(indicator.value.text());
        return values;
    }
    /// What is stored of these, by value.
    [[nodiscard]] base::Result<std::map<std::string, Indicator>> stored(
        std::vector<events::RankedActivity> const& ranked) const {
        std::vector<std::string> values;
        values.reserve(ranked.size());
        for (auto const& each : ranked) values.push_back(each.key);
        auto found = store_.find_values(values, query_.clearance);
        if (!found) return found.error();
        std::map<std::string, Indicator> by_value;
        for (auto& indicator : *found) by_value.emplace(indicator.value.text(), std::move(indicator));
        return by_value;
    }
    [[nodiscard]] static std::size_t rest_after(std::vector<Indicator> const& items, std::uint64_t last) {
        if (last == 0) return 0;
        auto const found = std::find_if(items.begin(), items.end(), [&](Indicator const& indicator) {
            return fingerprint(indicator.value.text()) == last;
        });
        return found == items.end() ? 0 : static_cast<std::size_t>(found - items.begin()) + 1;
    }

    [[nodiscard]] bool is_full() const { return items_.size() >= query_.limit; }
    indicators::Store const& store_;
    IndicatorView const& view_;
    IndicatorQuery const& query_;
    SeenOrder const order_;
    bool const finds_few_;
    Json items_ = Json::array();
    std::vector<Indicator> shown_{};
    std::optional<Position> next_{};
};

/// The page from `from` on: through its part, then through the other if that one follows.
base::Result<void> fill(Page& page, SeenOrder order, Position const& from) {
    using Part = Position::Part;
    auto const first = order.order == SortOrder::descending ? Part::seen : Part::rest;
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
    from.part = order.order == SortOrder::descending ? Position::Part::seen : Position::Part::rest;
    if (!query.cursor.empty()) {
        auto const key = from_cursor(shape, query.cursor);
        auto const parsed = key ? Position::parse(*key) : std::nullopt;
        if (!parsed) return base::invalid("cursor: belongs to another query");
        from = *parsed;
    }
    auto counting = query;
    counting.cursor.clear();
    counting.limit = 1;
    counting.sort = indicators::IndicatorSort::value;
    auto const counted = store.list(counting);
    if (!counted) return counted.error();

    Page page(store, view, query, order, counted->total);
    if (auto const filled = fill(page, order, from); !filled) return filled.error();
    if (auto const told = view.account(actor, page.shown()); !told) return told.error();
    Json next = nullptr;
    if (page.next()) next = to_cursor(shape, page.next()->text());
    return Json{{"items", page.take_items()}, {"next", std::move(next)}, {"total", count(counted->total)}};
}

}  // namespace kula::api
