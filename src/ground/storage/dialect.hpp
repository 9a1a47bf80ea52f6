#pragma once
// What differs between the two databases, below SOCI: opening, telling faults apart, transactions, bulk.

#include <soci/soci.h>

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "connection.hpp"

namespace kula::storage {

/// A database error in our terms.
struct Trouble {
    base::Error error;
    bool is_bug = false;              ///< Faulty SQL: ours, not the caller's or the machine's.
    bool is_connection_lost = false;  ///< Only a new connection helps.
    bool is_plan_stale = false;       ///< Prepared statements are to be prepared anew.
};

namespace sqlite {
std::unique_ptr<soci::session> open(std::string const& file, Access access);
Trouble trouble(soci::soci_error const& error, soci::session& session);
bool is_in_transaction(soci::session& session);
void release_pages(soci::session& session, std::int64_t pages);
}  // namespace sqlite

namespace postgresql {
/// `invalid` unless libpq can read it; adds time-outs where the URL has none.
base::Result<std::string> complete_url(std::string const& url);
std::unique_ptr<soci::session> open(std::string const& url, Access access);
Trouble trouble(soci::soci_error const& error, soci::session& session);
bool is_in_transaction(soci::session& session);

void prepare(soci::session& session, std::string const& name, std::string const& sql);
/// Runs the prepared statement for every row in one pipeline; rows changed. Fails with what the first bad row met.
struct Pipelined {
    std::int64_t changed = 0;
    bool failed = false;
    Trouble trouble{};
};
Pipelined pipeline(soci::session& session, std::string const& name, std::vector<Cells> const& rows);

/// `copy … to stdout`: hands on row by row; how many there were.
std::int64_t copy_out(soci::session& session, std::string const& sql,
                      std::function<void(std::string_view)> const& take);
/// `copy … from stdin`: text in pieces of at most 1 GiB, then how many rows it made.
void copy_in_begin(soci::session& session, std::string const& sql);
void copy_in_add(soci::session& session, std::string_view text);
std::int64_t copy_in_end(soci::session& session);
}  // namespace postgresql

/// The first line: what follows may quote stored values, which do not belong in logs.
std::string first_line(std::string const& message);

}  // namespace kula::storage
