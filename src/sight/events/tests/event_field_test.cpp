// Every field keeps its values in one form, and says what is none.

#include "events/event_field.hpp"

#include <gmock/gmock.h>

#include "events/event.hpp"

namespace kula::events {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

struct Kept {
    char const* field;
    Json told;
    Json kept;
};

class KeptForm : public ::testing::TestWithParam<Kept> {};

TEST_P(KeptForm, is_one) {
    auto const& [field, told, kept] = GetParam();
    Event event;
    auto const set = event.set(field, told);
    ASSERT_TRUE(set.has_value()) << set.error().detail;
    EXPECT_EQ(*event.find(field), kept) << field;
    Event again;
    ASSERT_TRUE(again.set(field, kept).has_value());
    EXPECT_EQ(again.fields(), event.fields()) << "what is kept is taken as it is";
}

INSTANTIATE_TEST_SUITE_P(
    of_a_field, KeptForm,
    ::testing::Values(
        Kept{"source.ip", "2001:DB8:0::1", "2001:db8::1"},
        Kept{"source.ip", Json::array({"192.0.2.1", "192.0.2.2"}), Json::array({"192.0.2.1", "192.0.2.2"})},
        Kept{"source.ip", Json::array({"192.0.2.1"}), "192.0.2.1"},
        Kept{"source.network", "192.0.2.77/24", "192.0.2.0/24"}, Kept{"source.network", "192.0.2.7", "192.0.2.7/32"},
        Kept{"source.port", "443", 443}, Kept{"source.asn", "AS64496", 64496}, Kept{"source.asn", 64496, 64496},
        Kept{"source.fqdn", "WWW.Example.ORG.", "www.example.org"}, Kept{"source.fqdn", "LocalHost", "localhost"},
        Kept{"destination.reverse_dns", "wpad", "wpad"}, Kept{"source.domain_suffix", ".CO.UK", "co.uk"},
        Kept{"source.domain_suffix", "com", "com"},
        Kept{"source.url", "hxxps://example.org/a b", "https://example.org/a b"},
        Kept{"source.geolocation.cc", "mk", "MK"}, Kept{"source.geolocation.latitude", "41.99", 41.99},
        Kept{"source.tor_node", true, true}, Kept{"malware.name", " Conficker ", "conficker"},
        Kept{"malware.hash.md5", "D41D8CD98F00B204E9800998ECF8427E", "d41d8cd98f00b204e9800998ecf8427e"},
        Kept{"time.source", "2026-11-21 10:00:00+0100", "2026-11-21T09:00:00Z"},
        Kept{"time.source", "2026-11-21T10:00:00.5Z", "2026-11-21T10:00:00.500000Z"}, Kept{"tlp", "TLP:WHITE", "clear"},
        Kept{"classification.type", "Unauthorized-Use-Of-Resources", "unauthorised-use-of-resources"},
        Kept{"product.vulnerabilities", "CVE-2026-1", Json::array({"CVE-2026-1"})}, Kept{"feed.accuracy", 100, 100.0},
        Kept{"extra.anything at all", {{"a", {1, nullptr}}}, {{"a", {1, nullptr}}}}));

class NoForm : public ::testing::TestWithParam<std::tuple<char const*, Json>> {};

TEST_P(NoForm, is_refused_by_the_field_and_not_by_the_value) {
    auto const& [field, told] = GetParam();
    Event event;
    auto const set = event.set(field, told);
    ASSERT_TRUE(set.has_error());
    EXPECT_THAT(set.error().detail, AllOf(HasSubstr(field), Not(HasSubstr("secret"))));
    EXPECT_TRUE(event.fields().empty());
}

INSTANTIATE_TEST_SUITE_P(
    of_a_field, NoForm,
    ::testing::Values(std::tuple("source.ip", "192.0.2.256"), std::tuple("source.ip", "secret"),
                      std::tuple("source.ip", Json::array({"192.0.2.1", "secret"})),
                      std::tuple("source.ip", Json::array()), std::tuple("source.ip", 3.5),
                      std::tuple("source.port", Json::array({80, 443})), std::tuple("source.port", 0),
                      std::tuple("source.port", 65536), std::tuple("source.port", "80x"), std::tuple("source.asn", 0),
                      std::tuple("source.asn", 4294967296), std::tuple("source.network", "192.0.2.0/33"),
                      std::tuple("source.fqdn", "192.0.2.1"), std::tuple("source.fqdn", "-"),
                      std::tuple("source.fqdn", ".example.org"), std::tuple("source.domain_suffix", "."),
                      std::tuple("source.url", "secret.example/a"), std::tuple("source.url", "http:///a"),
                      std::tuple("source.url", "http://example.org/\r\nx"), std::tuple("source.geolocation.cc", "MKD"),
                      std::tuple("source.geolocation.latitude", "nan"), std::tuple("source.tor_node", "yes"),
                      std::tuple("malware.hash.md5", "xyz"), std::tuple("malware.name", "  "),
                      std::tuple("malware.name", Json::object({{"a", 1}})), std::tuple("time.source", "yesterday"),
                      std::tuple("tlp", "secret"), std::tuple("feed.accuracy", 101), std::tuple("source.colour", "red"),
                      std::tuple("extra.", "x"), std::tuple("extra.a\nb", "x")));

TEST(EventFields, are_those_of_intelmq_and_few_more) {
    for (auto const* name : {"source.geolocation.cymru_cc", "destination.urlpath", "misp.event_uuid", "rtir_id",
                             "severity", "product.vendor", "screenshot_url", "event_description.target"})
        EXPECT_NE(EventFields::shipped().find(name), nullptr) << name;
    EXPECT_EQ(EventFields::shipped().find("destination.geolocation.cymru_cc"), nullptr);
}

}  // namespace
}  // namespace kula::events
