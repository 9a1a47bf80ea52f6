// A certificate, or anything else, as somebody uploads it: what is taken is told whole and can be read again.

#include <cstdint>
#include <cstdlib>

#include "seals/public_key.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    using kula::seals::read_smime_certificate;
    auto const found = read_smime_certificate({reinterpret_cast<char const*>(data), size});
    if (!found) return 0;
    auto const again = read_smime_certificate(found->text);
    if (!again || !(*again == *found) || found->fingerprint.size() != 64) std::abort();
    return 0;
}
