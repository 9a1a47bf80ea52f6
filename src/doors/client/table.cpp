#include "table.hpp"

#include <algorithm>
#include <numeric>

#include "text.hpp"

namespace kula::client {
namespace {

constexpr std::size_t measured_rows = 200;
constexpr std::size_t narrowest = 12;
constexpr std::size_t gap = 2;

std::size_t sum(std::vector<std::size_t> const& widths) {
    return std::accumulate(widths.begin(), widths.end(), std::size_t{0}) +
           (widths.empty() ? 0 : (widths.size() - 1) * gap);
}

}  // namespace

Table::Table(std::vector<Column> columns, bool chosen, std::optional<unsigned> terminal, Out out)
    : columns_(std::move(columns)), chosen_(chosen), terminal_(terminal), out_(std::move(out)) {}

bool Table::row(Json const& record) {
    Cells cells;
    cells.reserve(columns_.size());
    for (auto const& column : columns_) cells.push_back(printable(for_people(column.in(record))));
    if (has_begun_) return write(cells);
    waiting_.push_back(std::move(cells));
    return waiting_.size() < measured_rows || begin();
}

bool Table::end() { return has_begun_ || begin(); }

void Table::measure() {
    for (std::size_t at = 0; at < columns_.size(); ++at) {
        auto widest = width(columns_[at].name);
        for (auto const& cells : waiting_) widest = std::max(widest, width(cells[at]));
        widths_.push_back(widest);
    }
    if (!terminal_) return;
    // An id that is cut cannot be used: its column gives way last of all.
    auto const may_shrink = [&](std::size_t at) { return widths_[at] > narrowest && columns_[at].name != "id"; };
    while (sum(widths_) > *terminal_) {
        std::size_t widest = widths_.size();
        for (std::size_t at = 0; at < widths_.size(); ++at)
            if (may_shrink(at) && (widest == widths_.size() || widths_[at] > widths_[widest])) widest = at;
        if (widest == widths_.size()) break;
        --widths_[widest];
    }
    while (!chosen_ && widths_.size() > 1 && sum(widths_) > *terminal_) {
        left_out_.insert(left_out_.begin(), columns_[widths_.size() - 1].name);
        widths_.pop_back();
    }
    if (left_out_.empty()) return;
    // What became free goes back to those that gave way.
    for (bool grew = true; grew && sum(widths_) < *terminal_;) {
        grew = false;
        for (std::size_t at = 0; at < widths_.size() && sum(widths_) < *terminal_; ++at) {
            auto const needed = std::any_of(waiting_.begin(), waiting_.end(),
                                            [&](Cells const& cells) { return width(cells[at]) > widths_[at]; });
            widths_[at] += needed ? 1u : 0u;
            grew = grew || needed;
        }
    }
}

bool Table::begin() {
    has_begun_ = true;
    measure();
    Cells headings;
    for (auto const& column : columns_) headings.push_back(printable(column.name));
    bool is_read = write(headings);
    for (auto const& cells : waiting_) is_read = is_read && write(cells);
    waiting_.clear();
    return is_read;
}

bool Table::write(Cells const& cells) const {
    std::string line;
    for (std::size_t at = 0; at < widths_.size(); ++at) {
        if (at > 0) line.append(gap, ' ');
        // Without a terminal a later row may be wider than those that were measured; it is not cut.
        auto const columns = terminal_ ? widths_[at] : std::max(widths_[at], width(cells[at]));
        line += columns_[at].is_number ? fitted_right(cells[at], columns) : fitted(cells[at], columns);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    return out_(line + '\n');
}

}  // namespace kula::client
