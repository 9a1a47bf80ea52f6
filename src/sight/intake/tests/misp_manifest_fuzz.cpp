// Manifests of MISP's folders: whatever comes, what is listed can stand in an address, and the oldest is in front.

#include <algorithm>
#include <cstdint>
#include <cstdlib>

#include "misp_folder.hpp"

using namespace kula::intake;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto listed = listed_events({reinterpret_cast<char const*>(data), size});
    if (!listed) {
        if (listed.error().detail.empty()) std::abort();
        return 0;
    }
    auto const wanted = events_to_take(std::move(*listed), {});
    auto const is_before = [](MispEvent const& a, MispEvent const& b) { return a.stamp < b.stamp; };
    if (!std::is_sorted(wanted.begin(), wanted.end(), is_before)) std::abort();
    for (auto const& each : wanted) {
        if (each.uuid.find_first_not_of("0123456789abcdefABCDEF-") != std::string::npos) std::abort();
    }
    return 0;
}
