#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "connection.hpp"
#include "copy_text.hpp"
#include "data_folder.hpp"
#include "endpoint.hpp"
#include "faults.hpp"
#include "run_migrations.hpp"
#include "storage/copying.hpp"
#include "table_list.hpp"

namespace kula::storage {
namespace {

/// Rows in one transaction of SQLite: its write-ahead file stays small. The folder counts only when all is in.
constexpr std::int64_t rows_a_transaction = 50'000;

constexpr char const* lock_name = "kula.lock";

base::Result<void> empty_folder(std::filesystem::path const& folder) {
    std::error_code fault;
    for (std::filesystem::directory_iterator entry(folder, fault);
         !fault && entry != std::filesystem::directory_iterator(); entry.increment(fault)) {
        if (entry->path().filename() != lock_name) std::filesystem::remove_all(entry->path(), fault);
    }
    if (fault) return base::unavailable(folder.string() + " cannot be emptied: " + fault.message());
    return {};
}

class OpenRefill : public Refill {
public:
    OpenRefill(Endpoint const& endpoint, DataFolder folder)
        : folder_(std::move(folder)), connection_(endpoint, Access::write) {}

    base::Result<void> make_tables(std::span<AppliedScript const> applied, std::span<Migrations const> rooms,
                                   base::Clock const& clock) {
        return caught([&] {
            begin_transaction();
            Session session(connection_);
            make_register(session);
            for (auto const& room : rooms) {
                for (auto const& script : room.scripts) {
                    auto const has_run = std::any_of(applied.begin(), applied.end(), [&](AppliedScript const& known) {
                        return known.room == room.room && known.name == script.name;
                    });
                    if (has_run) run_script(session, room.room, script, clock);
                }
            }
            // Scripts write first rows; they are in the text as well.
            shapes_ = table_list(session);
            for (auto table = shapes_.rbegin(); table != shapes_.rend(); ++table)
                session.execute("delete from " + quoted_names({table->name}));
        });
    }

    base::Result<void> begin(CopiedTable const& table) override {
        auto const shape = std::find_if(shapes_.begin(), shapes_.end(),
                                        [&table](TableShape const& known) { return known.name == table.name; });
        if (shape == shapes_.end()) return base::invalid("the schema has no table " + table.name);
        types_.clear();
        for (auto const& column : table.columns) {
            auto const found = std::find(shape->columns.begin(), shape->columns.end(), column);
            if (found == shape->columns.end()) return base::invalid("table " + table.name + " has no column " + column);
            types_.push_back(shape->types[static_cast<std::size_t>(found - shape->columns.begin())]);
        }
        name_ = table.name;
        rows_ = 0;
        line_.clear();
        return caught([&] { begin_table(quoted_names({table.name}), quoted_names(table.columns)); });
    }

    base::Result<void> add(std::string_view text) override {
        while (!text.empty()) {
            auto const end = text.find('\n');
            auto const length = end == std::string_view::npos ? text.size() : end;
            if (line_.size() + length > longest_row) return at_row("is longer than any row is");
            line_ += text.substr(0, length);
            if (end == std::string_view::npos) return {};
            auto row = parse_row(line_, types_);
            if (!row) return at_row(row.error().detail);
            if (auto const added = caught([&] { add_row(std::move(*row)); }); !added) return at_row(added.error());
            ++rows_;
            line_.clear();
            text.remove_prefix(end + 1);
        }
        return {};
    }

    base::Result<std::int64_t> end() override {
        if (!line_.empty()) return at_row("is not whole");
        if (auto const done = caught([&] { end_table(); }); !done) return at_row(done.error());
        return rows_;
    }

protected:
    virtual void begin_transaction() = 0;
    virtual void begin_table(std::string const& table, std::string const& columns) = 0;
    virtual void add_row(Cells row) = 0;
    virtual void end_table() = 0;

