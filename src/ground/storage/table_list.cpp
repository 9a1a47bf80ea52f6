#include "table_list.hpp"

#include <algorithm>

#include "base/must.hpp"
#include "failed.hpp"

namespace kula::storage {
namespace {

/// The types that scripts may use (`storage/migration.hpp`), as either database names them.
ColumnType type_of(std::string const& declared, std::string const& table, std::string const& column) {
    if (declared == "text") return ColumnType::text;
    if (declared == "bigint" || declared == "integer") return ColumnType::integer;
    if (declared == "double precision") return ColumnType::real;
    throw Failed(base::invalid("column " + column + " of table " + table + " is of type " + declared +
                               ": the table is none of Kula's"));
}

bool is_sqlite(Session const& session) { return session.dialect() == Dialect::sqlite; }

void add_columns(Session const& session, TableShape& table) {
    auto const* const sql =
        is_sqlite(session)
            ? "select name, lower(type) from pragma_table_info(?) order by cid"
            : "select cast(a.attname as text), format_type(a.atttypid, a.atttypmod) from pg_attribute a join pg_class c "
              "on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace where n.nspname = current_schema() "
              "and c.relname = cast(? as text) and a.attnum > 0 and not a.attisdropped order by a.attnum";
    session.each<std::string, std::string>(
        [&table](std::string const& name, std::string const& type) {
            table.columns.push_back(name);
            table.types.push_back(type_of(type, table.name, name));
        },
        sql, table.name);
}

void add_references(Session const& session, TableShape& table) {
    table.refers_to = session.column<std::string>(
        is_sqlite(session)
            ? "select distinct \"table\" from pragma_foreign_key_list(?)"
            : "select distinct cast(f.relname as text) from pg_constraint k join pg_class c on c.oid = k.conrelid join "
              "pg_class f on f.oid = k.confrelid join pg_namespace n on n.oid = c.relnamespace where n.nspname = "
              "current_schema() and c.relname = cast(? as text) and k.contype = 'f'",
        table.name);
    std::erase(table.refers_to, table.name);
}

}  // namespace

std::vector<std::string> table_names(Session const& session) {
    return session.column<std::string>(
        is_sqlite(session)
            ? "select name from sqlite_master where type = 'table' and name not like 'sqlite\\_%' "
              "escape '\\' order by name"
            : "select cast(c.relname as text) from pg_class c join pg_namespace n on n.oid = "
              "c.relnamespace where n.nspname = current_schema() and c.relkind in ('r', 'p') order by 1");
}

std::vector<TableShape> table_list(Session const& session) {
    std::vector<TableShape> waiting;
    for (auto const& name : table_names(session)) {
        TableShape table{name};
        add_columns(session, table);
        add_references(session, table);
        waiting.push_back(std::move(table));
    }
    std::vector<TableShape> out;
    while (!waiting.empty()) {
        auto const is_waiting = [&waiting](std::string const& name) {
            return std::any_of(waiting.begin(), waiting.end(),
                               [&](TableShape const& other) { return other.name == name; });
        };
        auto const next = std::find_if(waiting.begin(), waiting.end(), [&](TableShape const& table) {
            return std::none_of(table.refers_to.begin(), table.refers_to.end(), is_waiting);
        });
        base::must(next != waiting.end(), "tables do not refer to each other in a circle");
        out.push_back(std::move(*next));
        waiting.erase(next);
    }
    return out;
}

std::string quoted_names(std::vector<std::string> const& names) {
    std::string out;
    for (auto const& name : names) {
        if (!out.empty()) out += ", ";
        out += '"';
        for (char const c : name) out += c == '"' ? std::string("\"\"") : std::string(1, c);
        out += '"';
    }
    return out;
}

}  // namespace kula::storage
