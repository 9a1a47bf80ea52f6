#pragma once
/// @file
/// Lists by what was seen of their items: an order that the room that stores them does not know. Those that were seen
/// stand together, ordered as `events::ActivityPlace` tells; the others, as the room orders them, behind them (before
/// them if ascending).

#include <algorithm>
#include <concepts>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/result.hpp"
#include "cursor.hpp"
#include "recent_activity.hpp"

namespace kula::api {

struct SeenOrder {
    events::ActivityBy by = events::ActivityBy::sightings;
    events::SortOrder order = events::SortOrder::descending;
};

/// Where a page goes on: behind a place among those that were seen, or behind an entry of the rest.
struct SeenPosition {
    enum class Part { seen, rest };
    Part part = Part::seen;
    std::optional<events::ActivityPlace> place{};  ///< Of the last of the seen ones; none at their beginning.
    std::string cursor{};                          ///< The room's, in the rest; empty at its beginning.

    [[nodiscard]] std::string text() const;
    static std::optional<SeenPosition> parse(std::string const& text);
};

template <class Item>
struct SeenPage {
    std::vector<std::pair<Item, events::Activity>> entries{};
    std::optional<SeenPosition> next{};  ///< None on the last page.
};

/// Where a list goes on by a cursor of an earlier page (`cursor.hpp`); at its beginning without one.
base::Result<std::optional<SeenPosition>> position_of(std::vector<std::string> const& shape, std::string const& cursor);

/// What is listed, as one query finds it.
template <class Source>
concept SeenSource = requires(Source const& source, typename Source::Item const& item, std::string const& cursor,
                              std::size_t limit, std::vector<std::string> const& keys) {
    { Source::subject } -> std::convertible_to<events::ActivitySubject>;
    { Source::key(item) } -> std::same_as<std::string>;  // What sightings call it.
    source.page(cursor, limit);                          // A result of `items`, `behind`, `next`.
    { source.among(keys) } -> std::same_as<base::Result<std::vector<typename Source::Item>>>;
    { source.clearance() } -> std::convertible_to<base::Clearance const&>;
    { source.key_part() } -> std::convertible_to<std::string>;  // In the key of everything that it finds; or empty.
    // Fewer than it is worth to try the seen ones one after the other, as well as is known.
    { source.finds_few() } -> std::same_as<bool>;
};

template <SeenSource Source>
class SeenList {
public:
    using Item = typename Source::Item;

    /// All outlive it. `limit` is from 1 to 1,000.
    SeenList(Source const& source, RecentActivity const& activity, SeenOrder order, std::size_t limit)
        : source_(source), activity_(activity), order_(order), limit_(limit) {}

    /// The page from a position of an earlier one on, or from the beginning.
    [[nodiscard]] base::Result<SeenPage<Item>> page(std::optional<SeenPosition> const& from) {
        using Part = SeenPosition::Part;
        auto const first = order_.order == events::SortOrder::descending ? Part::seen : Part::rest;
        SeenPosition position;
        position.part = first;
        if (from) position = *from;
        page_ = {};
        if (auto const added = add(position); !added) return added.error();
        if (!page_.next && position.part == first) {
            position = {};
            position.part = first == Part::seen ? Part::rest : Part::seen;
            if (auto const added = add(position); !added) return added.error();
        }
        return std::move(page_);
    }

private:
    static constexpr std::size_t most_at_once = 1000;
    /// What finds few was counted a while ago: so many are read before it is done the other way.
    static constexpr std::size_t most_of_few = 5000;

    base::Result<void> add(SeenPosition const& from) {
        if (from.part == SeenPosition::Part::rest) return add_rest(from);
        if (source_.finds_few()) {
            auto const added = add_seen_of_few(from);
            if (!added) return added.error();
            if (*added) return {};
        }
        return add_seen(from);
    }

