#pragma once
/// @file
/// A `where` clause that grows with the filters a caller set. Only fixed SQL and `?` go in; values are bound.

#include <string>
#include <string_view>

#include "storage/column.hpp"

namespace kula::storage {

class Where {
public:
    /// One condition, joined by `and`: `where.add("port = ?", port)`.
    template <class... Values>
    Where& add(std::string_view condition, Values const&... values) {
        sql_ += sql_.empty() ? " where (" : " and (";
        sql_ += condition;
        sql_ += ')';
        arguments_.add(values...);
        return *this;
    }
    /// The column (fixed SQL) holds one of these; none does where there are none.
    template <class Values>
    Where& add_among(std::string_view column, Values const& values) {
        std::string places;
        Arguments among;
        for (auto const& value : values) {
            places += places.empty() ? "?" : ", ?";
            among.add(value);
        }
        return add(places.empty() ? "1 = 0" : std::string(column) + " in (" + places + ')', among);
    }
    /// Empty, or ` where (…) and (…)`.
    [[nodiscard]] std::string const& sql() const { return sql_; }
    [[nodiscard]] Arguments const& arguments() const { return arguments_; }

private:
    std::string sql_;
    Arguments arguments_;
};

/// A pattern for `like ? escape '\'` that finds `text` anywhere, `%` and `_` in it meaning themselves.
std::string like_anywhere(std::string_view text);
/// The same at the beginning only.
std::string like_prefix(std::string_view text);

}  // namespace kula::storage
