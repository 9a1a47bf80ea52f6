// Keys put what lies in one prefix, or below one domain, into one stretch.

#include "event_keys.hpp"

#include <gmock/gmock.h>

namespace kula::events {
namespace {

bool holds(KeyStretch const& stretch, std::string const& key) { return stretch.first <= key && key <= stretch.last; }

TEST(EventKeys, hold_what_lies_in_a_prefix) {
    auto const key = [](char const* address) { return address_key(*base::Address::parse(address)); };
    EXPECT_EQ(key("192.0.2.7"), "4c0000207");
    auto const v4 = stretch_of(*base::Prefix::parse("192.0.2.0/25"));
    EXPECT_TRUE(holds(v4, key("192.0.2.0")));
    EXPECT_TRUE(holds(v4, key("192.0.2.127")));
    EXPECT_FALSE(holds(v4, key("192.0.2.128")));
    EXPECT_FALSE(holds(stretch_of(*base::Prefix::parse("::/0")), key("192.0.2.0")));
    EXPECT_TRUE(holds(stretch_of(*base::Prefix::parse("2001:db8::/33")), key("2001:db8:7fff::1")));
    EXPECT_FALSE(holds(stretch_of(*base::Prefix::parse("2001:db8::/33")), key("2001:db8:8000::")));
}

TEST(EventKeys, hold_what_lies_below_a_domain) {
    auto const stretch = stretch_of("bank.example");
    EXPECT_TRUE(holds(stretch, domain_key("bank.example")));
    EXPECT_TRUE(holds(stretch, domain_key("www.bank.example")));
    EXPECT_FALSE(holds(stretch, domain_key("bank.example.org")));
    EXPECT_FALSE(holds(stretch, domain_key("thebank.example")));
    EXPECT_FALSE(holds(stretch, domain_key("bank-2.example")));
    EXPECT_FALSE(holds(stretch, domain_key("example")));
}

TEST(EventKeys, keep_each_tag_once) {
    Event event;
    ASSERT_TRUE(event.set("extra.tag", "a, B;;c").has_value());
    ASSERT_TRUE(event.set("extra.tags", Json{"b", "d e"}).has_value());
    EXPECT_EQ(keys_of(event).tags, "\na\nb\nc\nd e\n");
}

TEST(EventKeys, of_more_addresses_than_one_stand_apart) {
    Event event;
    ASSERT_TRUE(event.set("source.ip", Json{"192.0.2.1", "192.0.2.2", "192.0.2.1"}).has_value());
    auto const keys = keys_of(event);
    EXPECT_EQ(keys.source, "4c0000201");
    EXPECT_THAT(keys.further, ::testing::ElementsAre("4c0000202"));
}

TEST(EventKeys, tell_the_address_in_a_url_as_one_of_its_end) {
    Event event;
    ASSERT_TRUE(event.set("source.url", Json{"http://192.0.2.1:8080/x", "http://[2001:db8::1]/"}).has_value());
    ASSERT_TRUE(event.set("destination.url", "http://user@192.0.2.9?x").has_value());
    auto const keys = keys_of(event);
    EXPECT_EQ(keys.source, "4c0000201");
    EXPECT_EQ(keys.destination, "4c0000209");
    EXPECT_FALSE(keys.domain.has_value());
    EXPECT_THAT(keys.further, ::testing::ElementsAre("620010db8000000000000000000000001"));
}

}  // namespace
}  // namespace kula::events
