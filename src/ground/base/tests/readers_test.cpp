#include "base/readers.hpp"

#include <gtest/gtest.h>

#include "base/actor.hpp"

namespace kula::base {
namespace {

Uuid person(char last) { return *Uuid::parse(std::string("01930b2e-6c00-7000-8000-00000000000") + last); }

TEST(Readers, are_written_sorted_and_read_back) {
    auto const readers = Readers::of({person('2'), person('1'), person('2')});
    ASSERT_TRUE(readers);
    EXPECT_EQ(readers->text(), person('1').text() + "," + person('2').text());
    EXPECT_EQ(Readers::parse(readers->text()), readers);
    EXPECT_EQ(Readers::parse(""), Readers());
}

TEST(Readers, are_no_text_that_is_broken) {
    auto const one = person('1').text();
    for (auto const& text : {one + ",", "," + one, one + ",,", one + " ", std::string("x")})
        EXPECT_EQ(Readers::parse(text), std::nullopt) << text;
}

TEST(Readers, are_few) {
    std::vector<Uuid> people;
    for (std::size_t i = 0; i <= Readers::most; ++i) people.push_back(Uuid::v7(from_microseconds(1'000'000)));
    EXPECT_EQ(Readers::of(people), std::nullopt);
    people.pop_back();
    EXPECT_TRUE(Readers::of(people));
}

TEST(Readers, of_what_is_derived_may_read_every_source) {
    auto const a = *Readers::of({person('1'), person('2')});
    auto const b = *Readers::of({person('2'), person('3')});
    EXPECT_EQ(common(a, b), *Readers::of({person('2')}));
    EXPECT_TRUE(common(a, Readers()).empty());
}

TEST(Clearance, reads_red_only_by_name) {
    auto const readers = *Readers::of({person('1')});
    EXPECT_TRUE(Clearance::of_team(person('1')).may_read(Tlp::red, readers));
    EXPECT_FALSE(Clearance::of_team(person('2')).may_read(Tlp::red, readers));
    EXPECT_FALSE(Clearance::of_team(std::nullopt).may_read(Tlp::red, readers));
    EXPECT_FALSE(Clearance::of({person('1')}).may_read(Tlp::red, readers));
    EXPECT_FALSE(Clearance::of_team(person('1')).may_read(Tlp::red, Readers()));
    EXPECT_TRUE(Clearance::everything().may_read(Tlp::red, Readers()));
    EXPECT_TRUE(Clearance::of_team(std::nullopt).may_read(Tlp::amber_strict, readers));
}

}  // namespace
}  // namespace kula::base
