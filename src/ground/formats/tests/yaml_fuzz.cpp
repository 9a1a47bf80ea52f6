// YAML: whatever comes, within its bounds.

#include <cstdlib>

#include "formats/yaml.hpp"

using kula::formats::YamlValue;

namespace {

std::size_t count_of(YamlValue const& value, std::size_t depth) {
    if (depth > kula::formats::deepest_yaml) std::abort();
    std::size_t count = 1;
    for (auto const& each : value.elements) count += count_of(each, depth + 1);
    for (auto const& [name, each] : value.members) count += count_of(each, depth + 1);
    return count;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    auto const documents = kula::formats::parse_yaml({reinterpret_cast<char const*>(data), size});
    if (!documents) return 0;
    std::size_t count = 0;
    for (auto const& each : *documents) count += count_of(each, 0);
    if (count > kula::formats::most_yaml_values) std::abort();
    return 0;
}
