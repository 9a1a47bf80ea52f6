#pragma once
/// @file
/// The tables of the chain: `journal_entry`, `journal_payload`, `journal_head`.

#include <optional>
#include <string>
#include <vector>

#include "chain.hpp"
#include "journal/journal.hpp"

namespace kula::journal {

/// One entry with all that stands in its rows.
struct StoredEntry {
    Link link{};
    std::string hash{};
    std::string deed_noun{}, subject_kind{};
    std::optional<Payload> payload{};  ///< None: erased.
};

enum class Lock { none, until_commit };
/// None where the row is gone, which no code of ours does.
std::optional<Head> read_head(storage::Session const& session, Lock lock);
/// The entry and the new head.
void write_entry(storage::Session& session, StoredEntry const& entry);

/// Entries behind `sequence`, oldest first.
std::vector<StoredEntry> entries_after(storage::Session const& session, std::int64_t sequence, std::size_t limit);
/// Entries under a `where` clause (empty, or from `storage::Where`).
std::vector<StoredEntry> entries_where(storage::Session const& session, std::string const& where,
                                       storage::Arguments const& arguments, EntryOrder order, std::size_t limit);

Entry to_entry(StoredEntry stored);

}  // namespace kula::journal
