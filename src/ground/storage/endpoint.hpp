#pragma once
// Where the options say that the database is.

#include "base/result.hpp"
#include "connection.hpp"
#include "storage/database.hpp"

namespace kula::storage {

/// `invalid` for a URL that cannot be read, or a folder whose name SQLite could not be told.
base::Result<Endpoint> endpoint_of(DatabaseOptions const& options);

}  // namespace kula::storage
