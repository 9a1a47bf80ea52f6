// Proves: every kind is recognised by its shape, texts that mean the same are one value, and what is no indicator says
// why.
#include "indicators/value.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kula::indicators {

static std::string canonical(std::string_view text) {
    auto const value = Value::parse(text);
    if (!value) return "refused: " + value.error().detail;
    return std::string(to_text(value->kind)) + " " + value->text();
}

static std::string reason(std::string_view text, ReservedSpace reserved = ReservedSpace::refuse) {
    auto const value = Value::parse(text, reserved);
    return value ? "taken as " + value->text() : value.error().detail;
}

using testing::HasSubstr;
using testing::StartsWith;

TEST(Value, reads_hosts_with_and_without_length_as_one_address) {
    EXPECT_EQ(canonical("192.0.2.1"), "address 192.0.2.1");
    EXPECT_EQ(canonical("192.0.2.1/32"), "address 192.0.2.1");
    EXPECT_EQ(canonical("2001:DB8::0"), "address 2001:db8::");
    EXPECT_EQ(canonical("2001:db8:0:0::1/128"), "address 2001:db8::1");
    EXPECT_EQ(canonical("[2001:db8::1]"), "address 2001:db8::1");
    EXPECT_EQ(*Value::parse("192.0.2.1/32"), *Value::parse(" 192.0.2.1\t"));
}

TEST(Value, prints_ipv6_as_rfc_5952_says) {
    EXPECT_EQ(canonical("2001:db8:0:0:1:0:0:1"), "address 2001:db8::1:0:0:1");
    EXPECT_EQ(canonical("2001:0DB8:0000:0001:0001:0001:0001:0001"), "address 2001:db8:0:1:1:1:1:1");
    EXPECT_EQ(canonical("2001:db8::/48"), "prefix 2001:db8::/48");
    EXPECT_EQ(canonical("::ffff:192.0.2.1"), "address ::ffff:192.0.2.1");
}

TEST(Value, clears_host_bits_of_a_prefix) {
    EXPECT_EQ(canonical("198.51.100.77/24"), "prefix 198.51.100.0/24");
    EXPECT_EQ(canonical("2001:db8::1/32"), "prefix 2001:db8::/32");
    EXPECT_EQ(canonical("198.18.0.0/15"), "prefix 198.18.0.0/15");
}

TEST(Value, keeps_ranges_as_given_and_apart_from_prefixes) {
    EXPECT_EQ(canonical("192.0.2.5-192.0.2.9"), "range 192.0.2.5-192.0.2.9");
    EXPECT_EQ(canonical("192.0.2.5  -\t192.0.2.9"), "range 192.0.2.5-192.0.2.9");
    EXPECT_EQ(canonical("2001:db8::1 - 2001:db8::f"), "range 2001:db8::1-2001:db8::f");
    EXPECT_EQ(canonical("192.0.2.7-192.0.2.7"), "address 192.0.2.7");
    EXPECT_NE(*Value::parse("192.0.2.0-192.0.2.255"), *Value::parse("192.0.2.0/24"));
    EXPECT_THAT(reason("192.0.2.9-192.0.2.5"), HasSubstr("ends before it begins"));
    EXPECT_THAT(reason("192.0.2.9-2001:db8::1"), HasSubstr("one family"));
    EXPECT_THAT(reason("192.0.2.9-20"), HasSubstr("address-address"));
    EXPECT_EQ(canonical("192.0.2.9-pool.isp.example"), "domain 192.0.2.9-pool.isp.example");
    EXPECT_EQ(canonical(".192.0.2.9-pool.isp.example/x"), "url 192.0.2.9-pool.isp.example/x");
}

TEST(Value, refuses_what_is_wider_than_8_and_16) {
    EXPECT_EQ(canonical("8.0.0.0/8"), "prefix 8.0.0.0/8");
    EXPECT_EQ(reason("8.0.0.0/7"), "wider than a /8");
    EXPECT_EQ(reason("0.0.0.0/0", ReservedSpace::allow), "wider than a /8");
    EXPECT_EQ(canonical("8.0.0.0-8.255.255.255"), "range 8.0.0.0-8.255.255.255");
    EXPECT_EQ(reason("8.0.0.0-9.0.0.0"), "wider than a /8");
    EXPECT_EQ(canonical("2001::/16"), "prefix 2001::/16");
    EXPECT_EQ(reason("2000::/15"), "wider than a /16");
    EXPECT_EQ(reason("::/0"), "wider than a /16");
}

