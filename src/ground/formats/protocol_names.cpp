#include "protocol_names.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace kula::formats {
namespace {

constexpr std::array<std::pair<std::string_view, std::uint8_t>, 154> keywords{{
    {"3pc", 34}, {"a/n", 107}, {"aggfrag", 144}, {"ah", 51}, {"argus", 13}, {"aris", 104}, {"ax.25", 93},
    {"bbn-rcc-mon", 10}, {"bna", 49}, {"br-sat-mon", 76}, {"carp", 112}, {"cbt", 7}, {"cftp", 62}, {"chaos", 16},
    {"compaq-peer", 110}, {"cphb", 73}, {"cpnx", 72}, {"crtp", 126}, {"crudp", 127}, {"dccp", 33}, {"dcn-meas", 19},
    {"ddp", 37}, {"ddx", 116}, {"dgp", 86}, {"dsr", 48}, {"egp", 8}, {"eigrp", 88}, {"emcon", 14}, {"encap", 98},
    {"esp", 50}, {"etherip", 97}, {"ethernet", 143}, {"fc", 133}, {"fire", 125}, {"ggp", 3}, {"gmtp", 100},
    {"gre", 47}, {"hip", 139}, {"hmp", 20}, {"hopopt", 0}, {"i-nlsp", 52}, {"iatp", 117}, {"icmp", 1}, {"icmp6", 58},
    {"icmpv6", 58}, {"idpr", 35}, {"idpr-cmtp", 38}, {"idrp", 45}, {"ifmp", 101}, {"igmp", 2}, {"igp", 9}, {"il", 40},
    {"ip-encap", 4}, {"ip6", 41}, {"ipcomp", 108}, {"ipcv", 71}, {"ipencap", 4}, {"ipip", 94}, {"iplt", 129},
    {"ippc", 67}, {"iptm", 84}, {"ipv4", 4}, {"ipv6", 41}, {"ipv6-auth", 51}, {"ipv6-crypt", 50}, {"ipv6-frag", 44},
    {"ipv6-icmp", 58}, {"ipv6-mobility", 135}, {"ipv6-no", 59}, {"ipv6-nonxt", 59}, {"ipv6-opts", 60},
    {"ipv6-route", 43}, {"ipx-in-ip", 111}, {"irtp", 28}, {"is-is", 124}, {"isis", 124}, {"iso-ip", 80},
    {"iso-tp4", 29}, {"kryptolan", 65}, {"l2tp", 115}, {"larp", 91}, {"leaf-1", 25}, {"leaf-2", 26}, {"manet", 138},
    {"merit-inp", 32}, {"mfe-nsp", 31}, {"micp", 95}, {"mobile", 55}, {"mobility-header", 135}, {"mpls-in-ip", 137},
    {"mtp", 92}, {"mux", 18}, {"narp", 54}, {"netblt", 30}, {"nsfnet-igp", 85}, {"nsh", 145}, {"nvp-ii", 11},
    {"ospf", 89}, {"ospfigp", 89}, {"pgm", 113}, {"pim", 103}, {"pipe", 131}, {"pnni", 102}, {"prm", 21},
    {"ptp", 123}, {"pup", 12}, {"pvp", 75}, {"qnx", 106}, {"rdp", 27}, {"rohc", 142}, {"rsvp", 46},
    {"rsvp-e2e-ignore", 134}, {"rvd", 66}, {"sat-expak", 64}, {"sat-mon", 69}, {"scc-sp", 96}, {"scps", 105},
    {"sctp", 132}, {"sdrp", 42}, {"secure-vmtp", 82}, {"shim6", 140}, {"skip", 57}, {"sm", 122}, {"smp", 121},
    {"snp", 109}, {"sprite-rpc", 90}, {"sps", 130}, {"srp", 119}, {"sscopmce", 128}, {"st", 5}, {"stp", 118},
    {"sun-nd", 77}, {"swipe", 53}, {"tcf", 87}, {"tcp", 6}, {"tlsp", 56}, {"tp++", 39}, {"trunk-1", 23},
    {"trunk-2", 24}, {"udp", 17}, {"udp-lite", 136}, {"udplite", 136}, {"uti", 120}, {"vines", 83}, {"visa", 70},
    {"vmtp", 81}, {"vrrp", 112}, {"wb-expak", 79}, {"wb-mon", 78}, {"wesp", 141}, {"wsn", 74}, {"xnet", 15},
    {"xns-idp", 22}, {"xtp", 36},
}};

static_assert(std::is_sorted(keywords.begin(), keywords.end(),
                             [](auto const& left, auto const& right) { return left.first < right.first; }));

}  // namespace

std::optional<std::uint8_t> protocol_number(std::string_view keyword) {
    auto const found = std::lower_bound(keywords.begin(), keywords.end(), keyword,
                                        [](auto const& entry, std::string_view key) { return entry.first < key; });
    if (found == keywords.end() || found->first != keyword) return std::nullopt;
    return found->second;
}

}  // namespace kula::formats
