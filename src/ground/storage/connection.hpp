#pragma once
// One SOCI session with its prepared statements; knows when it is lost and connects anew.

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "failed.hpp"
#include "storage/column.hpp"
#include "storage/session.hpp"

namespace soci {
class session;
class soci_error;
}  // namespace soci

namespace kula::storage {

struct Prepared;

enum class Access : std::uint8_t { read, write };

/// Where a database is: a SQLite file or a PostgreSQL URL.
struct Endpoint {
    Dialect dialect;
    std::string target;
};

/// Used by one thread at a time. Every member but the questions throws `Failed`, or `std::logic_error` for faulty SQL.
class Connection {
public:
    Connection(Endpoint endpoint, Access access);
    ~Connection();
    Connection(Connection const&) = delete;
    Connection& operator=(Connection const&) = delete;

    /// Begins a transaction; connects first, and once more if the connection turns out to be lost.
    void begin();
    void commit();
    /// Never fails: a connection that cannot roll back is given up.
    void roll_back() noexcept;
    /// Whether the transaction that was begun still stands; a full disk or a lost connection may have ended it.
    [[nodiscard]] bool is_in_transaction() const;

    /// A statement without values: savepoints and the like.
    void command(std::string const& sql);
    /// Space in free pages is cut off the SQLite file, at most so many pages.
    void release_pages(std::int64_t pages);

    std::int64_t execute(std::string_view sql, Cells arguments);
    std::int64_t execute_many(std::string_view sql, std::vector<Cells> rows);
    void select(std::string_view sql, Cells arguments, std::span<ColumnType const> types,
                std::function<void(Cell const*)> const& visit);

    /// PostgreSQL's COPY, as in `dialect.hpp`. When `take` throws, the connection is good for nothing more.
    std::int64_t copy_out(std::string const& sql, std::function<void(std::string_view)> const& take);
    void copy_in_begin(std::string const& sql);
    void copy_in_add(std::string_view text);
    std::int64_t copy_in_end();

    [[nodiscard]] Dialect dialect() const { return endpoint_.dialect; }

private:
    void connect();
    void disconnect() noexcept;
    std::shared_ptr<Prepared> prepared(std::string_view sql, Cells const& arguments, std::span<ColumnType const> types);
    void forget(Prepared const& statement);
    template <class Call>
    auto guarded(Call const& call);
    [[noreturn]] void raise(soci::soci_error const& error);
    [[noreturn]] void raise(struct Trouble const& trouble);

    Endpoint endpoint_;
    Access access_;
    std::unique_ptr<soci::session> session_;
    std::unordered_map<std::string, std::shared_ptr<Prepared>> prepared_;
    std::unordered_map<std::string, std::string> pipelined_;  ///< SQL → name of libpq's prepared statement.
    bool is_lost_ = false;
};

}  // namespace kula::storage