TEST(Value, refuses_reserved_space_unless_told) {
    for (auto const* text : {"0.0.0.0",
                             "0.255.255.255",
                             "10.0.0.0/8",
                             "10.1.2.3",
                             "100.64.0.1",
                             "100.127.255.255",
                             "127.0.0.1",
                             "169.254.1.1",
                             "172.16.0.0/12",
                             "172.31.255.255",
                             "192.168.255.0/24",
                             "224.0.0.1",
                             "240.0.0.0/8",
                             "255.255.255.255",
                             "::",
                             "::1",
                             "::/127",
                             "fc00::",
                             "fdff::1",
                             "fe80::1",
                             "febf::/16",
                             "ff02::1",
                             "ff00::/16",
                             "10.0.0.1-10.0.0.9",
                             "http://192.168.1.1/x",
                             "http://[fe80::1]/"}) {
        EXPECT_THAT(reason(text), HasSubstr("public Internet")) << text;
        EXPECT_THAT(reason(text, ReservedSpace::allow), StartsWith("taken")) << text;
    }
}

TEST(Value, takes_what_borders_on_reserved_space_and_documentation_space) {
    for (auto const* text :
         {"1.0.0.0",         "9.255.255.255",   "11.0.0.0",        "100.63.255.255",  "100.128.0.0",
          "126.255.255.255", "128.0.0.0",       "169.253.255.255", "169.255.0.0",     "172.15.255.255",
          "172.32.0.0",      "192.167.255.255", "192.169.0.0",     "223.255.255.255", "::2",
          "fbff::",          "fe00::",          "fe7f::1",         "fec0::",          "192.0.2.0/24",
          "198.51.100.0/24", "203.0.113.0/24",  "198.18.0.0/15",   "2001:db8::/32"}) {
        EXPECT_THAT(reason(text), StartsWith("taken")) << text;
    }
}

TEST(Value, reads_as_numbers_only_with_their_letters) {
    EXPECT_EQ(canonical("AS0"), "as AS0");
    EXPECT_EQ(canonical("as64500"), "as AS64500");
    EXPECT_EQ(canonical("AS4294967295"), "as AS4294967295");
    EXPECT_EQ(canonical("As0064500"), "as AS64500");
    EXPECT_THAT(reason("AS4294967296"), HasSubstr("no indicator"));
    EXPECT_THAT(reason("AS99999999999999999999"), HasSubstr("no indicator"));
    for (auto const* text : {"64500", "3", "AS", "AS-64500", "AS64500x", "AS 64500"}) {
        EXPECT_THAT(reason(text), HasSubstr("no indicator")) << text;
    }
}

TEST(Value, writes_domains_in_lower_case_ascii_without_the_final_dot) {
    EXPECT_EQ(canonical("EXAMPLE.org."), "domain example.org");
    EXPECT_EQ(canonical("b\xC3\xBC"
                        "cher.example"),
              "domain xn--bcher-kva.example");
    EXPECT_EQ(canonical("B\xC3\x9C"
                        "CHER.Example"),
              "domain xn--bcher-kva.example");
    EXPECT_EQ(canonical("\xD0\xBF\xD1\x80\xD0\xB8\xD0\xBC\xD0\xB5\xD1\x80.\xD0\xBC\xD0\xBA\xD0\xB4"),
              "domain xn--e1afmkfd.xn--d1alf");
    EXPECT_EQ(canonical("XN--Bcher-KVA.example"), "domain xn--bcher-kva.example");
    EXPECT_EQ(canonical("_dmarc.example.org"), "domain _dmarc.example.org");
    EXPECT_EQ(canonical("*.example.org"), "domain example.org");
    EXPECT_EQ(canonical(".example.org"), "domain example.org");
}

TEST(Value, refuses_names_that_are_none) {
    std::string const label(63, 'a');
    EXPECT_EQ(canonical(label + ".org"), "domain " + label + ".org");
    std::string const longest = label + "." + label + "." + label + "." + std::string(61, 'a');
    EXPECT_EQ(canonical(longest), "domain " + longest);
    for (auto const& text : {std::string("localhost"),
                             std::string("example..org"),
                             std::string("exa mple.org"),
                             label + "a.org",
                             longest + "a",
                             std::string("example.123"),
                             std::string("1.2.3"),
                             std::string("1.2.3.4.5"),
                             std::string("1.2.3.256"),
                             std::string("01.2.3.4"),
                             std::string("192.0.2.1."),
                             std::string("user@example.org"),
                             std::string("example.-a"),
                             std::string("..org"),
                             std::string("."),
                             std::string("*."),
                             std::string("192.0.2.1:443"),
                             std::string("ex\xFF.org"),
                             std::string("a.org\0b.org", 11),
                             std::string(),
                             std::string("   "),
                             std::string(5000, 'a')}) {
        EXPECT_THAT(reason(text), HasSubstr("no indicator")) << text;
    }
}

