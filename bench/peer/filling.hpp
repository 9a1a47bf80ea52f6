#pragma once
/// @file
/// A data folder as full as that of a team after a month: filled through the rooms, as imports and a collector do.

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

#include "child.hpp"
#include "events/store.hpp"
#include "indicators/store.hpp"
#include "journal/journal.hpp"
#include "registry/import_report.hpp"
#include "registry/registry.hpp"
#include "storage/database.hpp"

namespace kula::bench {

struct Filling {
    std::size_t indicators = 0;
    std::size_t sightings = 0;      ///< Of the last thirty days.
    std::size_t organisations = 0;  ///< With a prefix each.
    /// Of listed indicators, a few often and most hardly ever; or each of another one that is not listed, which takes
    /// the most memory.
    enum class Seen : std::uint8_t { listed, others } seen = Seen::listed;
};

/// What a step of filling yields, or the end of the program.
template <class T>
T need(base::Result<T> result) {
    if (result.has_error()) throw std::runtime_error(result.error().detail);
    if constexpr (!std::is_void_v<T>) return std::move(*result);
}

inline base::Address any_host(std::mt19937& random) { return base::Address::v4(static_cast<std::uint32_t>(random())); }

constexpr unsigned seed_of_list = 1;

inline void list_indicators(storage::Database& database, base::Clock const& clock, std::size_t count) {
    auto const journal = need(journal::Journal::open(database, clock));
    auto const store = need(indicators::Store::open(database, *journal, clock));
    std::mt19937 random(seed_of_list);
    std::string list;
    for (std::size_t i = 0; i < count; ++i) list += any_host(random).text() + '\n';
    need(store->import({.name = "bench"}, list, base::Actor{"bench"}));
}

/// What is seen, one after the other.
class SeenIndicators {
public:
    explicit SeenIndicators(Filling const& filling) {
        if (filling.seen == Filling::Seen::others) return;
        std::mt19937 random(seed_of_list);
        for (std::size_t i = 0; i < filling.indicators; ++i) listed_.push_back(any_host(random));
    }
    std::string next(std::mt19937& random) const {
        if (listed_.empty()) return any_host(random).text();
        auto const share = static_cast<double>(random()) / 4294967296.0;
        return listed_[static_cast<std::size_t>(share * share * share * static_cast<double>(listed_.size()))].text();
    }

private:
    std::vector<base::Address> listed_;
};

inline void add_sightings(storage::Database& database, base::Clock const& clock, Filling const& filling) {
    constexpr std::size_t batch_size = 20'000;
    constexpr int hours_back = 30 * 24;
    auto const store = need(events::SightingStore::open(database, clock));
    auto const this_hour = std::chrono::floor<std::chrono::hours>(clock.now());
    std::mt19937 random(2);
    SeenIndicators const seen(filling);
    auto const count = filling.sightings;
    std::vector<events::Sighting> batch;
    for (std::size_t made = 0; made < count; made += batch.size()) {
        batch.clear();
        while (batch.size() < std::min(batch_size, count - made)) {
            auto const hour = this_hour - std::chrono::hours(random() % hours_back);
            auto const national = base::Address::v4(0xC0000200u + static_cast<std::uint32_t>(random() % 256)).text();
            events::Sighting sighting;
            sighting.id = events::SightingId::make(hour);
            sighting.hour = hour;
            sighting.seen.indicator = sighting.seen.matched = seen.next(random);
            sighting.seen.kind = "address";
            sighting.seen.peer = national;
            sighting.seen.direction = events::Direction::inbound;
            sighting.seen.protocol = 6;
            sighting.seen.port = static_cast<std::uint16_t>(random() % 1024);
            sighting.seen.flows = 1 + random() % 100;
            sighting.seen.packets = 4 * sighting.seen.flows;
            sighting.seen.bytes = 240 * sighting.seen.flows;
            sighting.seen.first = hour;
            sighting.seen.last = hour + std::chrono::minutes(59);
            sighting.seen.sources = {"bench"};
            sighting.national_address = national;
            sighting.foreign_address = sighting.seen.matched;
            sighting.record.lineage = sighting.record.created_by = sighting.record.changed_by = "bench";
            sighting.record.created_at = sighting.record.changed_at = clock.now();
            batch.push_back(std::move(sighting));
        }
        need(store->add(batch, made / batch_size + 1));
    }
}

inline void add_organisations(storage::Database& database, base::Clock const& clock, std::size_t count) {
    auto const journal = need(journal::Journal::open(database, clock));
    auto const store = need(registry::Registry::open(database, *journal, clock));
    std::string list = "name,sector,networks\n";
    for (std::size_t i = 0; i < count; ++i)
        list += fmt::format("Example Organisation {},health,2001:db8:{:x}:{:x}::/64\n", i, i >> 16, i & 0xffff);
    need(store->import(registry::ImportFormat::csv, list, base::Actor{"bench"}));
}

inline void fill(std::filesystem::path const& folder, Filling const& filling) {
    base::SystemClock const clock;
    auto const database = need(storage::Database::open({.folder = folder}, clock));
    if (filling.indicators > 0) list_indicators(*database, clock, filling.indicators);
    if (filling.sightings > 0) add_sightings(*database, clock, filling);
    if (filling.organisations > 0) add_organisations(*database, clock, filling.organisations);
}

/// A service token that may do these things, made in a folder that is still empty: later a console would want it
/// upgraded first. Throws where none was made.
inline std::string make_token(std::string const& program, std::filesystem::path const& folder,
                              std::vector<std::string> const& permissions) {
    Scratch const scratch;
    auto const told = scratch.folder() / "token";
    std::vector<std::string> command{program, "admin",  "token",         "make",
                                     "bench", "--data", folder.string(), "--permission"};
    command.insert(command.end(), permissions.begin(), permissions.end());
    Child(command, told).wait();
    std::string token;
    std::getline(std::ifstream(told), token);
    if (token.empty()) throw std::runtime_error("no token was made");
    return token;
}

}  // namespace kula::bench
