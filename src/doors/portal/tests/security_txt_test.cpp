#include "security_txt.hpp"

#include <gtest/gtest.h>

#include "teams.hpp"

namespace kula::portal {
namespace {

auto const now = *base::parse_instant("2026-11-25T22:14:15Z");

TEST(SecurityTxt, says_what_rfc_9116_asks) {
    EXPECT_EQ(security_txt(testing::full_team(), now),
              "Contact: mailto:team@csirt.example\n"
              "Contact: tel:+38925550100\n"
              "Contact: tel:+38925550199\n"
              "Expires: 2027-05-24T00:00:00Z\n"
              "Preferred-Languages: mk, sq, en\n"
              "Canonical: https://csirt.example/.well-known/security.txt\n"
              "Encryption: https://csirt.example/pgp-key.asc\n"
              "Policy: https://csirt.example/policy\n");
}

TEST(SecurityTxt, is_not_there_without_a_contact) {
    EXPECT_FALSE(security_txt({}, now));
    registry::TeamContent content;
    content.phone = "02 555 0100";
    EXPECT_FALSE(security_txt(content, now)) << "a number without its country reaches nobody from abroad";
}

TEST(SecurityTxt, names_no_web_address_without_tls) {
    auto content = testing::full_team();
    content.portal = "http://csirt.example";
    content.disclosure_policy = "http://csirt.example/policy";
    auto const text = security_txt(content, now).value_or("");
    EXPECT_EQ(text.find("http:"), std::string::npos) << text;
}

}  // namespace
}  // namespace kula::portal
