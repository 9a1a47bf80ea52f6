// Proves: no text makes the parser of values fall, and every value's own text is that value again.
#include <cstdlib>

#include "indicators/value.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size) {
    using namespace kula::indicators;
    std::string const text(bytes, bytes + size);
    for (auto const reserved : {ReservedSpace::refuse, ReservedSpace::allow}) {
        auto const value = Value::parse(text, reserved);
        if (!value) continue;
        auto const again = Value::parse(value->text(), reserved);
        if (!again || *again != *value) std::abort();
    }
    return 0;
}
