// PostgreSQL's COPY over libpq (PostgreSQL 15, §34.10).

#include "dialect.hpp"
#include "postgresql_handle.hpp"

namespace kula::storage::postgresql {
namespace {

[[noreturn]] void throw_error(PGconn* connection, PGresult const* result) {
    char const* const state = result != nullptr ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : nullptr;
    throw soci::postgresql_soci_error(result != nullptr ? PQresultErrorMessage(result) : PQerrorMessage(connection),
                                      state != nullptr ? state : "08006");
}

/// The end of a COPY: its rows, or what went wrong.
std::int64_t finish(PGconn* connection) {
    ResultPointer const result(PQgetResult(connection));
    if (PQresultStatus(result.get()) != PGRES_COMMAND_OK) throw_error(connection, result.get());
    std::string const count = PQcmdTuples(result.get());
    while (ResultPointer(PQgetResult(connection))) {
    }
    return count.empty() ? 0 : std::stoll(count);
}

void begin(PGconn* connection, std::string const& sql, ExecStatusType expected) {
    ResultPointer const result(PQexec(connection, sql.c_str()));
    if (PQresultStatus(result.get()) != expected) throw_error(connection, result.get());
}

struct FreeBuffer {
    void operator()(char* buffer) const { PQfreemem(buffer); }
};

}  // namespace

std::int64_t copy_out(soci::session& session, std::string const& sql,
                      std::function<void(std::string_view)> const& take) {
    auto* const connection = handle(session);
    begin(connection, sql, PGRES_COPY_OUT);
    while (true) {
        char* buffer = nullptr;
        auto const size = PQgetCopyData(connection, &buffer, 0);
        std::unique_ptr<char, FreeBuffer> const line(buffer);
        if (size == -1) return finish(connection);
        if (size < 0) throw_error(connection, nullptr);
        take(std::string_view(buffer, static_cast<std::size_t>(size)));
    }
}

void copy_in_begin(soci::session& session, std::string const& sql) { begin(handle(session), sql, PGRES_COPY_IN); }

void copy_in_add(soci::session& session, std::string_view text) {
    auto* const connection = handle(session);
    if (PQputCopyData(connection, text.data(), static_cast<int>(text.size())) != 1) throw_error(connection, nullptr);
}

std::int64_t copy_in_end(soci::session& session) {
    auto* const connection = handle(session);
    if (PQputCopyEnd(connection, nullptr) != 1) throw_error(connection, nullptr);
    return finish(connection);
}

}  // namespace kula::storage::postgresql
