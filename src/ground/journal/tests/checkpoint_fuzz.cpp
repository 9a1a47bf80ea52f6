// A checkpoint file from anybody: parsed or refused, never a crash; what is accepted reads as it was written.

#include <cstdint>
#include <cstdlib>
#include <string>

#include "journal/checkpoint.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size) {
    std::string text(reinterpret_cast<char const*>(bytes), size);
    auto const parsed = kula::journal::parse_checkpoint(text);
    if (!text.ends_with('\n')) text += '\n';
    if (parsed && kula::journal::to_text(*parsed) != text) std::abort();
    return 0;
}
