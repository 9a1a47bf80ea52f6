#pragma once
/// @file
/// The entries of the trail as an outbox: a change and its fact are one transaction, so nothing that was changed goes
/// untold. Each subscriber has a cursor of its own, and its dead letters; both stand apart from the chain.
///
/// Delivery is at least once: what was handed out and not confirmed is handed out again. An entry has its sequence
/// number as identity, so handlers can be idempotent by it. All members are safe from any thread; one thread delivers
/// to one subscriber.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "journal/journal.hpp"
#include "storage/database.hpp"

namespace kula::journal {

/// An entry that a subscriber could not handle.
struct DeadLetter {
    std::string subscriber{};
    std::int64_t sequence = 0;
    std::string reason{};  ///< At most 500 bytes; longer ones are cut.
    base::Instant at{};    ///< When it was given up.
};

class Outbox {
public:
    /// After `Journal::open`, which brings the tables. The database and the clock outlive the outbox.
    Outbox(storage::Database& database, base::Clock const& clock) : database_(&database), clock_(&clock) {}

    /// Entries behind the subscriber's cursor, oldest first, 1 to 1,000; from the first entry on where it never
    /// confirmed one. An entry whose payload was erased meanwhile comes without it.
    [[nodiscard]] base::Result<std::vector<Entry>> next(std::string_view subscriber, std::size_t limit) const;
    /// All up to `sequence` is handled. Never moves the cursor back.
    base::Result<void> confirm(std::string_view subscriber, std::int64_t sequence);
    /// Gives one entry up: it is kept as a dead letter, and the cursor moves behind it.
    base::Result<void> bury(std::string_view subscriber, std::int64_t sequence, std::string_view reason);
    /// The newest 1,000.
    [[nodiscard]] base::Result<std::vector<DeadLetter>> dead_letters() const;

private:
    storage::Database* database_;
    base::Clock const* clock_;
};

}  // namespace kula::journal
