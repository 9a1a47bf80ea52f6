#include "connection.hpp"

#include <stdexcept>

#include "base/must.hpp"
#include "dialect.hpp"
#include "sql_text.hpp"
#include "storage/text.hpp"

namespace kula::storage {

/// A statement whose places and columns point at the cells beside it.
struct Prepared {
    explicit Prepared(soci::session& session) : statement(session) {}

    soci::statement statement;
    Cells arguments{};
    Cells columns{};
    std::vector<soci::indicator> argument_indicators{};
    std::vector<soci::indicator> column_indicators{};
    bool is_running = false;  ///< A visitor that asks the same question again gets a statement of its own.
};

namespace {

constexpr std::size_t most_prepared = 256;

std::string key_of(std::string_view sql, Cells const& arguments, std::span<ColumnType const> types) {
    std::string key(sql);
    key += '\0';
    for (auto const& argument : arguments) key += static_cast<char>('0' + static_cast<int>(argument.type));
    key += '|';
    for (auto const type : types) key += static_cast<char>('0' + static_cast<int>(type));
    return key;
}

/// Calls with the cell's member of its type. SOCI's `use` and `into` hold references to temporaries: both must be made
/// and handed to the statement in one expression.
template <class Visitor>
void visit_value(Cell& cell, Visitor const& visitor) {
    switch (cell.type) {
        case ColumnType::integer: visitor(cell.integer); break;
        case ColumnType::real: visitor(cell.real); break;
        case ColumnType::text: visitor(cell.text); break;
    }
}

void check(Cells const& arguments) {
    for (auto const& argument : arguments) {
        if (argument.type == ColumnType::text && !is_storable_text(argument.text)) {
            throw Failed(base::invalid("a text is not UTF-8 or holds a NUL"));
        }
    }
}

void assign(Prepared& prepared, Cells& arguments) {
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        auto& to = prepared.arguments[i];
        to.integer = arguments[i].integer;
        to.real = arguments[i].real;
        to.text.swap(arguments[i].text);
        prepared.argument_indicators[i] = arguments[i].is_null ? soci::i_null : soci::i_ok;
    }
}

class Running {
public:
    explicit Running(Prepared& prepared) : prepared_(prepared) { prepared_.is_running = true; }
    ~Running() { prepared_.is_running = false; }
    Running(Running const&) = delete;
    Running& operator=(Running const&) = delete;

private:
    Prepared& prepared_;
};

}  // namespace

std::string first_line(std::string const& message) { return message.substr(0, message.find_first_of("\r\n")); }

Connection::Connection(Endpoint endpoint, Access access) : endpoint_(std::move(endpoint)), access_(access) {}
Connection::~Connection() { disconnect(); }

void Connection::raise(Trouble const& trouble) {
    if (trouble.is_connection_lost) is_lost_ = true;
    if (trouble.is_plan_stale) {
        prepared_.clear();
        pipelined_.clear();
    }
    if (trouble.is_bug) throw std::logic_error("faulty SQL: " + trouble.error.detail);
    throw Failed(trouble.error);
}

void Connection::raise(soci::soci_error const& error) {
    raise(dialect() == Dialect::sqlite ? sqlite::trouble(error, *session_) : postgresql::trouble(error, *session_));
}

template <class Call>
auto Connection::guarded(Call const& call) {
    if (!session_ || is_lost_) throw Failed(base::unavailable("the connection to the database is lost"));
    try {
        return call();
    } catch (soci::soci_error const& error) {
        raise(error);
    }
}

void Connection::connect() {
    if (session_ && !is_lost_) return;
    disconnect();
    try {
        session_ = dialect() == Dialect::sqlite ? sqlite::open(endpoint_.target, access_)
                                                : postgresql::open(endpoint_.target, access_);
        is_lost_ = false;
    } catch (soci::soci_error const& error) {
        throw Failed(base::unavailable("the database cannot be opened: " + first_line(error.get_error_message())));
    }
}

void Connection::disconnect() noexcept {
    prepared_.clear();
    pipelined_.clear();
    session_.reset();
}

void Connection::begin() {
    bool const was_connected = session_ && !is_lost_;
    connect();
    auto const* const sql = dialect() == Dialect::sqlite && access_ == Access::write ? "begin immediate" : "begin";
    try {
        command(sql);
    } catch (Failed const&) {
        if (!was_connected || !is_lost_) throw;
        connect();  // The server went away since the last call and may be back.
        command(sql);
    }
}

void Connection::commit() { command("commit"); }

void Connection::roll_back() noexcept {
    try {
        if (is_in_transaction()) command("rollback");
    } catch (std::exception const&) {
        is_lost_ = true;
    }
}