TEST(Value, writes_urls_with_scheme_and_host_in_lower_case) {
    EXPECT_EQ(canonical("HTTP://EXAMPLE.org"), "url http://example.org/");
    EXPECT_EQ(canonical("http://example.org./A/b?C=d#frag"), "url http://example.org/A/b?C=d");
    EXPECT_EQ(canonical("http://example.org?x=1"), "url http://example.org/?x=1");
    EXPECT_EQ(canonical("http://user:pass@example.org/"), "url http://example.org/");
    EXPECT_EQ(canonical("http://b\xC3\xBC"
                        "cher.example/\xC3\xBC"),
              "url http://xn--bcher-kva.example/\xC3\xBC");
    EXPECT_EQ(canonical("Example.org/Path"), "url example.org/Path");
    EXPECT_EQ(canonical("192.0.2.1/x"), "url 192.0.2.1/x");
    EXPECT_EQ(canonical("http://[2001:DB8::0]:8080/x"), "url http://[2001:db8::]:8080/x");
    EXPECT_EQ(canonical("example.org/go?to=http://other.example/"), "url example.org/go?to=http://other.example/");
}

TEST(Value, drops_only_the_default_port_of_a_url) {
    EXPECT_EQ(canonical("http://example.org:80/"), "url http://example.org/");
    EXPECT_EQ(canonical("https://example.org:443/"), "url https://example.org/");
    EXPECT_EQ(canonical("https://example.org:80/"), "url https://example.org:80/");
    EXPECT_EQ(canonical("http://example.org:0080/"), "url http://example.org/");
    EXPECT_EQ(canonical("http://example.org:/"), "url http://example.org/");
    EXPECT_EQ(canonical("example.org:8080/a"), "url example.org:8080/a");
    EXPECT_EQ(canonical("ftp://example.org:21/a"), "url ftp://example.org/a");
    for (auto const* text :
         {"http://example.org:0/", "http://example.org:65536/", "http://example.org:x/", "http://:80/", "http:///x",
          "http://", "http://[::1/", "http://localhost/", "http://3232235777/", "http://example.org/a b",
          "192.0.2.1/33", "198.51.100.64/255.255.255.192", "2001:db8::/129", "192.0.2.1:/24"}) {
        EXPECT_THAT(reason(text), HasSubstr("no indicator")) << text;
    }
}

TEST(Value, undoes_defanging) {
    EXPECT_EQ(canonical("hxxp://example[.]org/a"), "url http://example.org/a");
    EXPECT_EQ(canonical("hXXps://example[.]org/a[.]php"), "url https://example.org/a.php");
    EXPECT_EQ(canonical("hxxp[://]example(dot)org"), "url http://example.org/");
    EXPECT_EQ(canonical("hxxps[:]//example.org/"), "url https://example.org/");
    EXPECT_EQ(canonical("192[.]0[.]2[.]1"), "address 192.0.2.1");
    EXPECT_EQ(canonical("192.0.2[.]0/24"), "prefix 192.0.2.0/24");
    EXPECT_EQ(canonical("2001[:]db8[:][:]1"), "address 2001:db8::1");
    EXPECT_EQ(canonical("example[.com"), "domain example.com");
    EXPECT_EQ(canonical("example{.}com"), "domain example.com");
}

TEST(Value, leaves_brackets_in_the_path_of_a_live_url) {
    EXPECT_EQ(canonical("http://example.org/a[.]b"), "url http://example.org/a[.]b");
    EXPECT_EQ(canonical("http://[2001:db8::1]/a(dot)b"), "url http://[2001:db8::1]/a(dot)b");
}

TEST(Value, tells_hashes_by_their_length) {
    EXPECT_EQ(canonical("D41D8CD98F00B204E9800998ECF8427E"), "md5 d41d8cd98f00b204e9800998ecf8427e");
    EXPECT_EQ(canonical(std::string(40, 'A')), "sha1 " + std::string(40, 'a'));
    EXPECT_EQ(canonical(std::string(64, '0')), "sha256 " + std::string(64, '0'));
    EXPECT_EQ(canonical(std::string(32, '1')), "md5 " + std::string(32, '1'));
    for (auto const length : {31U, 33U, 39U, 41U, 63U, 65U, 128U}) {
        EXPECT_THAT(reason(std::string(length, 'a')), HasSubstr("no indicator")) << length;
    }
    EXPECT_THAT(reason(std::string(31, 'a') + "g"), HasSubstr("no indicator"));
}

TEST(Value, reads_its_own_text_back) {
    for (auto const* text :
         {"192.0.2.1", "192.0.2.0/25", "192.0.2.1-192.0.2.9", "as1", "a.example", "example.org/24", "192.0.2.1:80/24",
          "http://a.example:81/[[.]]", "hxxp://a[.]example/[[.]]", "2001:db8::/127"}) {
        auto const value = Value::parse(text);
        ASSERT_TRUE(value) << text;
        auto const again = Value::parse(value->text());
        ASSERT_TRUE(again) << value->text();
        EXPECT_EQ(*value, *again) << text;
    }
}

}  // namespace kula::indicators
