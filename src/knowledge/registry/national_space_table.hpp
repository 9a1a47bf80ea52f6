#pragma once
// SQL of the table national_space.

#include "registry/registry.hpp"
#include "storage/session.hpp"

namespace kula::registry::national_space_table {

StoredNationalSpace read(storage::Session const& session);
void write(storage::Session& session, StoredNationalSpace const& space, base::Record const& record);

}  // namespace kula::registry::national_space_table