    base::Result<void> add_seen(SeenPosition const& from) {
        SeenPosition here = from;
        // A page as a rule; where filters leave little of it, ever more at once.
        for (auto at_once = std::min(limit_ + 1, most_at_once);; at_once = std::min(at_once * 10, most_at_once)) {
            auto const ranked = activity_.ranked({.of = Source::subject,
                                                  .by = order_.by,
                                                  .order = order_.order,
                                                  .clearance = source_.clearance(),
                                                  .part = source_.key_part(),
                                                  .behind = here.place,
                                                  .limit = at_once});
            if (!ranked) return ranked.error();
            auto found = taken(*ranked);
            if (!found) return found.error();
            for (auto const& [key, seen, place] : *ranked) {
                auto const item = found->find(key);
                if (item != found->end() && !put(std::move(item->second), seen, here)) return {};
                here.place = place;
            }
            if (ranked->size() < at_once) return {};
        }
    }

    /// Whether they were few.
    base::Result<bool> add_seen_of_few(SeenPosition const& from) {
        struct Seen {
            events::ActivityPlace place;
            events::Activity activity;
            Item item;
        };
        std::vector<Seen> all;
        std::size_t read = 0;
        std::string cursor;
        do {
            auto page = source_.page(cursor, most_at_once);
            if (!page) return page.error();
            auto const activities = seen_of(page->items);
            if (!activities) return activities.error();
            for (auto& item : page->items) {
                auto const key = Source::key(item);
                auto const activity = activities->find(key);
                if (activity == activities->end()) continue;
                auto const place = events::place_of(order_.by, activity->second, key);
                if (!from.place || comes_before(*from.place, place))
                    all.push_back({place, activity->second, std::move(item)});
            }
            read += page->items.size();
            cursor = page->next;
        } while (!cursor.empty() && read < most_of_few);
        if (!cursor.empty()) return false;
        std::sort(all.begin(), all.end(),
                  [this](Seen const& a, Seen const& b) { return comes_before(a.place, b.place); });
        SeenPosition here = from;
        for (auto& each : all) {
            if (!put(std::move(each.item), each.activity, here)) break;
            here.place = each.place;
        }
        return true;
    }

    base::Result<void> add_rest(SeenPosition const& from) {
        SeenPosition here = from;
        for (auto at_once = std::min(limit_ + 1, most_at_once);; at_once = most_at_once) {
            auto page = source_.page(here.cursor, at_once);
            if (!page) return page.error();
            auto const seen = seen_of(page->items);
            if (!seen) return seen.error();
            for (std::size_t at = 0; at < page->items.size(); ++at) {
                auto& item = page->items[at];
                if (seen->count(Source::key(item)) == 0 && !put(std::move(item), {}, here)) return {};
                here.cursor = page->behind[at];
            }
            if (page->next.empty()) return {};
        }
    }

    /// Whether there was room; if there was none, the next page begins `here`.
    bool put(Item&& item, events::Activity const& activity, SeenPosition const& here) {
        if (page_.entries.size() == limit_) {
            page_.next = here;
            return false;
        }
        page_.entries.emplace_back(std::move(item), activity);
        return true;
    }
    [[nodiscard]] base::Result<Activities> seen_of(std::vector<Item> const& items) const {
        std::vector<std::string> keys;
        keys.reserve(items.size());
        for (auto const& item : items) keys.push_back(Source::key(item));
        return activity_.of_these(Source::subject, keys, source_.clearance());
    }
    /// Those that the source takes, by key.
    [[nodiscard]] base::Result<std::map<std::string, Item>> taken(
        std::vector<events::RankedActivity> const& ranked) const {
        std::vector<std::string> keys;
        keys.reserve(ranked.size());
        for (auto const& each : ranked) keys.push_back(each.key);
        auto found = source_.among(keys);
        if (!found) return found.error();
        std::map<std::string, Item> by_key;
        for (auto& item : *found) {
            auto key = Source::key(item);
            by_key.emplace(std::move(key), std::move(item));
        }
        return by_key;
    }
    [[nodiscard]] bool comes_before(events::ActivityPlace const& a, events::ActivityPlace const& b) const {
        return order_.order == events::SortOrder::ascending ? a < b : b < a;
    }

    Source const& source_;
    RecentActivity const& activity_;
    SeenOrder const order_;
    std::size_t const limit_;
    SeenPage<Item> page_{};
};

}  // namespace kula::api
