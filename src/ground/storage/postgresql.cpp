#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "dialect.hpp"
#include "postgresql_handle.hpp"

namespace kula::storage::postgresql {
namespace {

bool starts_with(std::string_view text, std::string_view with) { return text.substr(0, with.size()) == with; }

/// PostgreSQL 15, Appendix A: classes of SQLSTATE.
Trouble by_state(std::string_view state, std::string const& message, bool is_connected) {
    auto const detail = fmt::format("PostgreSQL {}: {}", state, first_line(message));
    auto const is_any = [state](auto const&... classes) { return (starts_with(state, classes) || ...); };
    if (!is_connected || is_any("08", "57P")) return {base::unavailable(detail), false, true};
    if (is_any("23505", "23503", "23P01")) return {base::conflict(detail)};
    if (is_any("22", "23", "54")) return {base::invalid(detail)};
    if (is_any("0A000")) return {base::unavailable(detail), false, false, true};
    if (is_any("42", "25P", "0A", "34", "26", "3F")) return {base::invalid(detail), true};
    return {base::unavailable(detail)};
}

Trouble by_result(PGconn* connection, PGresult const* result) {
    char const* const state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    char const* const text = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    return by_state(state != nullptr ? state : "", text != nullptr ? text : PQerrorMessage(connection),
                    PQstatus(connection) == CONNECTION_OK);
}

[[noreturn]] void throw_last_error(PGconn* connection) {
    throw soci::postgresql_soci_error(PQerrorMessage(connection), "08006");
}

std::string parameter(Cell const& cell) {
    switch (cell.type) {
        case ColumnType::integer: return std::to_string(cell.integer);
        case ColumnType::real: return fmt::format("{}", cell.real);
        case ColumnType::text: break;
    }
    return cell.text;
}

void send_row(PGconn* connection, std::string const& name, Cells const& row) {
    std::vector<std::string> texts;
    std::vector<char const*> values;
    texts.reserve(row.size());
    for (auto const& cell : row) texts.push_back(parameter(cell));
    for (std::size_t i = 0; i < row.size(); ++i) values.push_back(row[i].is_null ? nullptr : texts[i].c_str());
    if (PQsendQueryPrepared(connection, name.c_str(), static_cast<int>(row.size()), values.data(), nullptr, nullptr,
                            0) != 1) {
        throw_last_error(connection);
    }
}

}  // namespace

base::Result<std::string> complete_url(std::string const& url) {
    std::unique_ptr<PQconninfoOption, void (*)(PQconninfoOption*)> const options(PQconninfoParse(url.c_str(), nullptr),
                                                                                 PQconninfoFree);
    bool const is_url = starts_with(url, "postgresql://") || starts_with(url, "postgres://");
    if (!options || !is_url) return base::invalid("the database is not named by a postgresql:// URL that can be read");
    auto const is_set = [&options](std::string_view keyword) {
        for (auto const* option = options.get(); option->keyword != nullptr; ++option) {
            if (keyword == option->keyword) return option->val != nullptr;
        }
        return false;
    };
    static constexpr std::array<std::pair<char const*, char const*>, 3> defaults{
        {{"connect_timeout", "5"}, {"tcp_user_timeout", "15000"}, {"application_name", "kula"}}};
    std::string out = url;
    for (auto const& [keyword, value] : defaults) {
        if (is_set(keyword)) continue;
        out += out.find('?') == std::string::npos ? '?' : '&';
        out.append(keyword).append("=").append(value);
    }
    return out;
}

std::unique_ptr<soci::session> open(std::string const& url, Access access) {
    auto session = std::make_unique<soci::session>(soci::postgresql, url);
    PQsetNoticeProcessor(
        handle(*session), [](void*, char const*) {}, nullptr);  // libpq's default writes to stderr.
    if (access == Access::read) {
        *session << "set session characteristics as transaction isolation level repeatable read, read only";
    }
    return session;
}

Trouble trouble(soci::soci_error const& error, soci::session& session) {
    auto const* known = dynamic_cast<soci::postgresql_soci_error const*>(&error);
    auto* const connection = handle(session);
    bool const is_connected = connection != nullptr && PQstatus(connection) == CONNECTION_OK;
    return by_state(known != nullptr ? known->sqlstate() : std::string(), error.get_error_message(), is_connected);
}

bool is_in_transaction(soci::session& session) {
    auto const status = PQtransactionStatus(handle(session));
    return status == PQTRANS_INTRANS || status == PQTRANS_INERROR || status == PQTRANS_ACTIVE;
}

void prepare(soci::session& session, std::string const& name, std::string const& sql) {
    auto* const connection = handle(session);
    ResultPointer const result(PQprepare(connection, name.c_str(), sql.c_str(), 0, nullptr));
    if (PQresultStatus(result.get()) == PGRES_COMMAND_OK) return;
    char const* const state = PQresultErrorField(result.get(), PG_DIAG_SQLSTATE);
    throw soci::postgresql_soci_error(PQresultErrorMessage(result.get()), state != nullptr ? state : "08006");
}

Pipelined pipeline(soci::session& session, std::string const& name, std::vector<Cells> const& rows) {
    auto* const connection = handle(session);
    if (PQenterPipelineMode(connection) != 1) throw_last_error(connection);
    for (auto const& row : rows) send_row(connection, name, row);
    if (PQpipelineSync(connection) != 1) throw_last_error(connection);
    Pipelined out;
    for (bool is_synchronous = false; !is_synchronous;) {
        ResultPointer const result(PQgetResult(connection));
        if (!result) {  // The end of one row's results, or of the connection.
            if (PQstatus(connection) != CONNECTION_OK) throw_last_error(connection);
            continue;
        }
        auto const status = PQresultStatus(result.get());
        is_synchronous = status == PGRES_PIPELINE_SYNC;
        if (status == PGRES_COMMAND_OK) {
            std::string const count = PQcmdTuples(result.get());
            if (!count.empty()) out.changed += std::stoll(count);
        } else if (status == PGRES_FATAL_ERROR && !out.failed) {
            out.failed = true;
            out.trouble = by_result(connection, result.get());
        }
        if (status == PGRES_FATAL_ERROR && PQstatus(connection) != CONNECTION_OK) throw_last_error(connection);
    }
    PQexitPipelineMode(connection);
    return out;
}

}  // namespace kula::storage::postgresql
