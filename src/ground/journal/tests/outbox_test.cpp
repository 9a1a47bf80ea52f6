#include "journal/outbox.hpp"

#include <gtest/gtest.h>

#include "journal_test.hpp"

namespace kula::journal {
namespace {

using testing::JournalTest;

class OutboxOf : public JournalTest {
protected:
    [[nodiscard]] Outbox outbox() const { return {database(), clock}; }
    [[nodiscard]] std::vector<std::int64_t> next(std::string_view subscriber, std::size_t limit = 100) const {
        auto const entries = outbox().next(subscriber, limit);
        if (entries.has_error()) throw std::runtime_error(entries.error().detail);
        std::vector<std::int64_t> out;
        for (auto const& entry : *entries) out.push_back(entry.sequence);
        return out;
    }
};

using Sequences = std::vector<std::int64_t>;

TEST_P(OutboxOf, hands_out_the_oldest_first_until_they_are_confirmed) {
    EXPECT_EQ(next("mail"), Sequences{});
    record(4);
    EXPECT_EQ(next("mail", 2), (Sequences{1, 2}));
    EXPECT_EQ(next("mail", 2), (Sequences{1, 2}));
    ASSERT_TRUE(outbox().confirm("mail", 2));
    EXPECT_EQ(next("mail"), (Sequences{3, 4}));
    EXPECT_EQ(outbox().next("mail", 1)->front().fact.after, R"({"text":"3"})");
}

TEST_P(OutboxOf, keeps_a_cursor_for_each_subscriber_over_a_restart) {
    record(3);
    ASSERT_TRUE(outbox().confirm("mail", 3));
    ASSERT_TRUE(outbox().confirm("web", 1));
    reopen_journal();
    EXPECT_EQ(next("mail"), Sequences{});
    EXPECT_EQ(next("web"), (Sequences{2, 3}));
    EXPECT_EQ(next("new"), (Sequences{1, 2, 3}));
}

TEST_P(OutboxOf, never_moves_a_cursor_back) {
    record(3);
    ASSERT_TRUE(outbox().confirm("mail", 3));
    ASSERT_TRUE(outbox().confirm("mail", 1));
    EXPECT_EQ(next("mail"), Sequences{});
}

TEST_P(OutboxOf, shows_what_was_given_up_and_goes_on_behind_it) {
    record(2);
    ASSERT_TRUE(outbox().bury("mail", 1, "no such mailbox"));
    ASSERT_TRUE(outbox().bury("mail", 1, "no such mailbox, told twice"));
    EXPECT_EQ(next("mail"), Sequences{2});
    auto const letters = *outbox().dead_letters();
    ASSERT_EQ(letters.size(), 1U);
    EXPECT_EQ(letters[0].subscriber, "mail");
    EXPECT_EQ(letters[0].sequence, 1);
    EXPECT_EQ(letters[0].reason, "no such mailbox, told twice");
    EXPECT_EQ(letters[0].at, clock.now());
}

TEST_P(OutboxOf, cuts_a_long_reason_between_letters) {
    record(1);
    std::string reason(499, 'a');
    reason += "ш and more";
    ASSERT_TRUE(outbox().bury("mail", 1, reason));
    EXPECT_EQ(outbox().dead_letters()->front().reason, std::string(499, 'a'));
}

TEST_P(OutboxOf, leaves_the_chain_alone) {
    record(2);
    auto const head = journal().head()->hash;
    ASSERT_TRUE(outbox().bury("mail", 1, "reason"));
    ASSERT_TRUE(outbox().confirm("mail", 2));
    EXPECT_EQ(journal().head()->hash, head);
    EXPECT_TRUE(journal().verify({})->holds());
}

KULA_ON_BOTH_DATABASES(OutboxOf);

}  // namespace
}  // namespace kula::journal
