#include "public_figures.hpp"

#include <gtest/gtest.h>

namespace kula::portal {
namespace {

TEST(PublicFigures, are_told_only_of_enough_organisations_of_which_none_prevails) {
    EXPECT_TRUE(may_be_told({10, 10, 10, 10, 10}));
    EXPECT_FALSE(may_be_told({10, 10, 10, 10}));
    EXPECT_FALSE(may_be_told({10, 10, 10, 10, 0})) << "who has none stands behind nothing";
    EXPECT_TRUE(may_be_told({40, 10, 10, 10, 10}));
    EXPECT_FALSE(may_be_told({41, 10, 10, 10, 10}));
    EXPECT_FALSE(may_be_told({}));
}

TEST(PublicFigures, are_rounded_to_two_digits) {
    EXPECT_EQ(rounded(0), 0u);
    EXPECT_EQ(rounded(99), 99u);
    EXPECT_EQ(rounded(104), 100u);
    EXPECT_EQ(rounded(1'250), 1'300u);
    EXPECT_EQ(rounded(1'234'567), 1'200'000u);
}

std::vector<std::pair<std::string, unsigned>> told(SightingsBySector const& sightings) {
    std::vector<std::pair<std::string, unsigned>> out;
    for (auto const& share : sector_shares(sightings)) out.emplace_back(share.name, share.percent);
    return out;
}
using Told = std::vector<std::pair<std::string, unsigned>>;

TEST(PublicFigures, small_sectors_are_told_together) {
    EXPECT_EQ(told({{"energy", {9, 9, 9, 9, 9, 9, 9}}, {"health", {5, 5, 5}}, {"banking", {6, 6, 6, 4}}, {"", {0}}}),
              (Told{{"energy", 63}, {"", 37}}));
}

TEST(PublicFigures, one_small_sector_is_not_told_as_the_rest) {
    EXPECT_EQ(told({{"energy", {9, 9, 9, 9, 9}}, {"health", {5, 5, 5, 1}}}), (Told{{"energy", 100}}))
        << "the rest would be that sector";
    EXPECT_EQ(told({{"energy", {9, 9, 9, 9, 9}}, {"health", {90, 1, 1}}, {"banking", {1, 1}}}), (Told{{"energy", 100}}))
        << "one organisation prevails in the rest";
}

TEST(PublicFigures, are_of_whole_days_that_have_passed) {
    auto const window = public_window(*base::parse_instant("2026-11-25T22:14:15Z"));
    EXPECT_EQ(base::to_seconds_text(window.from), "2026-10-26T00:00:00Z");
    EXPECT_EQ(base::to_seconds_text(window.to), "2026-11-25T00:00:00Z");
}

}  // namespace
}  // namespace kula::portal
