// Observables: whatever comes, they stand in the text, in order, once, in canonical form.

#include <cstdlib>
#include <set>
#include <string>

#include "formats/domain_name.hpp"
#include "formats/observables.hpp"
#include "formats/url.hpp"

using kula::formats::Observable;
using kula::formats::ObservableKind;

namespace {

bool is_canonical(Observable const& each) {
    if (each.kind == ObservableKind::domain) return kula::formats::canonical_domain(each.value) == each.value;
    if (each.kind != ObservableKind::url) return true;
    auto const url = kula::formats::canonical_url(each.value);
    return url && url->name == each.value;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    std::string_view const text(reinterpret_cast<char const*>(data), size);
    auto const [found, is_cut] = kula::formats::find_observables(text);
    if (found.size() > kula::formats::most_observables) std::abort();
    std::set<std::pair<ObservableKind, std::string>> seen;
    std::size_t before = 0;
    for (auto const& each : found) {
        if (each.size == 0 || each.offset > size || each.size > size - each.offset || each.offset < before)
            std::abort();
        before = each.offset;
        if (!seen.emplace(each.kind, each.value).second || !is_canonical(each)) std::abort();
    }
    return 0;
}
