#include "run_migrations.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>

#include "base/must.hpp"
#include "sql_text.hpp"
#include "storage/digest.hpp"
#include "table_list.hpp"

namespace kula::storage {
namespace {

using Known = std::map<std::string, std::string, std::less<>>;  // name → checksum

std::string checksum(std::string_view text) {
    std::string out;
    for (auto const byte : sha256(text)) out += fmt::format("{:02x}", byte);
    return out;
}

std::string unknown(std::string_view room, std::string_view name) {
    return fmt::format(
        "the database holds migration {} of {}, which this program does not know: it was last used by a newer Kula",
        name, room);
}

Known known_of(Session const& session, std::string_view room) {
    Known known;
    session.each<std::string, std::string>(
        [&known](std::string const& name, std::string const& sum) { known[name] = sum; },
        "select name, checksum from schema_migration where room = ?", room);
    return known;
}

base::Result<void> compare(Known const& known, Migrations const& migrations) {
    for (auto const& [name, sum] : known) {
        auto const script = std::find_if(migrations.scripts.begin(), migrations.scripts.end(),
                                         [&name = name](Migration const& migration) { return migration.name == name; });
        if (script == migrations.scripts.end()) {
            return base::conflict(unknown(migrations.room, name));
        }
        if (checksum(script->sql) != sum) {
            return base::conflict(fmt::format("migration {} of {} has been changed since it ran on this database", name,
                                              migrations.room));
        }
    }
    for (auto const& script : migrations.scripts) {
        if (known.find(script.name) == known.end() && !known.empty() && script.name < known.rbegin()->first) {
            return base::conflict(fmt::format("migration {} of {} is older than one that has run on this database",
                                              script.name, migrations.room));
        }
    }
    return {};
}

Known known_of(std::span<AppliedScript const> applied, std::string_view room) {
    Known known;
    for (auto const& script : applied) {
        if (script.room == room) known[script.name] = script.checksum;
    }
    return known;
}

}  // namespace

void make_register(Session& session) {
    // Several processes may start on one PostgreSQL database; whoever comes second waits and finds the work done.
    if (session.dialect() == Dialect::postgresql) {
        (void)session.row<std::int64_t>("select count(*) from (select pg_advisory_xact_lock(7203471)) as locked");
    }
    session.execute(
        "create table if not exists schema_migration (room text not null, name text not null, checksum text not null, "
        "applied_at bigint not null, primary key (room, name))");
}

void run_script(Session& session, std::string_view room, Migration const& script, base::Clock const& clock) {
    make_register(session);
    if (known_of(session, room).count(std::string(script.name)) > 0) return;
    for (auto const& statement : split_statements(script.sql)) session.execute(statement);
    session.execute("insert into schema_migration (room, name, checksum, applied_at) values (?, ?, ?, ?)", room,
                    script.name, checksum(script.sql), clock.now());
}

std::vector<AppliedScript> applied_scripts(Session const& session) {
    auto const tables = table_names(session);
    std::vector<AppliedScript> out;
    if (std::find(tables.begin(), tables.end(), "schema_migration") == tables.end()) return out;
    session.each<std::string, std::string, std::string>(
        [&out](std::string const& room, std::string const& name, std::string const& sum) {
            out.push_back({room, name, sum});
        },
        "select room, name, checksum from schema_migration order by room, name");
    return out;
}

base::Result<std::vector<ScriptName>> missing_scripts(std::span<AppliedScript const> applied,
                                                      std::span<Migrations const> rooms) {
    for (auto const& script : applied) {
        auto const is_known = std::any_of(rooms.begin(), rooms.end(),
                                          [&script](Migrations const& room) { return room.room == script.room; });
        if (!is_known) return base::conflict(unknown(script.room, script.name));
    }
    std::vector<ScriptName> out;
    for (auto const& room : rooms) {
        auto const known = known_of(applied, room.room);
        if (auto const same = compare(known, room); !same) return same.error();
        for (auto const& script : room.scripts) {
            if (known.find(script.name) == known.end())
                out.push_back({std::string(room.room), std::string(script.name)});
        }
    }
    return out;
}

base::Result<void> run_migrations(Database& database, Migrations const& migrations, base::Clock const& clock) {
    auto const is_earlier = [](Migration const& a, Migration const& b) { return a.name < b.name; };
    base::must(std::is_sorted(migrations.scripts.begin(), migrations.scripts.end(), is_earlier),
               "scripts stand in order");
    auto const known = database.write(Priority::interactive, [&](Session& session) {
        make_register(session);
        return known_of(session, migrations.room);
    });
    if (known.has_error()) return known.error();
    if (auto const same = compare(*known, migrations); same.has_error()) return same;
    for (auto const& script : migrations.scripts) {
        if (known->find(script.name) != known->end()) continue;
        auto const ran = database.write(Priority::interactive,
                                        [&](Session& session) { run_script(session, migrations.room, script, clock); });
        if (ran.has_error()) return ran;
    }
    return {};
}

}  // namespace kula::storage
