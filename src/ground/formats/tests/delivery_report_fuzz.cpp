// What mail servers say of a mail, however it is written: read or refused, within its bounds.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/must.hpp"
#include "formats/delivery_report.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size) {
    using namespace kula;
    auto const read = formats::parse_delivery_report({reinterpret_cast<char const*>(bytes), size});
    if (!read) return 0;
    base::must(!read->outcomes.empty() && read->outcomes.size() <= 100, "a report tells of somebody");
    for (auto const& outcome : read->outcomes) {
        base::must(!outcome.recipient.empty() && outcome.diagnostic.size() <= 500, "an outcome has its bounds");
        base::must(outcome.diagnostic.find('\n') == std::string::npos, "a diagnostic is one line");
    }
    return 0;
}
