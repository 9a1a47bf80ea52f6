// Proves: the polynomial decaying model holds at its corners, and the moment of expiry is the model's own.
#include "indicators/decay.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kula::indicators {

using namespace std::chrono_literals;

static base::Instant const start = *base::parse_instant("2026-11-21T10:00:00Z");

TEST(Decay, begins_at_the_confidence_and_ends_at_zero) {
    Decay const decay{100h, 0.5, 5};
    EXPECT_DOUBLE_EQ(score(80, start, decay, start), 80);
    EXPECT_DOUBLE_EQ(score(80, start, decay, start - 1h), 80);
    EXPECT_DOUBLE_EQ(score(80, start, decay, start + 100h), 0);
    EXPECT_DOUBLE_EQ(score(80, start, decay, start + 1000h), 0);
}

TEST(Decay, follows_the_published_polynomial) {
    EXPECT_NEAR(score(80, start, {100h, 1, 0}, start + 25h), 60, 1e-9);    // A straight line.
    EXPECT_NEAR(score(80, start, {100h, 2, 0}, start + 25h), 40, 1e-9);    // 80 · (1 − √0.25)
    EXPECT_NEAR(score(80, start, {100h, 0.5, 0}, start + 25h), 75, 1e-9);  // 80 · (1 − 0.25²)
}

TEST(Decay, never_rises) {
    Decay const decay{100h, 0.7, 5};
    for (auto at = 0h; at < 110h; at += 1h) {
        EXPECT_GE(score(64, start, decay, start + at), score(64, start, decay, start + at + 1h));
    }
}

TEST(Decay, expires_when_the_score_falls_below_the_threshold) {
    for (double const speed : {0.3, 1.0, 3.0}) {
        Decay const decay{100h, speed, 30};
        auto const end = expires_at(80, start, decay);
        EXPECT_GE(score(80, start, decay, end - 1s), 30);
        EXPECT_LT(score(80, start, decay, end + 1s), 30);
        EXPECT_FALSE(is_expired(80, start, std::nullopt, decay, end - 1s));
        EXPECT_TRUE(is_expired(80, start, std::nullopt, decay, end));
    }
}

TEST(Decay, expires_at_once_what_begins_below_the_threshold) {
    EXPECT_EQ(expires_at(20, start, {100h, 1, 30}), start);
    EXPECT_EQ(expires_at(0, start, {100h, 1, 0}), start);
}

TEST(Decay, ends_with_the_validity_even_if_the_score_stands) {
    Decay const decay{100h, 1, 5};
    EXPECT_FALSE(is_expired(80, start, start + 1h, decay, start + 59min));
    EXPECT_TRUE(is_expired(80, start, start + 1h, decay, start + 1h));
}

TEST(Decay, is_shipped_for_every_kind) {
    for (auto const kind : {Kind::address, Kind::prefix, Kind::range, Kind::as_number, Kind::domain, Kind::url,
                            Kind::md5, Kind::sha1, Kind::sha256}) {
        auto const& decay = DecayTable::shipped().of(kind);
        EXPECT_GE(decay.lifetime, 24h);
        EXPECT_GT(decay.speed, 0);
        EXPECT_GT(expires_at(50, start, decay), start + 24h);
    }
}

TEST(Decay, refuses_a_table_that_breaks_a_rule) {
    EXPECT_TRUE(DecayTable::parse("[]").has_error());
    EXPECT_TRUE(DecayTable::parse("{}").has_error());
    EXPECT_TRUE(DecayTable::parse("{\"address\": {}}").has_error());
    std::string table = "{";
    for (auto const* kind : {"address", "prefix", "range", "as", "domain", "url", "md5", "sha1", "sha256"}) {
        table += std::string(table.size() > 1 ? "," : "") + "\"" + kind +
                 R"(":{"lifetime_days":30,"speed":1,"threshold":30})";
    }
    EXPECT_TRUE(DecayTable::parse(table + "}"));
    auto const faulty =
        DecayTable::parse(table.substr(0, table.rfind("\"speed\":1")) + R"("speed":0,"threshold":30}})");
    ASSERT_TRUE(faulty.has_error());
    EXPECT_THAT(faulty.error().detail, testing::HasSubstr("sha256: speed"));
}

}  // namespace kula::indicators
