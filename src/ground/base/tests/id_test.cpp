#include "base/id.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <thread>
#include <type_traits>
#include <vector>

using kula::base::from_microseconds;
using kula::base::Id;
using kula::base::Uuid;

namespace {

struct Organisation;
struct Indicator;

std::uint64_t milliseconds_of(Uuid const& uuid) {
    std::uint64_t milliseconds = 0;
    for (std::size_t i = 0; i < 6; ++i) milliseconds = milliseconds << 8 | uuid.bytes()[i];
    return milliseconds;
}

/// Later than any moment that another test of this binary used, since the ids of one process never fall.
kula::base::Instant a_later_moment() {
    static std::int64_t milliseconds = 1'795'255'200'000;
    milliseconds += 1'000'000;
    return from_microseconds(milliseconds * 1'000 + 789);
}

}  // namespace

// RFC 9562 §5.7: 48 bits of Unix milliseconds, version 7, variant 10.
TEST(Uuid, has_the_layout_of_version_7) {
    auto const now = a_later_moment();
    auto const uuid = Uuid::v7(now);
    EXPECT_EQ(milliseconds_of(uuid), static_cast<std::uint64_t>(kula::base::to_microseconds(now) / 1'000));
    EXPECT_EQ(uuid.bytes()[6] >> 4, 7);
    EXPECT_EQ(uuid.bytes()[8] >> 6, 2);
    EXPECT_EQ(uuid.text()[14], '7');
}

TEST(Uuid, rises_within_one_millisecond) {
    auto const now = a_later_moment();
    auto last = Uuid::v7(now);
    for (int i = 0; i < 20'000; ++i) {
        auto const next = Uuid::v7(now);
        ASSERT_LT(last, next);
        last = next;
    }
}

TEST(Uuid, rises_when_the_clock_falls_back) {
    auto const now = a_later_moment();
    auto const before = Uuid::v7(now);
    EXPECT_LT(before, Uuid::v7(now - std::chrono::hours(1)));
    EXPECT_LT(before, Uuid::v7(from_microseconds(-5)));
}

TEST(Uuid, is_unique_and_rises_in_every_thread) {
    auto const now = a_later_moment();
    constexpr std::size_t each = 5'000;
    std::vector<std::vector<Uuid>> made(4);
    {
        std::vector<std::jthread> threads;
        for (auto& mine : made) {
            threads.emplace_back([&mine, now] {
                for (std::size_t i = 0; i < each; ++i) mine.push_back(Uuid::v7(now));
            });
        }
    }
    std::set<Uuid> all;
    for (auto const& mine : made) {
        EXPECT_TRUE(std::is_sorted(mine.begin(), mine.end()));
        all.insert(mine.begin(), mine.end());
    }
    EXPECT_EQ(all.size(), made.size() * each);
}

TEST(Uuid, reads_what_it_prints_in_either_case) {
    auto const uuid = Uuid::v7(a_later_moment());
    EXPECT_EQ(Uuid::parse(uuid.text()), uuid);
    EXPECT_EQ(Uuid::parse("0190A1B2-C3D4-7E5F-8A6B-0123456789AB")->text(), "0190a1b2-c3d4-7e5f-8a6b-0123456789ab");
    EXPECT_EQ(Uuid().text(), "00000000-0000-0000-0000-000000000000");
}

TEST(Uuid, refuses_any_other_spelling) {
    for (auto const text : {"", "0190a1b2c3d47e5f8a6b0123456789ab", "{0190a1b2-c3d4-7e5f-8a6b-0123456789ab}",
                            "0190a1b2-c3d4-7e5f-8a6b-0123456789a", "0190a1b2-c3d4-7e5f-8a6b-0123456789abc",
                            "0190a1b2-c3d4-7e5f-8a6b-0123456789ag", "0190a1b2xc3d4-7e5f-8a6b-0123456789ab",
                            "0190a1b-2c3d4-7e5f-8a6b-0123456789ab", "-190a1b2-c3d4-7e5f-8a6b-0123456789ab"}) {
        EXPECT_FALSE(Uuid::parse(text)) << text;
    }
}

TEST(Id, of_one_kind_is_no_id_of_another) {
    static_assert(!std::is_convertible_v<Id<Organisation>, Id<Indicator>>);
    static_assert(!std::is_convertible_v<Uuid, Id<Organisation>>);
    auto const id = Id<Organisation>::make(a_later_moment());
    EXPECT_EQ(Id<Organisation>::parse(id.text()), id);
    EXPECT_FALSE(Id<Organisation>::parse("none"));
}
