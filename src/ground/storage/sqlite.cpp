#include <soci/sqlite3/soci-sqlite3.h>

#include "dialect.hpp"

namespace kula::storage::sqlite {
namespace {

using namespace sqlite_api;

sqlite3* handle(soci::session& session) {
    return static_cast<soci::sqlite3_session_backend*>(session.get_backend())->conn_;
}

void set(soci::session& session, std::string const& pragma) {
    std::string answer;
    soci::indicator indicator = soci::i_ok;
    session << "pragma " + pragma, soci::into(answer, indicator);
}

std::string quoted(std::string const& file) { return '"' + file + '"'; }

}  // namespace

std::unique_ptr<soci::session> open(std::string const& file, Access access) {
    auto session = std::make_unique<soci::session>(soci::sqlite3, "dbname=" + quoted(file) + " timeout=5");
    if (access == Access::write) {
        set(*session, "auto_vacuum = incremental");  // Only takes before the first table; later it changes nothing.
        set(*session, "journal_mode = wal");
        set(*session, "synchronous = full");
        set(*session, "journal_size_limit = 67108864");
        set(*session, "cache_size = -32768");
    } else {
        set(*session, "query_only = on");
        set(*session, "cache_size = -16384");
    }
    set(*session, "foreign_keys = on");
    return session;
}

Trouble trouble(soci::soci_error const& error, soci::session& session) {
    auto const detail = "SQLite: " + first_line(error.get_error_message());
    auto const* known = dynamic_cast<soci::sqlite3_soci_error const*>(&error);
    int const code = known != nullptr ? known->result() & 0xff : SQLITE_ERROR;
    switch (code) {
        case SQLITE_CONSTRAINT: {
            int const kind = sqlite3_extended_errcode(handle(session));
            bool const is_taken = kind == SQLITE_CONSTRAINT_UNIQUE || kind == SQLITE_CONSTRAINT_PRIMARYKEY ||
                                  kind == SQLITE_CONSTRAINT_FOREIGNKEY;
            return {is_taken ? base::conflict(detail) : base::invalid(detail)};
        }
        case SQLITE_TOOBIG: return {base::invalid(detail)};
        case SQLITE_ERROR:
        case SQLITE_MISUSE:
        case SQLITE_RANGE:
        case SQLITE_MISMATCH: return {base::invalid(detail), true};
        default: return {base::unavailable(detail)};
    }
}

bool is_in_transaction(soci::session& session) { return sqlite3_get_autocommit(handle(session)) == 0; }

void release_pages(soci::session& session, std::int64_t pages) {
    // One step of the statement frees one page; `sqlite3_exec` steps to the end, SOCI's `once` would not.
    auto const sql = "pragma incremental_vacuum(" + std::to_string(pages) + ")";
    int const code = sqlite3_exec(handle(session), sql.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) throw soci::sqlite3_soci_error(sqlite3_errmsg(handle(session)), code);
}

}  // namespace kula::storage::sqlite
