#pragma once
/// @file
/// What the parts of the store share. Inside the room.

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "indicators/store.hpp"
#include "kept_totals.hpp"
#include "storage/session.hpp"

namespace kula::indicators {

/// Rows that one bulk unit of work writes; about a second at most.
inline constexpr std::size_t rows_in_unit = 20'000;
/// At most so many skipped lines are kept with a stored import.
inline constexpr std::size_t skipped_in_record = 100;

struct StoreState {
    storage::Database& database;
    journal::Journal& journal;
    base::Clock const& clock;
    DecayTable const& decay;
    std::mutex bulk{};  ///< One import, reflagging or refresh at a time.
    mutable std::mutex lists{};
    std::shared_ptr<Warninglists const> warninglists = std::make_shared<Warninglists const>();
    std::vector<std::function<void()>> listeners{};
    mutable KeptTotals totals{};

    void tell() const {
        totals.forget();
        for (auto const& listener : listeners) listener();
    }
    [[nodiscard]] std::shared_ptr<Warninglists const> current_lists() const {
        std::lock_guard const lock(lists);
        return warninglists;
    }
};

/// Hexadecimal, so that it sorts alike on every database: addresses by number, AS numbers by number, names by byte.
std::string sort_key_of(Value const& value);

/// From `indicator_source` into `indicator`, for the indicators that `condition` (on `id`) tells.
std::string summarise_sql(std::string_view condition);

/// 0 to 100, rounded.
Confidence effective_confidence(Confidence confidence, base::Instant last_seen, Decay const& decay, base::Instant now);

}  // namespace kula::indicators
