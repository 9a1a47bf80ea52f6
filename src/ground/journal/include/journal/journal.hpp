#pragma once
/// @file
/// The trail: who changed what, when, from where, what was before and after, and why; one entry in the same transaction
/// as the change itself. Hash-chained, so that an altered, removed or re-ordered entry is found by anyone who holds a
/// checkpoint.
///
/// Entry n's hash covers its sequence number, moment, actor, deed, subject, the salted digest of its payload (origin,
/// why, before, after) and the hash of entry n-1. The payload stands apart and can be erased (law on personal data)
/// without breaking the chain. docs/journal-format.md tells it byte by byte. All members are safe from any thread.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/actor.hpp"
#include "base/clock.hpp"
#include "base/result.hpp"
#include "journal/checkpoint.hpp"
#include "storage/database.hpp"

namespace kula::journal {

/// Bytes of `Fact::before` and of `Fact::after`.
constexpr std::size_t longest_state = 1 << 20;

/// One change or one read that is to be accounted for. Beyond its bounds is a bug: `std::logic_error`.
struct Fact {
    std::string deed;      ///< `organisation.changed`: noun and past participle, 1 to 64 bytes of visible ASCII.
    std::string subject;   ///< `organisation:<id>`: kind and identity, 1 to 200 bytes of visible ASCII.
    std::string before{};  ///< JSON; empty where there was nothing, or where it is not told.
    std::string after{};   ///< JSON; empty where nothing is left.
};

struct Entry {
    std::int64_t sequence = 0;  ///< From 1, without a gap.
    base::Instant at{};
    std::string actor{};
    Fact fact{};
    std::string origin{}, why{};
    bool is_erased = false;  ///< Its payload (origin, why, before, after) was erased.
    std::string hash{};      ///< Hexadecimal SHA-256.
};

enum class EntryOrder : std::uint8_t { newest_first, oldest_first };

struct EntryQuery {
    std::optional<std::string> subject{};  ///< Exactly; or a kind, where it ends in `:`.
    std::optional<std::string> actor{};
    std::optional<std::string> deed{};          ///< Exactly; or a noun, where it ends in `.`.
    std::optional<base::Instant> from{}, to{};  ///< `from` included, `to` not.
    EntryOrder order = EntryOrder::newest_first;
    std::string cursor{};    ///< `next` of the page before; empty for the first one.
    std::size_t limit = 50;  ///< 1 to 1,000.
};

struct EntryPage {
    std::vector<Entry> items{};  ///< In the order that was asked for.
    std::string next{};          ///< Empty on the last page.
};

class Journal {
public:
    /// Brings the tables up to date. The database and the clock outlive the journal.
    static base::Result<std::unique_ptr<Journal>> open(storage::Database& database, base::Clock const& clock);
    ~Journal();
    Journal(Journal const&) = delete;
    Journal& operator=(Journal const&) = delete;

    /// Writes an entry in the unit of work of the change; both are kept or neither. Yields its sequence number.
    /// `actor.name` is 1 to 200 bytes, `origin` at most 200, `why` at most 1,000; beyond is a bug. Takes the chain's
    /// lock until the commit (PostgreSQL), so that sequence numbers commit in order. Bulk work appends one entry for
    /// the batch.
    std::int64_t append(storage::Session& session, base::Actor const& actor, Fact const& fact);
    /// The same in a unit of its own: for a read that is to be accounted for.
    base::Result<std::int64_t> record(base::Actor const& actor, Fact const& fact);

    /// Removes the payload of an entry for good and appends the fact `journal.erased` about `journal:<sequence>`; the
    /// chain holds on. Nothing happens where it was erased before. `not_found` where there is no such entry.
    base::Result<void> erase(std::int64_t sequence, base::Actor const& actor);

    /// `invalid` for a cursor of another query, a filter beyond 200 bytes or a limit out of bounds.
    [[nodiscard]] base::Result<EntryPage> list(EntryQuery const& query) const;
    /// Where the chain stands now; sequence 0 while it is empty.
    [[nodiscard]] base::Result<Head> head() const;
    /// Walks the whole chain as it is at this moment, in bounded memory, and holds it against the checkpoint where one
    /// is given. Goes on after a break, so that separate faults are each found.
    [[nodiscard]] base::Result<Verification> verify(std::optional<Checkpoint> const& checkpoint) const;

private:
    struct State;
    explicit Journal(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace kula::journal
