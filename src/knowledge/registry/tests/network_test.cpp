#include "registry/network.hpp"

#include <gtest/gtest.h>

namespace {

using kula::registry::Network;
using kula::registry::NetworkKind;

std::string canonical(std::string_view text) {
    auto const network = Network::parse(text);
    return network.has_value() ? network->text() : "invalid";
}

TEST(Network, has_one_canonical_text_for_all_that_mean_the_same) {
    EXPECT_EQ(canonical("192.0.2.77/24"), "192.0.2.0/24");
    EXPECT_EQ(canonical(" 192.0.2.1/32 "), "192.0.2.1");
    EXPECT_EQ(canonical("2001:DB8::1/32"), "2001:db8::/32");
    EXPECT_EQ(canonical("as64500"), "AS64500");
    EXPECT_EQ(canonical("EXAMPLE.org."), "example.org");
    EXPECT_EQ(canonical("пример.мкд"), "xn--e1afmkfd.xn--d1alf");
    EXPECT_EQ(canonical(" Country:mk "), "country:MK");
}

TEST(Network, refuses_what_nobody_can_own) {
    for (auto const* text : {"", "0.0.0.0/0", "::/0", "192.0.2.0/33", "192.0.2", "AS0", "AS4294967296", "localhost",
                             "-a.example", "a..example", "exa mple.org", "192.0.2.256", "example.123"}) {
        EXPECT_EQ(canonical(text), "invalid") << text;
    }
}

TEST(Network, takes_a_bare_number_where_the_kind_is_told) {
    EXPECT_EQ(Network::parse(NetworkKind::as_number, "64500")->text(), "AS64500");
    EXPECT_TRUE(Network::parse("64500").has_error());
    EXPECT_TRUE(Network::parse(NetworkKind::domain, "192.0.2.0/24").has_error());
}

TEST(Network, is_a_country_where_that_is_told_and_never_by_two_letters_alone) {
    EXPECT_EQ(Network::parse(NetworkKind::country, "mk")->value(), "MK");
    EXPECT_EQ(Network::parse(NetworkKind::country, "country:MK")->text(), "country:MK");
    EXPECT_EQ(canonical("MK"), "invalid");
    EXPECT_EQ(Network::parse("portal.mk")->kind(), NetworkKind::domain);
    for (auto const* text : {"192.0.2.0/24", "2001:db8::/32", "AS64500", "example.org", "country:MK"}) {
        auto const network = *Network::parse(text);
        EXPECT_TRUE(*Network::parse(network.text()) == network) << text;
        EXPECT_TRUE(*Network::parse(network.kind(), network.value()) == network) << text;
    }
}

TEST(Network, takes_codes_that_are_assigned_or_left_to_users_and_no_others) {
    for (auto const* code : {"MK", "AL", "DE", "XK", "QM", "ZZ"}) {
        EXPECT_TRUE(Network::parse(NetworkKind::country, code).has_value()) << code;
    }
    for (auto const* code : {"", "M", "MKD", "807", "EU", "UK", "AB", "М К", "MK,AL"}) {
        EXPECT_TRUE(Network::parse(NetworkKind::country, code).has_error()) << code;
    }
}

TEST(Network, sorts_prefixes_by_address_then_as_numbers_domains_and_countries) {
    EXPECT_LT(*Network::parse("9.0.0.0/8"), *Network::parse("10.0.0.0/8"));
    EXPECT_LT(*Network::parse("2001:db8::/32"), *Network::parse("AS1"));
    EXPECT_LT(*Network::parse("AS64500"), *Network::parse("a.example"));
    EXPECT_LT(*Network::parse("z.example"), *Network::parse("country:AD"));
}

}  // namespace
