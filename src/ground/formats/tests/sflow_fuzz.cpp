// Any bytes must be decoded up to a fault; what is recognised must not be called cut short at its end.

#include <cstdlib>

#include "formats/exports.hpp"
#include "sflow5.hpp"

namespace {

class Counter final : public kula::formats::TrafficSink {
public:
    void flows(std::span<kula::formats::Flow const> flows) override { count += flows.size(); }
    void netflow5(kula::formats::Netflow5 const&) override {}
    void names(kula::formats::Flow const&, std::span<kula::formats::SeenName const>) override {}
    void undecodable(kula::formats::Place, std::string_view) override {}

    std::size_t count = 0;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size) {
    using namespace kula::formats;
    std::span const datagram(reinterpret_cast<std::byte const*>(bytes), size);
    bool const is_recognised = recognises_sflow5(datagram);
    auto const header = Sflow5Header::read(datagram);
    if (!header) {
        if (is_recognised) std::abort();
        return 0;
    }
    Counter counter;
    Sflow5Told told;
    {
        FlowBlock block(counter);
        told = read_sflow5(*header, datagram, {}, block);
    }
    if (told.records != counter.count || told.records > size / 40) std::abort();
    if (is_recognised && told.fault.find("last") != std::string_view::npos) std::abort();
    return 0;
}
