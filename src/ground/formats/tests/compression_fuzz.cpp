#include <algorithm>

#include "formats/compression.hpp"
#include "fuzz_feeding.hpp"

using namespace kula::formats;

namespace {

constexpr std::size_t most_plain = std::size_t{4} << 20;

/// A sum of what comes out; steps must go on or stop, and stay within their bounds.
std::uint64_t decompress(Compression compression, std::span<std::byte const> bytes, std::size_t piece,
                         std::size_t room) {
    Decompressor decompressor(compression);
    std::vector<std::byte> out(room);
    std::uint64_t sum = 0;
    for (std::size_t made = 0; made < most_plain;) {
        auto const given = bytes.first(std::min(piece, bytes.size()));
        auto const step = decompressor.step(given, out);
        testing::require(step.used <= given.size() && step.made <= out.size());
        for (std::size_t i = 0; i < step.made; ++i) sum = sum * 31 + std::to_integer<std::uint64_t>(out[i]);
        bytes = bytes.subspan(step.used);
        made += step.made;
        if (decompressor.is_broken() || (step.used == 0 && step.made == 0)) break;
        if (made >= most_plain) return 0;
    }
    return sum * 2 + (decompressor.is_complete() ? 1 : 0);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    testing::FuzzInput const input(data, size);
    auto const compression = compression_of(input.bytes);
    if (!compression) return 0;
    auto const whole = decompress(*compression, input.bytes, input.bytes.size(), 65536);
    auto const split = decompress(*compression, input.bytes, input.step, 65536);
    testing::require(whole == split || whole == 0 || split == 0);
    return 0;
}
