#pragma once
/// @file
/// One connection inside one unit of work: typed statements with `?` for every value that comes from outside.
///
/// Statements are kept prepared per connection, so a loop over `execute` with the same text is a bulk loop. A statement
/// that fails does not return: it ends the unit of work, which rolls back, and `Database::write` or `read` yields the
/// fault. Faulty SQL is a bug and throws `std::logic_error`. A session lives as long as the call it was given to and
/// belongs to that call's thread.
///
/// SQL is what both databases share. `?` inside quotes is text. Where PostgreSQL cannot tell a value's type
/// (`? is null`), write `cast(? as text)`; read sums as `cast(sum(x) as bigint)`.

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "storage/column.hpp"

namespace kula::storage {

class Connection;

enum class Dialect : std::uint8_t { sqlite, postgresql };

/// The same statement for many rows, pipelined where the database is across a wire (PostgreSQL).
class Bulk {
public:
    Bulk(Connection& connection, std::string_view sql) : connection_(&connection), sql_(sql) {}
    template <class... Values>
    void add(Values const&... values) {
        Cells cells;
        cells.reserve(sizeof...(Values));
        (bind_value(cells, values), ...);
        add_cells(std::move(cells));
    }
    /// Sends what is still held; until then rows may not have arrived. Yields how many rows all of them changed.
    std::int64_t finish();

private:
    void add_cells(Cells cells);
    void send();

    Connection* connection_;
    std::string sql_;
    std::vector<Cells> waiting_{};
    std::int64_t changed_ = 0;
};

class Session {
public:
    explicit Session(Connection& connection) : connection_(&connection) {}

    /// All rows: `session.rows<std::int64_t, std::string>("select a, b from t where c = ?", c)`.
    template <class... Columns, class... Values>
    [[nodiscard]] std::vector<std::tuple<Columns...>> rows(std::string_view sql, Values const&... values) const {
        std::vector<std::tuple<Columns...>> out;
        select<Columns...>(sql, bound(values...),
                           [&out](Cell const* cells) { out.push_back(read<Columns...>(cells)); });
        return out;
    }
    /// The first row, if any; the rest is not looked at.
    template <class... Columns, class... Values>
    [[nodiscard]] std::optional<std::tuple<Columns...>> row(std::string_view sql, Values const&... values) const {
        std::optional<std::tuple<Columns...>> out;
        select<Columns...>(sql, bound(values...), [&out](Cell const* cells) {
            if (!out) out = read<Columns...>(cells);
        });
        return out;
    }
    /// The only column of the first row; a query that yields no row here is a bug.
    template <class T, class... Values>
    [[nodiscard]] T value(std::string_view sql, Values const&... values) const {
        auto const found = row<T>(sql, values...);
        base::must(found.has_value(), "a query for one value yields a row");
        return std::get<0>(*found);
    }
    /// The only column of every row.
    template <class T, class... Values>
    [[nodiscard]] std::vector<T> column(std::string_view sql, Values const&... values) const {
        std::vector<T> out;
        select<T>(sql, bound(values...), [&out](Cell const* cells) { out.push_back(Column<T>::read(cells)); });
        return out;
    }
    /// Row by row without keeping them: `session.each<std::string>([](std::string const& name) {…}, "select name …")`.
    template <class... Columns, class Visitor, class... Values>
    void each(Visitor&& visitor, std::string_view sql, Values const&... values) const {
        select<Columns...>(sql, bound(values...),
                           [&visitor](Cell const* cells) { std::apply(visitor, read<Columns...>(cells)); });
    }

    /// A change; yields how many rows it touched.
    template <class... Values>
    std::int64_t execute(std::string_view sql, Values const&... values) {
        return execute_cells(sql, bound(values...));
    }
    [[nodiscard]] Bulk bulk(std::string_view sql) { return {*connection_, sql}; }

    /// For the rare statement that the two databases spell differently.
    [[nodiscard]] Dialect dialect() const;

private:
    using Visit = std::function<void(Cell const*)>;

    template <class... Values>
    static Cells bound(Values const&... values) {
        Cells cells;
        cells.reserve(sizeof...(Values));
        (bind_value(cells, values), ...);
        return cells;
    }
    template <class... Columns>
    static std::tuple<Columns...> read(Cell const* cells) {
        [[maybe_unused]] auto const next = [&cells](std::size_t width) { return std::exchange(cells, cells + width); };
        return {Column<Columns>::read(next(Column<Columns>::types.size()))...};  // Braces: left to right.
    }
    template <class... Columns>
    static constexpr auto types_of() {
        std::array<ColumnType, (Column<Columns>::types.size() + ...)> out{};
        std::size_t place = 0;
        auto const append = [&out, &place](auto const& types) {
            for (auto const type : types) out[place++] = type;
        };
        (append(Column<Columns>::types), ...);
        return out;
    }
    template <class... Columns>
    void select(std::string_view sql, Cells arguments, Visit const& visit) const {
        static constexpr auto types = types_of<Columns...>();
        select_cells(sql, std::move(arguments), types, visit);
    }
    void select_cells(std::string_view sql, Cells arguments, std::span<ColumnType const> types,
                      Visit const& visit) const;
    std::int64_t execute_cells(std::string_view sql, Cells arguments);

    Connection* connection_;
};

}  // namespace kula::storage
