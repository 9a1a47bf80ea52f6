// Which addresses are asked on somebody's behalf, and when a server wants to be asked again.

#include "net/reach.hpp"

#include <gtest/gtest.h>

#include "net/client.hpp"
#include "net/web_address.hpp"

namespace kula::net {
namespace {

TEST(Reach, is_what_anybody_may_have) {
    for (auto const* text : {"192.0.2.1", "8.8.8.8", "172.32.0.1", "2001:db8::1", "2a00::1"})
        EXPECT_TRUE(is_public(*base::Address::parse(text))) << text;
    for (auto const* text : {"127.0.0.1", "10.1.2.3", "172.31.255.255", "192.168.0.1", "169.254.169.254", "0.0.0.0",
                             "100.64.0.1", "224.0.0.1", "255.255.255.255", "::", "::1", "fe80::1", "fd00::1", "ff02::1",
                             "::ffff:127.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001::1"})
        EXPECT_FALSE(is_public(*base::Address::parse(text))) << text;
}

TEST(Reach, grows_by_what_the_operator_names) {
    std::vector const besides{*base::Prefix::parse("10.1.0.0/16")};
    EXPECT_TRUE(is_within_reach(*base::Address::parse("10.1.2.3"), besides));
    EXPECT_TRUE(is_within_reach(*base::Address::parse("::ffff:10.1.2.3"), besides));
    EXPECT_FALSE(is_within_reach(*base::Address::parse("10.2.0.1"), besides));
    EXPECT_TRUE(is_within_reach(*base::Address::parse("::ffff:192.0.2.1"), besides));
}

TEST(WebAddress, is_taken_apart) {
    auto const address = WebAddress::parse("HTTPS://Feeds.Example:8443/a/list.csv?day=1").value();
    EXPECT_EQ(address.server, "https://feeds.example:8443");
    EXPECT_EQ(address.target, "/a/list.csv?day=1");
    EXPECT_EQ(address.file_name(), "list.csv");
    EXPECT_EQ(WebAddress::parse("https://feeds.example")->target, "/");
    EXPECT_EQ(WebAddress::parse("https://feeds.example?x")->target, "/?x");
    EXPECT_FALSE(WebAddress::parse("http://feeds.example/")->is_safe_on_the_way);
    EXPECT_TRUE(WebAddress::parse("http://127.0.0.1:80/")->is_safe_on_the_way);
    EXPECT_FALSE(WebAddress::parse("http://127.0.0.1.example/")->is_safe_on_the_way);
    EXPECT_TRUE(WebAddress::parse("http://[::1]:8080/")->is_safe_on_the_way);
    for (auto const* text :
         {"https://feeds.example:port/", "https://feeds.example:99999/", "https://[::1/", "https://[::1].example/",
          "https://name@feeds.example/", "https://feeds.example\\@other.example/", "https:///list.csv"})
        EXPECT_FALSE(WebAddress::parse(text).has_value()) << text;
}

TEST(RetryAfter, is_seconds_or_a_date) {
    auto const now = *base::parse_instant("2026-11-21T10:00:00Z");
    EXPECT_EQ(retry_after("120", now), now + std::chrono::seconds(120));
    EXPECT_EQ(retry_after("Sat, 21 Nov 2026 11:00:00 GMT", now), now + std::chrono::hours(1));
    EXPECT_EQ(retry_after("soon", now), std::nullopt);
    EXPECT_EQ(retry_after("", now), std::nullopt);
}

}  // namespace
}  // namespace kula::net
