// Whatever a client writes as Cookie: what is found is a part of it, and may be written into Set-Cookie again.

#include <algorithm>
#include <cstdint>
#include <cstdlib>

#include "net/cookie.hpp"
#include "text.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size) {
    using namespace kula::net;
    std::string_view const input(reinterpret_cast<char const*>(bytes), size);
    auto const line = std::min(input.find('\n'), input.size());
    auto const name = input.substr(0, line);
    auto const header = input.substr(std::min(line + 1, input.size()));
    if (!is_field_value(header)) return 0;
    Request request;
    request.headers.add("Cookie", std::string(header));
    auto const value = cookie(request, name);
    if (!value) return 0;
    if (header.find(*value) == std::string_view::npos) std::abort();
    if (is_token(name)) static_cast<void>(to_text(Cookie{std::string(name), std::string(*value)}));
    return 0;
}
