#include "base/must.hpp"

#include <stdexcept>
#include <string>

namespace kula::base {

void must(bool condition, std::string_view sentence) {
    if (!condition) throw std::logic_error("invariant broken: " + std::string(sentence));
}

}  // namespace kula::base
