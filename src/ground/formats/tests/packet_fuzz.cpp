#include <array>

#include "formats/packet.hpp"
#include "fuzz_feeding.hpp"

using namespace kula::formats;

namespace {

bool is_within(std::span<std::byte const> part, std::span<std::byte const> whole) {
    return part.empty() || (part.data() >= whole.data() && part.data() + part.size() <= whole.data() + whole.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    static constexpr std::array links{LinkType::null,           LinkType::ethernet,   LinkType::ppp,
                                      LinkType::ppp_hdlc,       LinkType::pppoe,      LinkType::raw,
                                      LinkType::loop,           LinkType::cisco_hdlc, LinkType::linux_cooked,
                                      LinkType::linux_cooked_2, LinkType(105)};
    if (size == 0) return 0;
    auto const bytes = std::as_bytes(std::span(data, size)).subspan(1);
    auto const found = dissect(links[data[0] % links.size()], bytes, data[0] * 256u);
    testing::require(is_within(found.packet.ip_payload, bytes));
    testing::require(is_within(found.packet.udp_payload, bytes));
    testing::require(found.content == Content::ip || !found.packet.has_ports);
    if (found.content == Content::ip) {
        auto whole = found.packet;
        whole.fragment.reset();
        dissect_transport(data[0], found.packet.ip_payload, whole);
        testing::require(is_within(whole.udp_payload, found.packet.ip_payload));
    }
    return 0;
}
