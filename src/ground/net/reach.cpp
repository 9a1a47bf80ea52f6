#include "net/reach.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace kula::net {
namespace {

using base::Address;
using base::Prefix;

constexpr std::array<std::string_view, 11> not_public_v4{
    "0.0.0.0/8",    "10.0.0.0/8",     "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
    "192.0.0.0/24", "192.168.0.0/16", "198.18.0.0/15", "224.0.0.0/4", "240.0.0.0/4"};
/// Global unicast, without what carries IPv4 addresses (Teredo, 6to4).
constexpr std::string_view global_v6 = "2000::/3";
constexpr std::array<std::string_view, 2> not_public_v6{"2001::/32", "2002::/16"};

template <class Texts>
std::vector<Prefix> prefixes(Texts const& texts) {
    std::vector<Prefix> out;
    out.reserve(texts.size());
    for (auto const text : texts) out.push_back(*Prefix::parse(text));
    return out;
}

bool hold(std::vector<Prefix> const& prefixes, Address address) {
    return std::any_of(prefixes.begin(), prefixes.end(), [&](Prefix const& each) { return each.contains(address); });
}

Address as_itself(Address address) {
    static auto const mapped = *Prefix::parse("::ffff:0:0/96");
    return mapped.contains(address) ? Address::v4(static_cast<std::uint32_t>(address.number())) : address;
}

}  // namespace

bool is_public(Address address) {
    static auto const v4 = prefixes(not_public_v4);
    static auto const v6 = prefixes(not_public_v6);
    static auto const global = *Prefix::parse(global_v6);
    if (address.is_v4()) return !hold(v4, address);
    return global.contains(address) && !hold(v6, address);
}

bool is_within_reach(Address address, std::vector<Prefix> const& besides) {
    auto const itself = as_itself(address);
    return is_public(itself) || hold(besides, itself);
}

}  // namespace kula::net
