#include <algorithm>
#include <memory>

#include "formats/input.hpp"
#include "fuzz_feeding.hpp"

using namespace kula::formats;

namespace {

/// Each with exports of its own: what one has learnt must not help the other.
struct Decoder {
    ExportDecoder exports;
    TrafficDecoder traffic{exports, {}};

    std::size_t consume(std::span<std::byte const> bytes, InputEnd end, TrafficSink& sink) {
        return traffic.consume(bytes, end, sink);
    }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    testing::FuzzInput const input(data, size);
    testing::feed_both_ways([] { return std::make_unique<Decoder>(); }, input.bytes, input.step, input.end);
    return 0;
}
