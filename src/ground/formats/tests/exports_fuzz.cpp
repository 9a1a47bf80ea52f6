// Any sequence of datagrams, from a few exporters, must leave the decoder sound and within its bounds. An input is a
// sequence of: exporter (1 byte), length (2 bytes), datagram.

#include <cstdlib>

#include "formats/exports.hpp"
#include "network_bytes.hpp"

namespace {

using namespace kula;

class Reader final : public formats::TrafficSink {
public:
    void flows(std::span<formats::Flow const> flows) override {
        for (auto const& flow : flows) read(flow);
    }
    void netflow5(formats::Netflow5 const& datagram) override {
        for (std::size_t i = 0; i < datagram.size(); ++i) read(datagram.flow(i));
    }
    void names(formats::Flow const&, std::span<formats::SeenName const>) override {}
    void undecodable(formats::Place, std::string_view reason) override {
        if (reason.empty()) std::abort();
    }

private:
    void read(formats::Flow const& flow) {
        seen_ += flow.packets + flow.bytes + flow.source_port + flow.destination.number4();
        if (flow.start.time_since_epoch() > std::chrono::hours(24 * 366 * 9000)) std::abort();
    }
    std::uint64_t seen_ = 0;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size) {
    std::span const input(reinterpret_cast<std::byte const*>(bytes), size);
    formats::ExportDecoder decoder(
        {.exporters = 3, .templates_an_exporter = 4, .template_bytes = 4096, .waiting_bytes = 512});
    Reader reader;
    std::size_t at = 0;
    for (std::uint64_t packet = 1; at + 3 <= size; ++packet) {
        formats::Exporter const exporter{base::Address::v4(bytes[at] & 3U), static_cast<std::uint16_t>(bytes[at] >> 6)};
        auto const length = std::min<std::size_t>(formats::load16(input.data() + at + 1), size - at - 3);
        auto const datagram = input.subspan(at + 3, length);
        static_cast<void>(formats::ExportDecoder::recognises(datagram));
        decoder.decode(exporter, datagram, base::from_microseconds(static_cast<std::int64_t>(packet)),
                       {formats::Place::Unit::packet, packet}, reader);
        at += 3 + length;
    }
    if (decoder.exporters().size() > 3) std::abort();
    decoder.finish(reader);
    for (auto const& state : decoder.exporters()) {
        if (state.waiting != 0 || state.templates > 4) std::abort();
    }
    return 0;
}