    Connection& connection() { return connection_; }
    std::size_t columns() const { return types_.size(); }
    std::int64_t rows() const { return rows_; }
    std::string const& line() const { return line_; }

private:
    base::Error at_row(std::string const& what) const {
        return base::invalid(fmt::format("table {}, row {}: {}", name_, rows_ + 1, what));
    }
    base::Error at_row(base::Error const& error) const {
        return {error.fault, fmt::format("table {}, about row {}: {}", name_, rows_ + 1, error.detail)};
    }

    DataFolder folder_;
    Connection connection_;
    std::vector<TableShape> shapes_;
    std::string name_;
    std::vector<ColumnType> types_;
    std::int64_t rows_ = 0;
    std::string line_;
};

class SqliteRefill final : public OpenRefill {
public:
    using OpenRefill::OpenRefill;

    base::Result<void> commit() override {
        return caught([&] {
            Session const session(connection());
            auto const broken = session.column<std::string>("select \"table\" from pragma_foreign_key_check limit 1");
            if (!broken.empty())
                throw Failed(base::invalid("table " + broken.front() + " refers to rows that are not there"));
            connection().commit();
        });
    }

private:
    void begin_transaction() override {
        connection().begin();
        connection().commit();
        // Rows of one table refer to later ones; checked at the end.
        connection().command("pragma foreign_keys = off");
        connection().begin();
    }
    void begin_table(std::string const& table, std::string const& names) override {
        std::string places;
        for (std::size_t i = 0; i < columns(); ++i) places += i == 0 ? "?" : ", ?";
        insert_ = fmt::format("insert into {} ({}) values ({})", table, names, places);
    }
    void add_row(Cells row) override {
        connection().execute(insert_, std::move(row));
        if ((rows() + 1) % rows_a_transaction != 0) return;
        connection().commit();
        connection().begin();
    }
    void end_table() override {}

    std::string insert_;
};

class PostgresqlRefill final : public OpenRefill {
public:
    using OpenRefill::OpenRefill;

    base::Result<void> commit() override {
        return caught([&] { connection().commit(); });
    }

private:
    void begin_transaction() override {
        connection().begin();
        Session const session(connection());
        auto const there = table_names(session);
        if (!there.empty()) {
            throw Failed(
                base::conflict(fmt::format("the PostgreSQL database is not empty: it holds {} tables, among them {}",
                                           there.size(), there.front())));
        }
    }
    void begin_table(std::string const& table, std::string const& names) override {
        connection().copy_in_begin(fmt::format("copy {} ({}) from stdin", table, names));
    }
    void add_row(Cells) override { connection().copy_in_add(line() + '\n'); }
    void end_table() override {
        if (connection().copy_in_end() != rows()) throw Failed(base::invalid("holds a mark that ends it early"));
    }
};

}  // namespace

base::Result<void> not_in_use(std::filesystem::path const& folder) {
    std::error_code fault;
    if (!std::filesystem::exists(folder / lock_name, fault)) return {};
    auto const owned = DataFolder::own(folder);
    if (!owned) return base::conflict(owned.error().detail);
    return {};
}

base::Result<std::unique_ptr<Refill>> Refill::open(DatabaseOptions const& options,
                                                   std::span<AppliedScript const> applied,
                                                   std::span<Migrations const> rooms, base::Clock const& clock) {
    if (auto const missing = missing_scripts(applied, rooms); !missing) return missing.error();
    auto const endpoint = endpoint_of(options);
    if (!endpoint) return endpoint.error();
    auto folder = DataFolder::own(options.folder);
    if (!folder) return folder.error();
    if (auto const emptied = empty_folder(options.folder); !emptied) return emptied.error();
    std::unique_ptr<OpenRefill> refill;
    if (endpoint->dialect == Dialect::sqlite)
        refill = std::make_unique<SqliteRefill>(*endpoint, std::move(*folder));
    else
        refill = std::make_unique<PostgresqlRefill>(*endpoint, std::move(*folder));
    if (auto const made = refill->make_tables(applied, rooms, clock); !made) return made.error();
    return std::unique_ptr<Refill>(std::move(refill));
}

}  // namespace kula::storage
