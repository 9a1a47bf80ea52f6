#pragma once
/// @file
/// What lies below SOCI: libpq's connection and results.

#include <soci/postgresql/soci-postgresql.h>

#include <memory>

namespace kula::storage::postgresql {

inline PGconn* handle(soci::session& session) {
    return static_cast<soci::postgresql_session_backend*>(session.get_backend())->conn_;
}

struct ClearResult {
    void operator()(PGresult* result) const { PQclear(result); }
};
using ResultPointer = std::unique_ptr<PGresult, ClearResult>;

}  // namespace kula::storage::postgresql
