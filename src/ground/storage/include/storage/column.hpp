#pragma once
/// @file
/// Which C++ types stand in a row or for a `?`, and how: `Column<T>`, one specialisation each. A type may span several
/// columns (`storage/record.hpp`). Integers and `bool` are bigint, `Instant` is bigint microseconds UTC, `Uuid` and
/// `Id` are text of 36 characters, `std::optional` is null or the value.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/id.hpp"
#include "base/instant.hpp"
#include "base/must.hpp"

namespace kula::storage {

enum class ColumnType : std::uint8_t { integer, real, text };

/// One stored value. Text is UTF-8 without NUL; anything else ends the unit of work as `invalid` when it is bound.
struct Cell {
    ColumnType type = ColumnType::integer;
    bool is_null = false;
    std::int64_t integer = 0;
    double real = 0;
    std::string text{};

    static Cell of(std::int64_t value) { return {ColumnType::integer, false, value, 0, {}}; }
    static Cell of(double value) { return {ColumnType::real, false, 0, value, {}}; }
    static Cell of(std::string value) { return {ColumnType::text, false, 0, 0, std::move(value)}; }
    static Cell null(ColumnType type) { return {type, true, 0, 0, {}}; }
};
using Cells = std::vector<Cell>;

/// Specialised as: `types`, the columns it spans; `read`, from as many cells; `bind`, appends as many cells.
template <class T>
struct Column;

template <class T>
requires std::is_integral_v<T>
struct Column<T> {
    static constexpr std::array types{ColumnType::integer};
    static T read(Cell const* cell) {
        base::must(!cell->is_null, "a column that may be null is read as optional");
        if constexpr (std::is_same_v<T, bool>) return cell->integer != 0;
        base::must(std::in_range<fit<T>>(cell->integer), "an integer column fits the type it is read as");
        return static_cast<T>(cell->integer);
    }
    static void bind(Cells& cells, T value) {
        if constexpr (!std::is_same_v<T, bool>)
            base::must(std::in_range<std::int64_t>(value), "an integer fits bigint");
        cells.push_back(Cell::of(static_cast<std::int64_t>(value)));
    }

private:
    template <class U>
    using fit = std::conditional_t<std::is_same_v<U, bool>, std::int64_t, U>;
};

template <>
struct Column<double> {
    static constexpr std::array types{ColumnType::real};
    static double read(Cell const* cell) {
        base::must(!cell->is_null, "a column that may be null is read as optional");
        return cell->real;
    }
    static void bind(Cells& cells, double value) { cells.push_back(Cell::of(value)); }
};

template <>
struct Column<std::string> {
    static constexpr std::array types{ColumnType::text};
    static std::string read(Cell const* cell) {
        base::must(!cell->is_null, "a column that may be null is read as optional");
        return cell->text;
    }
    static void bind(Cells& cells, std::string_view value) { cells.push_back(Cell::of(std::string(value))); }
};

/// Only to bind; nothing could own the text that is read.
template <>
struct Column<std::string_view> {
    static constexpr std::array types{ColumnType::text};
    static void bind(Cells& cells, std::string_view value) { cells.push_back(Cell::of(std::string(value))); }
};

template <>
struct Column<base::Instant> {
    static constexpr std::array types{ColumnType::integer};
    static base::Instant read(Cell const* cell) { return base::from_microseconds(Column<std::int64_t>::read(cell)); }
    static void bind(Cells& cells, base::Instant value) { cells.push_back(Cell::of(base::to_microseconds(value))); }
};

template <>
struct Column<base::Uuid> {
    static constexpr std::array types{ColumnType::text};
    static base::Uuid read(Cell const* cell) {
        auto const uuid = base::Uuid::parse(cell->text);
        base::must(uuid.has_value(), "a column that is read as UUID holds one");
        return *uuid;
    }
    static void bind(Cells& cells, base::Uuid const& value) { cells.push_back(Cell::of(value.text())); }
};

template <class Thing>
struct Column<base::Id<Thing>> {
    static constexpr std::array types{ColumnType::text};
    static base::Id<Thing> read(Cell const* cell) { return base::Id<Thing>(Column<base::Uuid>::read(cell)); }
    static void bind(Cells& cells, base::Id<Thing> const& value) { Column<base::Uuid>::bind(cells, value.uuid()); }
};

template <class T>
struct Column<std::optional<T>> {
    static constexpr auto types = Column<T>::types;
    static std::optional<T> read(Cell const* cell) {
        return cell->is_null ? std::nullopt : std::optional<T>(Column<T>::read(cell));
    }
    static void bind(Cells& cells, std::optional<T> const& value) {
        if (value) {
            Column<T>::bind(cells, *value);
        } else {
            for (auto const type : types) cells.push_back(Cell::null(type));
        }
    }
};

/// Values for `?` that are put together while a query is: pass it where values are expected, it stands for all it
/// holds.
class Arguments {
public:
    template <class... Values>
    Arguments& add(Values const&... values);
    [[nodiscard]] Cells const& cells() const { return cells_; }

private:
    Cells cells_;
};

/// Appends one value's cells; texts of every kind are text.
template <class T>
void bind_value(Cells& cells, T const& value) {
    if constexpr (std::is_same_v<T, Arguments>) {
        cells.insert(cells.end(), value.cells().begin(), value.cells().end());
    } else if constexpr (std::is_convertible_v<T const&, std::string_view>) {
        Column<std::string>::bind(cells, value);
    } else {
        Column<T>::bind(cells, value);
    }
}

template <class... Values>
Arguments& Arguments::add(Values const&... values) {
    (bind_value(cells_, values), ...);
    return *this;
}

}  // namespace kula::storage
