#include "text_values.hpp"

#include <gtest/gtest.h>

namespace kula::formats {
namespace {

using namespace std::chrono_literals;

TEST(TextValues, takes_protocols_by_number_and_keyword) {
    EXPECT_EQ(parse_protocol("6"), 6);
    EXPECT_EQ(parse_protocol("006"), 6);
    EXPECT_EQ(parse_protocol("TCP"), 6);
    EXPECT_EQ(parse_protocol("udp"), 17);
    EXPECT_EQ(parse_protocol("IPv6-ICMP"), 58);
    EXPECT_EQ(parse_protocol("ICMP6"), 58);
    EXPECT_EQ(parse_protocol("ipip"), 94);
    EXPECT_EQ(parse_protocol("HOPOPT"), 0);
    EXPECT_EQ(parse_protocol("nsh"), 145);
    EXPECT_EQ(parse_protocol("256"), std::nullopt);
    EXPECT_EQ(parse_protocol("tcpx"), std::nullopt);
    EXPECT_EQ(parse_protocol(""), std::nullopt);
    EXPECT_EQ(parse_protocol("6 "), std::nullopt);
}

TEST(TextValues, takes_numbers_whole_or_not_at_all) {
    EXPECT_EQ(parse_count("18446744073709551615"), 18446744073709551615ull);
    EXPECT_EQ(parse_count("18446744073709551616"), std::nullopt);
    EXPECT_EQ(parse_count("-1"), std::nullopt);
    EXPECT_EQ(parse_count("1.5"), std::nullopt);
    EXPECT_EQ(parse_count(""), std::nullopt);
    EXPECT_EQ(parse_port("65535"), 65535);
    EXPECT_EQ(parse_port("65536"), std::nullopt);
}

TEST(TextValues, takes_moments_as_logs_and_tables_write_them) {
    auto const text = [](std::string_view written) {
        auto const moment = parse_moment(written);
        return moment ? base::to_text(*moment) : std::string("none");
    };
    EXPECT_EQ(text("1800000000.123456"), "2027-01-15T08:00:00.123456Z");
    EXPECT_EQ(text("1800000000.1234569"), "2027-01-15T08:00:00.123456Z");
    EXPECT_EQ(text("1800000000"), "2027-01-15T08:00:00.000000Z");
    EXPECT_EQ(text("1800000000123"), "2027-01-15T08:00:00.123000Z");
    EXPECT_EQ(text("1800000000123456"), "2027-01-15T08:00:00.123456Z");
    EXPECT_EQ(text("1.8e9"), "2027-01-15T08:00:00.000000Z");
    EXPECT_EQ(text("2026-11-21T10:00:00.123456+0000"), "2026-11-21T10:00:00.123456Z");
    EXPECT_EQ(text("2026-11-21T10:00:00.5+01:30"), "2026-11-21T08:30:00.500000Z");
    EXPECT_EQ(text("2026-11-21 10:00:00"), "2026-11-21T10:00:00.000000Z");
    EXPECT_EQ(text("2026-11-21 10:00:00.250"), "2026-11-21T10:00:00.250000Z");
    for (auto const* const none : {"", "-", "-1", "1800000000x", "nan", "inf", "1e300", "2026-13-01", "0x10", "."}) {
        EXPECT_EQ(text(none), "none") << none;
    }
}

TEST(TextValues, takes_durations_in_seconds) {
    EXPECT_EQ(parse_seconds("0.000001"), 1us);
    EXPECT_EQ(parse_seconds("61"), 61s);
    EXPECT_EQ(parse_seconds("1."), std::nullopt);
    EXPECT_EQ(parse_seconds("99999999999999999999"), std::nullopt);
}

TEST(TextValues, name_connections_alike_wherever_they_are_told) {
    EXPECT_EQ(connection_of("CHhAvVGS1DHFjwGM9"), connection_of("CHhAvVGS1DHFjwGM9"));
    EXPECT_NE(connection_of("1", "sensor"), connection_of("1"));
    EXPECT_NE(connection_of("1", "a"), connection_of("1", "b"));
    EXPECT_NE(connection_of(""), 0u);
}

TEST(TextValues, tell_host_and_path_of_a_request) {
    std::string scratch;
    auto const text = [&](std::string_view host, std::string_view target) {
        auto const name = requested(host, target, scratch);
        return std::string(name.text) + " " + std::string(name.path);
    };
    EXPECT_EQ(text("example.org", "/a/b?c=d#e"), "example.org /a/b?c=d");
    EXPECT_EQ(text("proxy.example", "http://example.org/a"), "example.org /a");
    EXPECT_EQ(text("", "https://user:word@example.org:8443"), "example.org:8443 /");
    EXPECT_EQ(text("", "http://example.org?q=/"), "example.org /?q=/");
    EXPECT_EQ(text("example.org", "/r?u=http://other.example/"), "example.org /r?u=http://other.example/");
    EXPECT_EQ(text("example.org:443", "example.org:443"), "example.org:443 ");
    EXPECT_EQ(text("example.org", "*"), "example.org ");
    EXPECT_EQ(text("example.org", ""), "example.org ");
}

}  // namespace
}  // namespace kula::formats
