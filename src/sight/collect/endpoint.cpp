#include "collect/endpoint.hpp"

#include <fmt/format.h>

#include <charconv>

namespace kula::collect {

std::optional<Endpoint> Endpoint::parse(std::string_view text) {
    auto const colon = text.rfind(':');
    if (colon == std::string_view::npos) return std::nullopt;
    auto host = text.substr(0, colon);
    auto const digits = text.substr(colon + 1);
    bool const has_brackets = host.size() >= 2 && host.front() == '[' && host.back() == ']';
    if (has_brackets) host = host.substr(1, host.size() - 2);
    auto const address = base::Address::parse(host);
    if (!address || address->is_v4() == has_brackets) return std::nullopt;
    Endpoint endpoint{*address, 0};
    auto const [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), endpoint.port);
    if (fault != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
    return endpoint;
}

std::string Endpoint::text() const {
    auto const host = address.is_v4() ? address.text() : "[" + address.text() + "]";
    return host + ":" + std::to_string(port);
}

}  // namespace kula::collect
