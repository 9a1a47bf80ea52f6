#include "proxy_trust.hpp"

#include <gtest/gtest.h>

#include "address_of.hpp"

namespace kula::net {
namespace {

using testing::address_of;

using Fields = std::vector<std::pair<std::string, std::string>>;

Caller const proxy{address_of("192.0.2.10"), Scheme::http};

std::vector<base::Prefix> const trusted{*base::Prefix::parse("192.0.2.0/24"), *base::Prefix::parse("2001:db8:1::/48")};

/// `address scheme` as told through the proxy; `-` where it stays as it is.
std::string told(Fields const& fields, ForwardedBy header = ForwardedBy::x_forwarded_for, Caller connected = proxy) {
    Headers headers;
    for (auto const& [name, value] : fields) headers.add(name, value);
    auto const caller = ProxyTrust(trusted, header).caller(connected, headers);
    if (caller == connected) return "-";
    return caller.address.text() + ' ' + std::string(to_text(caller.scheme));
}
std::string told_x(std::string const& addresses, std::string const& scheme = "https") {
    return told({{"X-Forwarded-For", addresses}, {"X-Forwarded-Proto", scheme}});
}
std::string told_forwarded(std::string const& value) { return told({{"Forwarded", value}}, ForwardedBy::forwarded); }

TEST(ProxyTrust, believes_only_trusted_hops) {
    Fields const fields{{"X-Forwarded-For", "198.51.100.7"}, {"X-Forwarded-Proto", "https"}};
    EXPECT_EQ(told(fields), "198.51.100.7 https");
    EXPECT_EQ(told(fields, ForwardedBy::x_forwarded_for, {address_of("203.0.113.1")}), "-");
    EXPECT_EQ(told(fields, ForwardedBy::x_forwarded_for, {address_of("2001:db8:1::5")}), "198.51.100.7 https");
}

TEST(ProxyTrust, takes_the_rightmost_hop_that_is_not_trusted) {
    EXPECT_EQ(told_x("203.0.113.1, 198.51.100.7, 192.0.2.77"), "198.51.100.7 https");
    EXPECT_EQ(told_x("nonsense, 198.51.100.7"), "198.51.100.7 https") << "what the client wrote itself counts nothing";
    EXPECT_EQ(told_x("192.0.2.99,192.0.2.77"), "192.0.2.99 https") << "one of the proxies asks";
    EXPECT_EQ(told({{"X-Forwarded-For", "203.0.113.1"}, {"x-forwarded-for", "198.51.100.7"}}), "198.51.100.7 http");
}

TEST(ProxyTrust, knows_addresses_with_ports_and_brackets) {
    EXPECT_EQ(told_x("198.51.100.7:4711"), "198.51.100.7 https");
    EXPECT_EQ(told_x("2001:db8::7"), "2001:db8::7 https");
    EXPECT_EQ(told_x("[2001:db8::7]"), "2001:db8::7 https");
    EXPECT_EQ(told_x("[2001:db8::7]:4711"), "2001:db8::7 https");
}

TEST(ProxyTrust, stays_with_the_proxy_where_the_header_is_malformed) {
    for (auto const* bad :
         {"", ",", "unknown", "198.51.100.7 192.0.2.1", "198.51.100.7:", "198.51.100.7:x", "[198.51.100.7]",
          "[2001:db8::7", "[", "]", ":", "[]:1", "198.51.100.07", "203.0.113.1, nonsense"}) {
        EXPECT_EQ(told_x(bad), "-") << bad;
    }
    std::string many = "198.51.100.7";
    for (int hop = 0; hop < 32; ++hop) many += ",192.0.2.1";
    EXPECT_EQ(told_x(many), "-") << "too many hops";
}

TEST(ProxyTrust, takes_no_scheme_that_is_in_doubt) {
    EXPECT_EQ(told_x("198.51.100.7", "HTTPS"), "198.51.100.7 https");
    EXPECT_EQ(told_x("198.51.100.7", "https, http"), "198.51.100.7 http");
    EXPECT_EQ(told_x("198.51.100.7", "ftp"), "198.51.100.7 http");
    EXPECT_EQ(
        told({{"X-Forwarded-For", "198.51.100.7"}, {"X-Forwarded-Proto", "https"}, {"X-Forwarded-Proto", "http"}}),
        "198.51.100.7 http");
}

TEST(ProxyTrust, reads_forwarded_as_rfc_7239_says) {
    EXPECT_EQ(told_forwarded("for=198.51.100.7;proto=https;by=192.0.2.10"), "198.51.100.7 https");
    EXPECT_EQ(told_forwarded("For=\"[2001:db8:cafe::17]:4711\""), "2001:db8:cafe::17 http");
    EXPECT_EQ(told_forwarded("for=203.0.113.1, for=198.51.100.7;proto=https, for=192.0.2.77;proto=http"),
              "198.51.100.7 https");
    EXPECT_EQ(told_forwarded("for=\"198.51.100.7\" ; host=\"a,b;c=\\\"d\" ; proto=https"), "198.51.100.7 https");
    EXPECT_EQ(told_forwarded("for=198.51.100.7:80"), "198.51.100.7 http");
    for (auto const* bad : {"", "for=unknown", "for=_hidden", "for=", "=198.51.100.7", "for=\"198.51.100.7", "for=\"\\",
                            "for = 198.51.100.7", "198.51.100.7", "for=198.51.100.7 proto=https", "for=198.51.100.7,",
                            "for=\"198.51.100.7\"x"}) {
        EXPECT_EQ(told_forwarded(bad), "-") << bad;
    }
}

TEST(ProxyTrust, does_not_look_at_the_header_that_its_proxies_do_not_write) {
    Fields const both{{"X-Forwarded-For", "198.51.100.1"}, {"Forwarded", "for=198.51.100.2"}};
    EXPECT_EQ(told(both), "198.51.100.1 http");
    EXPECT_EQ(told(both, ForwardedBy::forwarded), "198.51.100.2 http");
    EXPECT_EQ(told({{"Forwarded", "for=198.51.100.2"}}), "-");
}

}  // namespace
}  // namespace kula::net
