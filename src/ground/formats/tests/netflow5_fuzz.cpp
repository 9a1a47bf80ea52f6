// Any bytes must be refused, or shown as no more records than they hold.

#include <cstdlib>

#include "formats/netflow5.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size) {
    using kula::formats::Netflow5;
    auto const view = Netflow5::read({reinterpret_cast<std::byte const*>(bytes), size});
    if (!view) return 0;
    if (Netflow5::header_size + view->size() * Netflow5::record_size > size) std::abort();
    if (view->is_truncated() != (view->size() < view->announced())) std::abort();
    for (std::size_t i = 0; i < view->size(); ++i) {
        if (view->flow(i).source != view->flow_at(view->records() + i * Netflow5::record_size).source) std::abort();
    }
    return 0;
}
