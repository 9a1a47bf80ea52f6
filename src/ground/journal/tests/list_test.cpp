#include <gtest/gtest.h>

#include "journal/journal.hpp"
#include "journal_test.hpp"

namespace kula::journal {
namespace {

using testing::JournalTest;

class List : public JournalTest {
protected:
    [[nodiscard]] std::vector<std::int64_t> sequences(EntryQuery const& query) const {
        auto const page = journal().list(query);
        if (page.has_error()) throw std::runtime_error(page.error().detail);
        std::vector<std::int64_t> out;
        for (auto const& entry : page->items) out.push_back(entry.sequence);
        return out;
    }
    [[nodiscard]] base::Fault fault(EntryQuery const& query) const { return journal().list(query).error().fault; }
    void record_some() {
        using namespace std::chrono_literals;
        for (auto const& [actor, fact] :
             {std::pair<std::string, Fact>{"user:1", {"organisation.made", "organisation:1"}},
              {"user:2", {"organisation.changed", "organisation:1"}},
              {"user:1", {"organisation.made", "organisation:12"}},
              {"user:1", {"organisation_unit.made", "organisation_unit:1"}},
              {"console", {"user.made", "user:1"}}}) {
            ASSERT_TRUE(journal().record({actor}, fact));
            clock.advance(1s);
        }
    }
};

using Sequences = std::vector<std::int64_t>;

TEST_P(List, has_the_oldest_first_where_that_is_asked) {
    record_some();
    Sequences all;
    EntryQuery query{.order = EntryOrder::oldest_first, .limit = 2};
    do {
        auto const page = journal().list(query);
        ASSERT_TRUE(page);
        for (auto const& entry : page->items) all.push_back(entry.sequence);
        query.cursor = page->next;
    } while (!query.cursor.empty());
    EXPECT_EQ(all, (Sequences{1, 2, 3, 4, 5}));
    auto const next = journal().list({.order = EntryOrder::oldest_first, .limit = 2})->next;
    EXPECT_EQ(fault({.cursor = next}), base::Fault::invalid) << "a cursor belongs to its order";
}

TEST_P(List, has_the_newest_first) {
    record_some();
    EXPECT_EQ(sequences({}), (Sequences{5, 4, 3, 2, 1}));
}

TEST_P(List, finds_by_subject_and_by_its_kind) {
    record_some();
    EXPECT_EQ(sequences({.subject = "organisation:1"}), (Sequences{2, 1}));
    EXPECT_EQ(sequences({.subject = "organisation:"}), (Sequences{3, 2, 1}));
    EXPECT_EQ(sequences({.subject = "organisation"}), Sequences{});
    EXPECT_EQ(sequences({.subject = "organisation:%"}), Sequences{});
    EXPECT_EQ(sequences({.subject = ""}), Sequences{});
}

TEST_P(List, finds_by_deed_and_by_its_noun) {
    record_some();
    EXPECT_EQ(sequences({.deed = "organisation.made"}), (Sequences{3, 1}));
    EXPECT_EQ(sequences({.deed = "organisation."}), (Sequences{3, 2, 1}));
    EXPECT_EQ(sequences({.deed = "organisation_unit."}), Sequences{4});
    EXPECT_EQ(sequences({.deed = "made"}), Sequences{});
}

TEST_P(List, finds_by_actor_and_time) {
    using namespace std::chrono_literals;
    auto const start = clock.now();
    record_some();
    EXPECT_EQ(sequences({.actor = "user:2"}), Sequences{2});
    EXPECT_EQ(sequences({.from = start + 1s, .to = start + 3s}), (Sequences{3, 2}));
    EXPECT_EQ(sequences({.actor = "user:1", .deed = "organisation.", .from = start + 1s}), Sequences{3});
}

TEST_P(List, goes_on_page_by_page_while_entries_are_added) {
    record(5);
    EntryQuery query{.limit = 2};
    auto page = *journal().list(query);
    EXPECT_EQ(page.items.back().sequence, 4);
    record(3);
    query.cursor = page.next;
    EXPECT_EQ(sequences(query), (Sequences{3, 2}));
    query.cursor = journal().list(query)->next;
    auto const last = *journal().list(query);
    EXPECT_EQ(last.items.size(), 1U);
    EXPECT_EQ(last.next, "");
}

TEST_P(List, has_no_next_page_behind_one_that_is_just_full) {
    record(2);
    EXPECT_EQ(journal().list({.limit = 2})->next, "");
}

TEST_P(List, refuses_a_cursor_of_another_query) {
    record_some();
    auto const cursor = journal().list({.deed = "organisation.", .limit = 1})->next;
    EXPECT_FALSE(cursor.empty());
    EXPECT_EQ(sequences({.deed = "organisation.", .cursor = cursor, .limit = 9}), (Sequences{2, 1}));
    EXPECT_EQ(fault({.deed = "user.", .cursor = cursor}), base::Fault::invalid);
    EXPECT_EQ(fault({.subject = "organisation.", .cursor = cursor}), base::Fault::invalid);
    for (auto const* const other : {"x", ".", "1", "0123456789abcdef.1"}) {
        EXPECT_EQ(fault({.cursor = other}), base::Fault::invalid) << other;
    }
    EXPECT_EQ(fault({.deed = "organisation.", .cursor = cursor + "0x"}), base::Fault::invalid);
}

TEST_P(List, refuses_what_is_out_of_bounds) {
    EXPECT_EQ(fault({.limit = 0}), base::Fault::invalid);
    EXPECT_EQ(fault({.limit = 1'001}), base::Fault::invalid);
    EXPECT_EQ(fault({.actor = std::string(201, 'a')}), base::Fault::invalid);
    EXPECT_EQ(fault({.actor = "\xff"}), base::Fault::invalid);
}

KULA_ON_BOTH_DATABASES(List);

}  // namespace
}  // namespace kula::journal
