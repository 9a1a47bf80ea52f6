#include "base/result.hpp"

#include <stdexcept>

namespace kula::base {

void throw_exception_from_error(Error const& error, boost::source_location const& where) {
    throw std::logic_error(where.to_string() + ": value asked of a failed result: " + error.detail);
}

}  // namespace kula::base
