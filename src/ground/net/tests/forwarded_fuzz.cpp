// Whatever stands in the headers of a proxy: the client's address or the proxy's, never a crash; from strangers
// nothing.

#include <algorithm>
#include <cstdint>
#include <cstdlib>

#include "proxy_trust.hpp"
#include "text.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size) {
    using namespace kula;
    using namespace kula::net;
    std::string_view const input(reinterpret_cast<char const*>(bytes), size);
    auto const line = std::min(input.find('\n'), input.size());
    auto const addresses = input.substr(0, line);
    auto const scheme = input.substr(std::min(line + 1, input.size()));
    if (!is_field_value(addresses) || !is_field_value(scheme)) return 0;
    Headers headers;
    headers.add("Forwarded", std::string(addresses));
    headers.add("X-Forwarded-For", std::string(addresses));
    headers.add("X-Forwarded-Proto", std::string(scheme));
    Caller const proxy{base::Address::v4(0xc000020a)};
    Caller const stranger{base::Address::v4(0xcb007101)};
    for (auto const header : {ForwardedBy::x_forwarded_for, ForwardedBy::forwarded}) {
        ProxyTrust const trust({base::Prefix(proxy.address, 24)}, header);
        static_cast<void>(trust.caller(proxy, headers));
        if (trust.caller(stranger, headers) != stranger) std::abort();
    }
    return 0;
}
