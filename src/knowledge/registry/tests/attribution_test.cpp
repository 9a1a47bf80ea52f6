#include "registry/attribution.hpp"

#include <gtest/gtest.h>

namespace {

using namespace kula;
using namespace kula::registry;

OrganisationId number(int n) {
    char text[37];
    std::snprintf(text, sizeof text, "01930b2e-6c00-7000-8000-%012d", n);
    return *OrganisationId::parse(text);
}

Attribution::Claimant claimant(int n, std::vector<std::string> const& networks) {
    Attribution::Claimant out{{number(n), "Example " + std::to_string(n), "health"}, {}};
    for (auto const& text : networks) out.networks.push_back(*Network::parse(text));
    return out;
}

std::string owner_of(Attribution const& attribution, char const* address, std::optional<std::uint32_t> as_number = {}) {
    auto const owned = attribution.of_address(*base::Address::parse(address), as_number);
    return owned ? owned->organisation->name + " by " + owned->claim->network.text() : "nobody";
}

TEST(Attribution, prefers_the_longest_prefix_and_takes_an_as_number_last) {
    Attribution const attribution({claimant(1, {"192.0.2.0/24", "AS64500"}),
                                   claimant(2, {"192.0.2.64/26", "192.0.2.70"}),
                                   claimant(3, {"192.0.2.66/31", "2001:db8::/32"})});
    EXPECT_EQ(owner_of(attribution, "192.0.2.1"), "Example 1 by 192.0.2.0/24");
    EXPECT_EQ(owner_of(attribution, "192.0.2.65"), "Example 2 by 192.0.2.64/26");
    EXPECT_EQ(owner_of(attribution, "192.0.2.67"), "Example 3 by 192.0.2.66/31");
    EXPECT_EQ(owner_of(attribution, "192.0.2.70"), "Example 2 by 192.0.2.70");
    EXPECT_EQ(owner_of(attribution, "192.0.2.65", 64500), "Example 2 by 192.0.2.64/26");
    EXPECT_EQ(owner_of(attribution, "198.51.100.1", 64500), "Example 1 by AS64500");
    EXPECT_EQ(owner_of(attribution, "198.51.100.1", 64501), "nobody");
    EXPECT_EQ(owner_of(attribution, "2001:db8:1::1"), "Example 3 by 2001:db8::/32");
    EXPECT_EQ(owner_of(attribution, "::ffff:192.0.2.1"), "nobody");
}

TEST(Attribution, prefers_the_longest_domain_suffix_at_a_label) {
    Attribution const attribution({claimant(1, {"example.org"}), claimant(2, {"mail.example.org"})});
    auto const name_of = [&](char const* domain) {
        auto const owned = attribution.of_domain(domain);
        return owned ? owned->organisation->name : "nobody";
    };
    EXPECT_EQ(name_of("example.org"), "Example 1");
    EXPECT_EQ(name_of("WWW.Example.ORG."), "Example 1");
    EXPECT_EQ(name_of("a.b.mail.example.org"), "Example 2");
    EXPECT_EQ(name_of("notexample.org"), "nobody");
    EXPECT_EQ(name_of("org"), "nobody");
    EXPECT_EQ(name_of("no domain"), "nobody");
}

TEST(Attribution, shows_a_network_that_several_claim_and_gives_it_to_the_first_entered) {
    Attribution const attribution({claimant(5, {"192.0.2.0/24", "198.51.100.0/24"}),
                                   claimant(2, {"192.0.2.0/24", "AS64500"}),
                                   claimant(9, {"192.0.2.0/24", "192.0.2.0/25"})});
    auto const conflicts = attribution.conflicts();
    ASSERT_EQ(conflicts.size(), 1u);
    EXPECT_EQ(conflicts[0]->network.text(), "192.0.2.0/24");
    EXPECT_EQ(conflicts[0]->organisations, (std::vector{number(2), number(5), number(9)}));
    EXPECT_EQ(owner_of(attribution, "192.0.2.200"), "Example 2 by 192.0.2.0/24");
    EXPECT_EQ(attribution.conflicts_of(number(9)).size(), 1u);
    EXPECT_EQ(attribution.conflicts_of(number(1)).size(), 0u);
}

TEST(Attribution, lists_all_claims_that_hold_an_address_the_most_specific_first) {
    Attribution const attribution({claimant(1, {"192.0.0.0/16", "192.0.2.0/24"}), claimant(2, {"192.0.2.1"})});
    auto const claims = attribution.claims_of(*base::Address::parse("192.0.2.1"));
    ASSERT_EQ(claims.size(), 3u);
    EXPECT_EQ(claims[0]->network.text(), "192.0.2.1");
    EXPECT_EQ(claims[2]->network.text(), "192.0.0.0/16");
}

TEST(Attribution, knows_who_claims_a_country_and_asks_no_address_for_it) {
    Attribution const attribution({claimant(1, {"country:MK", "192.0.2.0/24"}), claimant(2, {"country:AL"})});
    EXPECT_EQ(attribution.of_country("MK")->organisation->name, "Example 1");
    EXPECT_EQ(attribution.of_country("AL")->claim->network.text(), "country:AL");
    EXPECT_FALSE(attribution.of_country("XK").has_value());
    EXPECT_FALSE(attribution.of_country("EU").has_value());
    EXPECT_FALSE(attribution.of_domain("portal.mk").has_value());
    EXPECT_EQ(attribution.claims_of(*base::Address::parse("192.0.2.1")).size(), 1u);
}

TEST(Attribution, shows_a_country_that_several_claim_and_nothing_else_as_overlapping_it) {
    Attribution const attribution(
        {claimant(4, {"country:MK"}), claimant(3, {"country:MK", "portal.mk", "192.0.2.0/24"})});
    ASSERT_EQ(attribution.conflicts().size(), 1u);
    EXPECT_EQ(attribution.of_country("MK")->organisation->id, number(3)) << "entered first";
    EXPECT_EQ(attribution.overlapping(*Network::parse("country:MK"), number(4)).size(), 1u);
    EXPECT_EQ(attribution.overlapping(*Network::parse("country:AL"), number(4)).size(), 0u);
    EXPECT_EQ(attribution.overlapping(*Network::parse("sub.portal.mk"), number(4)).size(), 1u) << "the domain alone";
}

TEST(Attribution, is_another_version_with_another_country) {
    auto const version = [](char const* network) { return Attribution({claimant(1, {network})}).version(); };
    EXPECT_EQ(version("country:MK"), version("country:mk"));
    EXPECT_NE(version("country:MK"), version("country:AL"));
}

TEST(Attribution, answers_nobody_when_empty) {
    Attribution const attribution;
    EXPECT_EQ(owner_of(attribution, "192.0.2.1", 1), "nobody");
    EXPECT_EQ(attribution.organisation(number(1)), nullptr);
}

}  // namespace
