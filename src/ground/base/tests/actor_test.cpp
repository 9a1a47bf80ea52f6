#include "base/actor.hpp"

#include <gtest/gtest.h>

namespace kula::base {
namespace {

Uuid uuid(char last) { return *Uuid::parse(std::string("01930b2e-6c00-7000-8000-00000000000") + last); }

TEST(Clearance, shows_everything_to_the_team) {
    EXPECT_TRUE(Clearance::everything().sees_everything());
    EXPECT_TRUE(Clearance::everything().may_see(uuid('1')));
}

TEST(Clearance, shows_an_outsider_its_own_organisations_only) {
    auto const clearance = Clearance::of({uuid('3'), uuid('1'), uuid('3')});
    EXPECT_FALSE(clearance.sees_everything());
    EXPECT_TRUE(clearance.may_see(uuid('1')));
    EXPECT_FALSE(clearance.may_see(uuid('2')));
    EXPECT_EQ(clearance.organisations(), (std::vector{uuid('1'), uuid('3')}));
}

TEST(Clearance, shows_nothing_to_somebody_of_no_organisation) {
    EXPECT_FALSE(Clearance::of({}).sees_everything());
    EXPECT_FALSE(Clearance::of({}).may_see(Uuid()));
}

}  // namespace
}  // namespace kula::base
