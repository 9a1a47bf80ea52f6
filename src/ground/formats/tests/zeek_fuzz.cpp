#include <algorithm>
#include <memory>

#include "formats/zeek.hpp"
#include "fuzz_feeding.hpp"

using namespace kula::formats;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    testing::FuzzInput const input(data, size);
    testing::feed_both_ways([] { return std::make_unique<ZeekDecoder>(); }, input.bytes, input.step, input.end);
    return 0;
}
