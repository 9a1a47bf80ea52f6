#include "formats/domain_name.hpp"

#include <gtest/gtest.h>

namespace kula::formats {
namespace {

TEST(DomainName, has_one_form_for_all_that_mean_the_same) {
    EXPECT_EQ(canonical_domain("EXAMPLE.org."), "example.org");
    EXPECT_EQ(canonical_domain("_dmarc.Example.org"), "_dmarc.example.org");
    EXPECT_EQ(canonical_domain("пример.мкд"), "xn--e1afmkfd.xn--d1alf");
    EXPECT_EQ(canonical_domain("XN--E1AFMKFD.XN--D1ALF"), "xn--e1afmkfd.xn--d1alf");
    EXPECT_EQ(canonical_domain("shembull-ë.example"), canonical_domain("SHEMBULL-Ë.example"));
}

TEST(DomainName, refuses_what_is_none) {
    for (auto const* const text :
         {"", ".", "localhost", "a..example", ".example.org", "exa mple.org", "192.0.2.256", "example.123", "a.b",
          "example.o_g", "example.org-", "example.org..", "*.example.org", "http://example.org"}) {
        EXPECT_EQ(canonical_domain(text), std::nullopt) << text;
    }
}

TEST(HostName, may_have_one_label) {
    EXPECT_EQ(canonical_host_name("LocalHost."), "localhost");
    EXPECT_EQ(canonical_host_name("рф"), "xn--p1ai");
    EXPECT_EQ(canonical_host_name("WWW.example.org"), "www.example.org");
    for (auto const* const text : {"", ".", "-", "a", "192", "192.0.2.256", "lo cal", "n/a", ".com"})
        EXPECT_EQ(canonical_host_name(text), std::nullopt) << text;
}

TEST(DomainName, keeps_to_its_bounds) {
    std::string const label(63, 'a');
    auto const longest = label + "." + label + "." + label + "." + std::string(61, 'b');
    ASSERT_EQ(longest.size(), longest_domain_name);
    EXPECT_EQ(canonical_domain(longest), longest);
    EXPECT_EQ(canonical_domain(longest + "."), longest);
    EXPECT_EQ(canonical_domain(longest + "b"), std::nullopt);
    EXPECT_EQ(canonical_domain(label + "a.example"), std::nullopt);
    EXPECT_EQ(canonical_domain(std::string(4000, 'a') + "ë.example"), std::nullopt);
}

}  // namespace
}  // namespace kula::formats
