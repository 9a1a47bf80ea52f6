#pragma once
/// @file
/// CSV lists: which column means what, and what one row says. Inside the room.

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "indicators/list.hpp"

namespace kula::indicators {

/// Columns of one CSV list by their numbers, as its header and the map tell.
class Columns {
public:
    using Fields = std::span<std::string_view const>;

    /// Fails with `invalid` when the map names a column that the header lacks.
    static base::Result<Columns> of(Fields header, ColumnMap const& map);
    /// Does the header have a column of a well-known name for the value?
    static bool names_a_value(Fields header);

    /// One row. Until the value's column is known, the first column that holds an indicator becomes it. An attribute
    /// that cannot be read fails the row if its column was mapped, else it counts as not told (labels: as red).
    base::Result<Value> read(Fields row, ReservedSpace reserved, Attributes& attributes);

private:
    enum Attribute : std::size_t {
        confidence,
        first_seen,
        last_seen,
        valid_from,
        valid_until,
        tlp,
        pap,
        rsit_class,
        rsit_type,
        comment,
        attribute_count
    };
    struct Column {
        std::optional<std::size_t> number;
        bool is_mapped = false;
    };

    base::Result<void> place(Fields header, Attribute attribute, std::string const& mapped,
                             std::span<std::string_view const> known);
    base::Result<Value> find_value(Fields row, ReservedSpace reserved);
    [[nodiscard]] base::Result<Value> parse_cell(std::string_view cell, ReservedSpace reserved) const;
    base::Result<void> read_attributes(Fields row, Attributes& attributes) const;
    [[nodiscard]] std::string_view text(Fields row, Attribute attribute) const;

    template <class T, class Parse>
    base::Result<void> read_one(Fields row, Attribute attribute, std::optional<T>& out, Parse const& parse,
                                std::optional<T> if_unreadable = {}) const;

    std::optional<std::size_t> value_;
    bool is_as_ = false;  ///< The value's column holds AS numbers.
    std::array<Column, attribute_count> columns_{};
};

/// RFC 3339 as `base::parse_instant` takes it, a bare date, a final ` UTC`, or seconds or milliseconds since 1970.
std::optional<base::Instant> parse_list_time(std::string_view text);

}  // namespace kula::indicators
