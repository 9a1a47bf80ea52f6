#include "storage/session.hpp"

#include <utility>

#include "connection.hpp"

namespace kula::storage {
namespace {

/// Rows in one pipeline. Small, so that neither side's socket fills while the other one writes.
constexpr std::size_t pipeline_rows = 256;

}  // namespace

void Bulk::add_cells(Cells cells) {
    waiting_.push_back(std::move(cells));
    if (waiting_.size() >= pipeline_rows) send();
}

void Bulk::send() {
    if (waiting_.empty()) return;
    changed_ += connection_->execute_many(sql_, std::exchange(waiting_, {}));
}

std::int64_t Bulk::finish() {
    send();
    return changed_;
}

void Session::select_cells(std::string_view sql, Cells arguments, std::span<ColumnType const> types,
                           Visit const& visit) const {
    connection_->select(sql, std::move(arguments), types, visit);
}

std::int64_t Session::execute_cells(std::string_view sql, Cells arguments) {
    return connection_->execute(sql, std::move(arguments));
}

Dialect Session::dialect() const { return connection_->dialect(); }

}  // namespace kula::storage
