#pragma once
/// @file
/// What every stored record carries, from the first table on: whose it is, its marking, where it comes from, and who
/// made and changed it when. Columns of the same names stand in every table (docs/decisions/0004).

#include <cstdint>
#include <string>

#include "base/id.hpp"
#include "base/instant.hpp"
#include "base/marking.hpp"

namespace kula::base {

/// The organisation that owns records: the team itself, or a sector CSIRT with a view of its own.
struct Owner;

struct Record {
    Id<Owner> owner;         ///< Column `owner`. The nil id is the national team itself.
    Marking marking;         ///< Columns `tlp`, `pap`.
    std::string lineage;     ///< Column `lineage`: what it was derived from, `kind:id` (`import:…`, `exporter:…`).
    Instant created_at;      ///< Column `created_at`, microseconds UTC.
    std::string created_by;  ///< Column `created_by`: an actor, `system:collect`, `import:<source>`.
    Instant changed_at;      ///< Column `changed_at`.
    std::string changed_by;  ///< Column `changed_by`.
    std::int64_t version = 1;  ///< Column `version`: rises with every change; the API's ETag.
};

}  // namespace kula::base
