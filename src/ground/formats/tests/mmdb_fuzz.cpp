// MaxMind DB: whatever the bytes say, nothing outside them is read, and a tree has no more networks than nodes allow.

#include "formats/mmdb.hpp"
#include "fuzz_feeding.hpp"

using namespace kula::formats;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    std::vector<std::byte> const file(std::as_bytes(std::span(data, size)).begin(),
                                      std::as_bytes(std::span(data, size)).end());
    auto const tree = Mmdb::open(file);
    if (!tree) return 0;
    std::size_t networks = 0;
    std::size_t read = tree->type().size();
    tree->each([&](kula::base::Prefix const& prefix, Mmdb::Record record) {
        testing::require(prefix.length() <= prefix.first().width());
        ++networks;
        if (networks > 1000) return;
        read += tree->text(record, {"country", "iso_code"}).value_or("").size();
        read += tree->text(record, {"asn"}).value_or("").size();
        read += tree->number(record, {"autonomous_system_number"}).value_or(0);
    });
    testing::require(networks <= size);
    return read == 0xffff'ffff ? 1 : 0;
}
