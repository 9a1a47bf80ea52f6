#include "net/web_address.hpp"

#include <algorithm>

#include "authority.hpp"
#include "base/address.hpp"
#include "base/ascii.hpp"

namespace kula::net {
namespace {

bool is_this_machine(std::string_view host) {
    auto const address = base::Address::parse(host);
    bool const is_loopback = address && (base::Prefix(base::Address::v4(0x7f000000), 8).contains(*address) ||
                                         *address == *base::Address::parse("::1"));
    return is_loopback || host == "localhost";
}

}  // namespace

std::optional<WebAddress> WebAddress::parse(std::string_view text) {
    bool const is_visible = std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7f'; });
    auto const scheme_end = text.find("://");
    if (!is_visible || scheme_end == std::string_view::npos) return std::nullopt;
    auto const scheme = base::lower_case(text.substr(0, scheme_end));
    auto const rest = text.substr(scheme_end + 3);
    auto const told = rest.substr(0, rest.find_first_of("/?#"));
    auto const authority = parse_authority(told);
    bool const is_web = scheme == "http" || scheme == "https";
    if (!is_web || !authority) return std::nullopt;
    auto target = std::string(rest.substr(told.size()));
    if (target.find('#') != std::string::npos) return std::nullopt;
    if (!target.starts_with('/')) target.insert(0, "/");
    return WebAddress{scheme + "://" + base::lower_case(told), std::move(target),
                      scheme == "https" || is_this_machine(authority->host)};
}

std::string WebAddress::file_name() const {
    auto const path = target.substr(0, target.find('?'));
    return path.substr(path.rfind('/') + 1);
}

}  // namespace kula::net
