// A row of a backup from anybody: read or refused, never a crash; what is read is told the same way again.

#include <array>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "copy_text.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size) {
    using kula::storage::ColumnType;
    static constexpr std::array types{ColumnType::text, ColumnType::integer, ColumnType::real};
    std::string const line(reinterpret_cast<char const*>(bytes), size);
    auto const read = kula::storage::parse_row(line, types);
    if (!read) return 0;
    std::string told;
    kula::storage::append_row(told, *read);
    auto const again = kula::storage::parse_row(std::string_view(told).substr(0, told.size() - 1), types);
    if (!again) std::abort();
    std::string twice;
    kula::storage::append_row(twice, *again);
    if (twice != told) std::abort();
    return 0;
}
