#include "seen.hpp"

#include <algorithm>
#include <tuple>

#include "base/ascii.hpp"
#include "base/fnv.hpp"
#include "first_few.hpp"

namespace kula::events {
namespace {

struct Entry {
    Number number;
    std::uint64_t rank;
    std::int64_t last;
};

std::uint64_t rank_of(ActivityBy by, std::uint64_t sightings, std::uint64_t flows) {
    switch (by) {
        case ActivityBy::sightings: return sightings;
        case ActivityBy::flows: return flows;
        case ActivityBy::last: break;
    }
    return 0;
}

// The key's hash is worked out for those alone that are equal in all else.
template <class KeyOfA, class KeyOfB>
bool is_less(std::uint64_t rank_a, std::int64_t last_a, KeyOfA const& key_a, std::uint64_t rank_b, std::int64_t last_b,
             KeyOfB const& key_b) {
    if (rank_a != rank_b) return rank_a < rank_b;
    if (last_a != last_b) return last_a < last_b;
    return key_a() < key_b();
}

}  // namespace

ActivityPlace place_of(ActivityBy by, Activity const& activity, std::string_view key) {
    return {rank_of(by, activity.sightings, activity.flows), activity.last ? to_milliseconds(*activity.last) : never,
            base::fnv1a(key)};
}

Seen::Seen(Columns const& columns, ActivitySubject of, Window const& window, base::Clearance const& clearance)
    : keys_(columns.keys(of)), sums_(keys_) {
    Reach const reach(columns, clearance);
    auto const number = columns.number(of);
    auto const see = [&](base::Instant hour, Row const& row) {
        auto& last = sums_[row.*number].last;
        last = std::max(last, to_milliseconds(hour) + row.last);
    };
    if (reach.is_of_every_organisation()) {
        open_ = &columns.last_seen(of);
        columns.each_red([&](base::Instant hour, Row const& row) {
            if (reach.holds(row)) see(hour, row);
        });
    } else {
        for (auto const& [hour, rows] : columns.hours()) {
            for (auto const& row : rows) {
                if (reach.holds(row)) see(hour, row);
            }
        }
    }
    auto const& hours = columns.hours();
    for (auto hour = hours.lower_bound(first_hour(window)); hour != hours.end() && hour->first < window.to; ++hour) {
        for (auto const& row : hour->second) {
            if (!reach.holds(row)) continue;
            auto& sum = sums_[row.*number];
            ++sum.sightings;
            sum.flows += row.flows;
        }
    }
    sums_.each([&](Number each, Sum& sum) {
        if (each == 0) sum = {};  // What belongs to nothing.
        if (open_ != nullptr && each < open_->size()) sum.last = std::max(sum.last, (*open_)[each]);
    });
}

Seen::Sum Seen::of(Number number) const {
    if (auto const* const read = sums_.find(number)) return *read;
    return {0, 0, open_ != nullptr && number < open_->size() ? (*open_)[number] : never};
}

Activity Seen::activity(Sum const& sum) {
    return {sum.sightings, sum.flows, base::Instant(std::chrono::milliseconds(sum.last))};
}

template <class Visitor>
void Seen::each(Visitor const& visit) const {
    for (Number number = 1; number < keys_.size(); ++number) {
        if (auto const sum = of(number); sum.last != never) visit(number, sum);
    }
}

Activities Seen::all() const {
    Activities out;
    each([&](Number number, Sum const& sum) { out.emplace(keys_.text(number), activity(sum)); });
    return out;
}

Activities Seen::these(std::vector<std::string> const& keys) const {
    Activities out;
    for (auto const& key : keys) {
        auto const sum = of(keys_.find(key).value_or(0));
        if (sum.last != never) out.emplace(key, activity(sum));
    }
    return out;
}

std::vector<RankedActivity> Seen::ranked(ActivityRanking const& ranking) const {
    auto const hash_of = [&](Number number) { return base::fnv1a(keys_.text(number)); };
    auto const comes_before = [&](Entry const& a, Entry const& b) {
        auto const& [low, high] = ranking.order == SortOrder::ascending ? std::tie(a, b) : std::tie(b, a);
        return is_less(
            low.rank, low.last, [&, n = low.number] { return hash_of(n); }, high.rank, high.last,
            [&, n = high.number] { return hash_of(n); });
    };
    auto const is_behind = [&](Entry const& entry) {
        if (!ranking.behind) return true;
        auto const& place = *ranking.behind;
        auto const own = [&] { return hash_of(entry.number); };
        auto const of_place = [&] { return place.key; };
        return ranking.order == SortOrder::ascending
                   ? is_less(place.number, place.last, of_place, entry.rank, entry.last, own)
                   : is_less(entry.rank, entry.last, own, place.number, place.last, of_place);
    };
    auto const part = base::lower_case(ranking.part);
    bool const has_letters = std::any_of(part.begin(), part.end(), base::is_letter);
    auto const has_part = [&](Number number) {
        std::string_view const key = keys_.text(number);
        if (!has_letters) return key.find(part) != std::string_view::npos;
        return std::search(key.begin(), key.end(), part.begin(), part.end(),
                           [](char of_key, char of_part) { return base::lower(of_key) == of_part; }) != key.end();
    };
    FirstFew<Entry, decltype(comes_before)> first(ranking.limit, comes_before);
    auto const offer = [&](Number number, Sum const& sum, bool is_wanted) {
        Entry const entry{number, rank_of(ranking.by, sum.sightings, sum.flows), sum.last};
        // Texts last: of most it is known before that they are not among the first.
        if (is_wanted && is_behind(entry) && first.takes(entry) && has_part(number)) first.offer(entry);
    };
    // Most were not seen in the window: they stand behind all that were, and are not asked where those are enough.
    bool const are_apart = ranking.order == SortOrder::descending && ranking.by != ActivityBy::last;
    if (are_apart) sums_.each([&](Number number, Sum const& sum) { offer(number, sum, sum.sightings > 0); });
    if (!are_apart || !first.is_full())
        each([&](Number number, Sum const& sum) { offer(number, sum, !are_apart || sum.sightings == 0); });
    std::vector<RankedActivity> out;
    for (auto const& entry : std::move(first).sorted()) {
        auto const& key = keys_.text(entry.number);
        auto const seen = activity(of(entry.number));
        out.push_back({key, seen, place_of(ranking.by, seen, key)});
    }
    return out;
}

}  // namespace kula::events
