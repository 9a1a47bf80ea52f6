#pragma once
/// @file
/// Pages of a list: in the order of one column, equals by id, each page behind the last row of the one before.
/// A page costs the same wherever it is, and rows that come or go meanwhile neither repeat others nor hide them.

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "storage/where.hpp"

namespace kula::storage {

class Keyset {
public:
    enum class Direction : std::uint8_t { ascending, descending };
    enum class Key : std::uint8_t {
        hexadecimal,  ///< Lower-case digits, at least one: what sorts alike on every database.
        number,
    };

    /// The column is fixed SQL and is never null; a text `id` stands beside it. `list` tells the lists of a table apart
    /// (a number of the order as a rule): a cursor of another is not taken.
    Keyset(int list, std::string_view column, Direction direction, Key key)
        : list_(list), column_(column), direction_(direction), key_(key) {}

    /// Behind the row of this cursor; nothing where it is empty. `invalid` where it is no cursor of this list.
    [[nodiscard]] base::Result<void> add_place(Where& where, std::string_view cursor) const;
    /// ` order by …`.
    [[nodiscard]] std::string order_by() const;
    /// `<list>.<key>.<id>`, of the last row of a page.
    [[nodiscard]] std::string cursor(std::string_view key, std::string_view id) const;

private:
    int list_;
    std::string column_;
    Direction direction_;
    Key key_;
};

}  // namespace kula::storage
