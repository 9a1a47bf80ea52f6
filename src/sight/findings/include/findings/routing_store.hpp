#pragma once
/// @file
/// The stored rules of who is told of what: one record, replaced as a whole. All members are safe from any thread;
/// `unavailable` wherever the database does not answer.

#include <cstdint>
#include <memory>
#include <optional>

#include "base/actor.hpp"
#include "base/clock.hpp"
#include "base/result.hpp"
#include "findings/routing.hpp"
#include "journal/journal.hpp"
#include "storage/database.hpp"

namespace kula::findings {

struct StoredRouting {
    RoutingContent content{};
    std::int64_t version = 0;  ///< 0 until they were changed for the first time: the shipped ones.
    std::optional<base::Instant> changed_at{};
};

class RoutingStore {
public:
    /// Behind `Findings::open`, which makes the tables. All outlive it.
    RoutingStore(storage::Database& database, journal::Journal& journal, base::Clock const& clock)
        : database_(database), journal_(journal), clock_(clock) {}

    [[nodiscard]] base::Result<StoredRouting> stored() const;
    /// The same content is no change. `invalid` names all that is wrong; `conflict` when `version` is no longer the
    /// stored one.
    base::Result<StoredRouting> replace(std::int64_t version, RoutingContent content, base::Actor const& actor);

private:
    storage::Database& database_;
    journal::Journal& journal_;
    base::Clock const& clock_;
};

}  // namespace kula::findings
