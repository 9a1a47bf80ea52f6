#include "public_figures.hpp"

#include <algorithm>
#include <numeric>

namespace kula::portal {
namespace {

constexpr std::chrono::days length{30};

std::uint64_t sum_of(std::vector<std::uint64_t> const& numbers) {
    return std::accumulate(numbers.begin(), numbers.end(), std::uint64_t{0});
}

unsigned percent_of(std::uint64_t part, std::uint64_t whole) {
    return whole == 0 ? 0 : static_cast<unsigned>((part * 100 + whole / 2) / whole);
}

/// All who are registered, so that what is counted is up to TLP:AMBER, as for any outsider.
base::Clearance of_all(registry::Attribution const& attribution) {
    std::vector<base::Uuid> ids;
    for (auto const& claim : attribution.claims()) {
        for (auto const& id : claim.organisations) ids.push_back(id.uuid());
    }
    return base::Clearance::of(std::move(ids));
}

base::Result<std::vector<Share>> direction_shares(events::SightingStore const& store, events::Window window,
                                                  base::Clearance const& clearance) {
    std::array<std::uint64_t, events::direction_count> counts{};
    for (std::size_t at = 0; at < counts.size(); ++at) {
        events::SightingFilter filter;
        filter.window = window;
        filter.clearance = clearance;
        filter.direction = static_cast<events::Direction>(at);
        auto const totals = store.totals(filter);
        if (!totals) return totals.error();
        // A direction that only few organisations know would tell of them.
        counts[at] = totals->organisations < least_organisations ? 0 : totals->sightings;
    }
    auto const all = std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
    std::vector<Share> shares;
    for (std::size_t at = 0; at < counts.size(); ++at) {
        if (counts[at] == 0) continue;
        auto const name = events::to_text(static_cast<events::Direction>(at));
        shares.push_back({std::string(name), percent_of(counts[at], all)});
    }
    return shares;
}

}  // namespace

bool may_be_told(std::vector<std::uint64_t> const& contributions) {
    auto const behind = static_cast<std::size_t>(
        std::count_if(contributions.begin(), contributions.end(), [](auto n) { return n > 0; }));
    if (behind < least_organisations) return false;
    return *std::max_element(contributions.begin(), contributions.end()) * 2 <= sum_of(contributions);
}

std::uint64_t rounded(std::uint64_t number) {
    std::uint64_t unit = 1;
    while (number / unit >= 100) unit *= 10;
    return (number + unit / 2) / unit * unit;
}

std::vector<Share> sector_shares(SightingsBySector const& sightings) {
    std::vector<std::pair<std::string, std::uint64_t>> told;
    std::vector<std::uint64_t> rest;
    std::size_t sectors_in_rest = 0;
    for (auto const& [sector, contributions] : sightings) {
        if (!sector.empty() && may_be_told(contributions)) {
            told.emplace_back(sector, sum_of(contributions));
        } else if (sum_of(contributions) > 0) {
            rest.insert(rest.end(), contributions.begin(), contributions.end());
            ++sectors_in_rest;
        }
    }
    std::sort(told.begin(), told.end(), [](auto const& a, auto const& b) {
        return a.second != b.second ? a.second > b.second : a.first < b.first;
    });
    if (sectors_in_rest > 1 && may_be_told(rest)) told.emplace_back("", sum_of(rest));
    auto const all = std::accumulate(told.begin(), told.end(), std::uint64_t{0},
                                     [](std::uint64_t so_far, auto const& one) { return so_far + one.second; });
    std::vector<Share> shares;
    shares.reserve(told.size());
    for (auto const& [sector, count] : told) shares.push_back({sector, percent_of(count, all)});
    return shares;
}

events::Window public_window(base::Instant now) {
    base::Instant const today = std::chrono::floor<std::chrono::days>(now);
    return {today - length, today};
}

base::Result<PublicFigures> public_figures(registry::Registry const& registry, events::SightingStore const& sightings,
                                           base::Instant now) {
    PublicFigures out;
    out.window = public_window(now);
    auto const attribution = registry.attribution();
    auto const clearance = of_all(*attribution);
    auto const activity = sightings.activity(events::ActivitySubject::organisation, out.window, clearance);
    if (!activity) return activity.error();
    SightingsBySector by_sector;
    std::vector<std::uint64_t> all;
    for (auto const& [id, seen] : *activity) {
        auto const parsed = registry::OrganisationId::parse(id);
        auto const* const organisation = parsed ? attribution->organisation(*parsed) : nullptr;
        if (organisation == nullptr || seen.sightings == 0) continue;
        by_sector[organisation->sector.value_or("")].push_back(seen.sightings);
        all.push_back(seen.sightings);
    }
    if (!may_be_told(all)) return out;
    out.sightings = rounded(sum_of(all));
    out.sectors = sector_shares(by_sector);
    auto directions = direction_shares(sightings, out.window, clearance);
    if (!directions) return directions.error();
    out.directions = std::move(*directions);
    return out;
}

}  // namespace kula::portal
