#pragma once
/// @file
/// Pages of the trail.

#include "journal/journal.hpp"

namespace kula::journal {

base::Result<EntryPage> list_entries(storage::Session const& session, EntryQuery const& query);

}  // namespace kula::journal
