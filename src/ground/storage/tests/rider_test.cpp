#include "storage/rider.hpp"

#include <thread>

#include "storage/database.hpp"
#include "storage_testing/twins.hpp"

namespace {

using namespace kula;
using namespace kula::storage;

struct RiderTest : storage::testing::Twins {
    void SetUp() override {
        Twins::SetUp();
        if (IsSkipped()) return;
        ASSERT_TRUE(database().write(Priority::interactive, [](Session& session) {
            session.execute("create table line (id bigint primary key)");
        }));
    }
    base::Result<void> insert(int id) {
        return database().write(Priority::interactive,
                                [&](Session& session) { session.execute("insert into line values (?)", id); });
    }
    std::vector<int> ids() {
        return *database().read(
            [](Session const& session) { return session.column<int>("select id from line order by id"); });
    }
    static Rider::Call inserting(int id) {
        return [id](Session& session) -> base::Result<void> {
            session.execute("insert into line values (?)", id);
            return {};
        };
    }
};
KULA_ON_BOTH_DATABASES(RiderTest);

TEST_P(RiderTest, rides_with_the_first_unit_and_no_other) {
    {
        Rider rider(inserting(100));
        EXPECT_FALSE(rider.has_arrived());
        ASSERT_TRUE(insert(1));
        EXPECT_TRUE(rider.has_arrived());
        ASSERT_TRUE(insert(2));
    }
    ASSERT_TRUE(insert(3));
    EXPECT_EQ(ids(), (std::vector{1, 2, 3, 100}));
}

TEST_P(RiderTest, waits_for_a_unit_that_succeeds) {
    ASSERT_TRUE(insert(1));
    Rider rider(inserting(100));
    EXPECT_FALSE(insert(1));
    EXPECT_FALSE(rider.has_arrived());
    EXPECT_EQ(ids(), (std::vector{1}));
    ASSERT_TRUE(insert(2));
    EXPECT_EQ(ids(), (std::vector{1, 2, 100}));
}

TEST_P(RiderTest, takes_its_unit_down_when_it_fails) {
    ASSERT_TRUE(insert(100));
    {
        Rider rider(inserting(100));
        EXPECT_FALSE(insert(1)) << "the row is taken";
    }
    {
        Rider rider([](Session&) -> base::Result<void> { return base::conflict("not now"); });
        auto const refused = insert(1);
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().detail, "not now");
    }
    EXPECT_EQ(ids(), (std::vector{100}));
}

TEST_P(RiderTest, belongs_to_its_own_thread) {
    Rider rider(inserting(100));
    std::thread other([&] { EXPECT_TRUE(insert(1)); });
    other.join();
    EXPECT_FALSE(rider.has_arrived());
    EXPECT_EQ(ids(), (std::vector{1}));
}

}  // namespace
