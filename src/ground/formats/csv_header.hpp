#pragma once
/// @file
/// Finds the columns of a table by its header. Pure.

#include <array>
#include <optional>
#include <span>
#include <vector>

#include "formats/csv_flows.hpp"

namespace kula::formats {

class CsvHeader {
public:
    /// Nothing where the columns that are needed are not there, or one that the map names is not.
    static std::optional<CsvHeader> read(std::span<std::string_view const> names, CsvColumns const& columns);

    /// Trimmed; empty where the table has no such column.
    [[nodiscard]] std::string_view cell(std::span<std::string_view const> row, CsvColumn column) const;
    [[nodiscard]] bool has(CsvColumn column) const { return places_[static_cast<std::size_t>(column)].has_value(); }
    [[nodiscard]] bool has_names() const;
    [[nodiscard]] bool has_counts() const { return has(CsvColumn::packets) || has(CsvColumn::bytes); }
    /// Where hashes stand; a table may have several kinds.
    [[nodiscard]] std::span<std::size_t const> hashes() const { return hashes_; }
    [[nodiscard]] std::size_t width() const { return width_; }

private:
    std::array<std::optional<std::size_t>, CsvColumns::count> places_{};
    std::vector<std::size_t> hashes_;
    std::size_t width_ = 0;
};

}  // namespace kula::formats
