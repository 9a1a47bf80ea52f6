// Dumps of routing tables: splitting the input changes nothing, and every route has origins.

#include "formats/delegated.hpp"
#include "formats/rib.hpp"
#include "fuzz_feeding.hpp"

using namespace kula;
using namespace kula::formats;

namespace {

std::uint64_t sum_of(std::span<std::byte const> bytes, std::size_t step, InputEnd end) {
    std::uint64_t sum = 0;
    RibReader reader([&](base::Prefix const& prefix, std::span<std::uint32_t const> origins) {
        testing::require(!origins.empty());
        sum = sum * 31 + static_cast<std::uint64_t>(prefix.first().number()) + static_cast<unsigned>(prefix.length());
        for (auto const origin : origins) sum = sum * 31 + origin;
    });
    std::vector<std::byte> rest;
    for (std::size_t at = 0; at < bytes.size(); at += step) {
        auto const piece = bytes.subspan(at, std::min(step, bytes.size() - at));
        rest.insert(rest.end(), piece.begin(), piece.end());
        std::vector<std::byte> const given(rest);  // In memory of its own.
        auto const used = reader.consume(given, InputEnd::not_yet);
        testing::require(used <= given.size());
        rest.erase(rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(used));
    }
    reader.consume(rest, end);
    return sum * 31 + reader.broken() * 2 + (reader.is_cut() ? 1 : 0);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    testing::FuzzInput const input(data, size);
    testing::require(sum_of(input.bytes, input.bytes.size() + 1, input.end) ==
                     sum_of(input.bytes, input.step, input.end));
    std::string_view const text(reinterpret_cast<char const*>(input.bytes.data()), input.bytes.size());
    if (auto const line = parse_rib_line(text)) testing::require(line->prefix.length() <= 128);
    auto const told = parse_delegated_line(text);
    if (told.kind == DelegatedLine::Kind::delegation) testing::require(told.range.contains(told.range.last));
    return 0;
}
