#pragma once
/// @file
/// A table as wide as its terminal.

#include <cstddef>

#include "output.hpp"

namespace kula::client {

/// Cells are measured by their first 200 rows. When they do not fit, wide columns give way first, down to 12; then the
/// last columns are left out, unless they were chosen by name. Without a terminal nothing is cut.
class Table final : public RowWriter {
public:
    Table(std::vector<Column> columns, bool chosen, std::optional<unsigned> terminal, Out out);
    bool row(Json const& record) override;
    bool end() override;
    [[nodiscard]] std::vector<std::string> left_out() const override { return left_out_; }

private:
    using Cells = std::vector<std::string>;
    void measure();
    bool begin();
    [[nodiscard]] bool write(Cells const& cells) const;

    std::vector<Column> columns_;
    bool chosen_;
    std::optional<unsigned> terminal_;
    Out out_;
    std::vector<std::size_t> widths_{};
    std::vector<Cells> waiting_{};
    bool has_begun_ = false;
    std::vector<std::string> left_out_{};
};

}  // namespace kula::client
