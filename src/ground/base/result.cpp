#include "base/result.hpp"

#include <stdexcept>

namespace kula::base {

Error invalid(std::vector<FieldProblem> fields) {
    auto detail = fields.at(0).field + ": " + fields[0].message;
    if (fields.size() > 1) detail += ", and " + std::to_string(fields.size() - 1) + " more";
    return {Fault::invalid, std::move(detail), std::move(fields)};
}

void throw_exception_from_error(Error const& error, boost::source_location const& where) {
    throw std::logic_error(where.to_string() + ": value asked of a failed result: " + error.detail);
}

}  // namespace kula::base
