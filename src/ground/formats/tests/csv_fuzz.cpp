#include <algorithm>
#include <memory>

#include "formats/csv_flows.hpp"
#include "fuzz_feeding.hpp"

using namespace kula::formats;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    testing::FuzzInput const input(data, size);
    testing::feed_both_ways([] { return std::make_unique<CsvFlowDecoder>(); }, input.bytes, input.step, input.end);
    std::string_view const text(reinterpret_cast<char const*>(input.bytes.data()), input.bytes.size());
    if (auto const columns = CsvColumns::parse(text.substr(0, text.find('\n')))) {
        CsvFlowDecoder decoder(*columns);
        testing::ReadingSink sink;
        decoder.consume(input.bytes, input.end, sink);
    }
    return 0;
}
