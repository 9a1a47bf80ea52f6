// Proves that statistics of the registries tell which addresses they gave to which country, and nothing else.
#include "formats/delegated.hpp"

#include <gtest/gtest.h>

namespace kula::formats {
namespace {

using LineKind = DelegatedLine::Kind;

std::string range_of_line(std::string_view line) {
    auto const told = parse_delegated_line(line);
    if (told.kind != LineKind::delegation) return "none";
    return std::string(told.country) + " " + told.range.first.text() + " " + told.range.last.text();
}

TEST(Delegated, tells_ranges_of_both_families_also_where_the_count_is_no_power_of_two) {
    EXPECT_EQ(range_of_line("ripencc|QM|ipv4|192.0.2.0|256|20110127|allocated"), "QM 192.0.2.0 192.0.2.255");
    EXPECT_EQ(range_of_line("arin|QN|ipv4|198.51.100.0|768|20110127|assigned|ab12\r"),
              "QN 198.51.100.0 198.51.102.255");
    EXPECT_EQ(range_of_line("apnic|QO|ipv6|2001:db8::|33|20110127|allocated|x"),
              "QO 2001:db8:: 2001:db8:7fff:ffff:ffff:ffff:ffff:ffff");
    EXPECT_EQ(range_of_line("lacnic|QO|ipv4|255.255.255.0|256||allocated"), "QO 255.255.255.0 255.255.255.255");
}

TEST(Delegated, takes_what_is_nobodys_for_no_country) {
    for (auto const* line :
         {"2|ripencc|1764201599|5|19830705|20261126|+0100", "ripencc|*|ipv4|*|5|summary",
          "ripencc|QM|asn|64500|1|20110127|allocated", "ripencc||ipv4|203.0.113.0|256||available",
          "ripencc|ZZ|ipv4|203.0.113.0|256||reserved|x", "ripencc|QM|ipv4|203.0.113.0|256||reserved"})
        EXPECT_EQ(parse_delegated_line(line).kind, LineKind::other) << line;
    EXPECT_EQ(parse_delegated_line("2|ripencc|1764201599|5|19830705|20261126|+0100").date, "20261126");
}

TEST(Delegated, knows_a_line_that_is_broken) {
    for (auto const* line :
         {"", "nonsense", "ripencc|QM|ipv4|192.0.2.0", "ripencc|QM|ipv4|192.0.2.0|0|20110127|allocated",
          "ripencc|QM|ipv4|255.255.255.0|257|20110127|allocated", "ripencc|QM|ipv4|2001:db8::|256|x|allocated",
          "ripencc|QM|ipv6|2001:db8::|129|x|allocated", "ripencc|QM|ipv4|192.0.2.0|256x|x|allocated",
          "ripencc|QM|ipv4|192.0.2.0|256|20110127", "ripencc|QM|fruit|192.0.2.0|256|x|allocated"})
        EXPECT_EQ(parse_delegated_line(line).kind, LineKind::broken) << line;
}

}  // namespace
}  // namespace kula::formats
