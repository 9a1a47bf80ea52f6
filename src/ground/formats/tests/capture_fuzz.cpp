#include <algorithm>
#include <memory>

#include "formats/capture.hpp"
#include "fuzz_feeding.hpp"

using namespace kula::formats;

namespace {

/// Each with exports of its own: what one has learnt must not help the other.
struct Decoder {
    ExportDecoder exports;
    CaptureDecoder capture{exports, {.most_flows = 64}};

    std::size_t consume(std::span<std::byte const> bytes, InputEnd end, TrafficSink& sink) {
        auto const used = capture.consume(bytes, end, sink);
        if (end != InputEnd::not_yet) exports.finish(sink);
        return used;
    }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    testing::FuzzInput const input(data, size);
    testing::feed_both_ways([] { return std::make_unique<Decoder>(); }, input.bytes, input.step, input.end);
    return 0;
}