bool Connection::is_in_transaction() const {
    if (!session_ || is_lost_) return false;
    return dialect() == Dialect::sqlite ? sqlite::is_in_transaction(*session_)
                                        : postgresql::is_in_transaction(*session_);
}

void Connection::command(std::string const& sql) {
    guarded([&] { *session_ << sql; });
}

void Connection::release_pages(std::int64_t pages) {
    guarded([&] { sqlite::release_pages(*session_, pages); });
}

std::int64_t Connection::copy_out(std::string const& sql, std::function<void(std::string_view)> const& take) {
    return guarded([&] { return postgresql::copy_out(*session_, sql, take); });
}

void Connection::copy_in_begin(std::string const& sql) {
    guarded([&] { postgresql::copy_in_begin(*session_, sql); });
}

void Connection::copy_in_add(std::string_view text) {
    guarded([&] { postgresql::copy_in_add(*session_, text); });
}

std::int64_t Connection::copy_in_end() {
    return guarded([&] { return postgresql::copy_in_end(*session_); });
}

std::shared_ptr<Prepared> Connection::prepared(std::string_view sql, Cells const& arguments,
                                               std::span<ColumnType const> types) {
    auto key = key_of(sql, arguments, types);
    if (auto const found = prepared_.find(key); found != prepared_.end() && !found->second->is_running) {
        return found->second;
    }
    auto made = std::make_shared<Prepared>(*session_);
    made->arguments = arguments;
    made->argument_indicators.assign(arguments.size(), soci::i_ok);
    made->column_indicators.assign(types.size(), soci::i_ok);
    for (auto const type : types) made->columns.push_back(Cell::null(type));
    auto& statement = made->statement;
    statement.alloc();
    statement.prepare(numbered_places(sql, ":v"));
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        visit_value(made->arguments[i],
                    [&](auto& value) { statement.exchange(soci::use(value, made->argument_indicators[i])); });
    }
    for (std::size_t i = 0; i < types.size(); ++i) {
        visit_value(made->columns[i],
                    [&](auto& value) { statement.exchange(soci::into(value, made->column_indicators[i])); });
    }
    statement.define_and_bind();
    if (prepared_.size() >= most_prepared) prepared_.clear();
    prepared_.insert_or_assign(std::move(key), made);
    return made;
}

std::int64_t Connection::execute(std::string_view sql, Cells arguments) {
    check(arguments);
    return guarded([&]() -> std::int64_t {
        auto const statement = prepared(sql, arguments, {});
        assign(*statement, arguments);
        try {
            statement->statement.execute(true);
        } catch (...) {
            forget(*statement);  // SOCI lets go of what it bound only when a statement succeeds or ends.
            throw;
        }
        return statement->statement.get_affected_rows();
    });
}

std::int64_t Connection::execute_many(std::string_view sql, std::vector<Cells> rows) {
    std::int64_t changed = 0;
    if (dialect() == Dialect::sqlite) {
        for (auto& row : rows) changed += execute(sql, std::move(row));
        return changed;
    }
    for (auto const& row : rows) check(row);
    auto const done = guarded([&] {
        auto& name = pipelined_[std::string(sql)];
        if (name.empty()) {
            auto made = "kula_bulk_" + std::to_string(pipelined_.size());
            postgresql::prepare(*session_, made, numbered_places(sql, "$"));
            name = std::move(made);
        }
        return postgresql::pipeline(*session_, name, rows);
    });
    if (done.failed) raise(done.trouble);
    return done.changed;
}

void Connection::select(std::string_view sql, Cells arguments, std::span<ColumnType const> types,
                        std::function<void(Cell const*)> const& visit) {
    check(arguments);
    guarded([&] {
        auto const statement = prepared(sql, arguments, types);
        assign(*statement, arguments);
        Running const running(*statement);
        try {
            bool has_row = statement->statement.execute(true);
            while (has_row) {
                for (std::size_t i = 0; i < types.size(); ++i) {
                    statement->columns[i].is_null = statement->column_indicators[i] == soci::i_null;
                }
                visit(statement->columns.data());
                has_row = statement->statement.fetch();
            }
        } catch (...) {
            forget(*statement);  // Half-read, it would pin the state of the database that it reads.
            throw;
        }
    });
}

void Connection::forget(Prepared const& statement) {
    for (auto place = prepared_.begin(); place != prepared_.end(); ++place) {
        if (place->second.get() == &statement) {
            prepared_.erase(place);
            return;
        }
    }
}

}  // namespace kula::storage
