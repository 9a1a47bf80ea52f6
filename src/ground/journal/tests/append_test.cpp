#include <gtest/gtest.h>

#include <set>
#include <thread>

#include "chain.hpp"
#include "journal/journal.hpp"
#include "journal_test.hpp"

namespace kula::journal {
namespace {

using testing::JournalTest;

class Append : public JournalTest {};

TEST_P(Append, keeps_who_what_when_from_where_and_why) {
    base::Actor const actor{"user:1", "192.0.2.7", "asked by mail"};
    EXPECT_EQ(
        *journal().record(actor, {"organisation.changed", "organisation:9", R"({"name":"А"})", R"({"name":"Б"})"}), 1);
    auto const page = journal().list({});
    ASSERT_TRUE(page);
    ASSERT_EQ(page->items.size(), 1U);
    auto const& entry = page->items.front();
    EXPECT_EQ(entry.sequence, 1);
    EXPECT_EQ(entry.at, clock.now());
    EXPECT_EQ(entry.actor, "user:1");
    EXPECT_EQ(entry.origin, "192.0.2.7");
    EXPECT_EQ(entry.why, "asked by mail");
    EXPECT_EQ(entry.fact.deed, "organisation.changed");
    EXPECT_EQ(entry.fact.subject, "organisation:9");
    EXPECT_EQ(entry.fact.before, R"({"name":"А"})");
    EXPECT_EQ(entry.fact.after, R"({"name":"Б"})");
    EXPECT_FALSE(entry.is_erased);
    EXPECT_EQ(entry.hash, journal().head()->hash);
    EXPECT_EQ(entry.hash.size(), 64U);
}

TEST_P(Append, leaves_no_gap_where_a_unit_rolls_back) {
    record(2);
    auto const failed =
        database().write(storage::Priority::interactive, [&](storage::Session& session) -> base::Result<void> {
            EXPECT_EQ(journal().append(session, {"user:1"}, {"a.b", "a:1"}), 3);
            return base::conflict("changed meanwhile");
        });
    EXPECT_FALSE(failed);
    EXPECT_EQ(journal().head()->sequence, 2);
    EXPECT_EQ(*journal().record({"user:1"}, {"a.b", "a:1"}), 3);
    EXPECT_TRUE(journal().verify({})->holds());
}

TEST_P(Append, counts_on_within_one_unit) {
    auto const last = database().write(storage::Priority::interactive, [&](storage::Session& session) {
        journal().append(session, {"user:1"}, {"a.b", "a:1"});
        return journal().append(session, {"user:1"}, {"a.b", "a:2"});
    });
    EXPECT_EQ(*last, 2);
    EXPECT_TRUE(journal().verify({})->holds());
}

TEST_P(Append, refuses_what_is_out_of_bounds_as_a_bug) {
    for (auto const& fact :
         {Fact{"", "a:1"}, Fact{"a.b", ""}, Fact{"a b", "a:1"}, Fact{"a.b", "a:ѐ"}, Fact{std::string(65, 'a'), "a:1"},
          Fact{"a.b", std::string(201, 'a')}, Fact{"a.b", "a:1", std::string(longest_state + 1, ' ')}}) {
        EXPECT_THROW(static_cast<void>(journal().record({"user:1"}, fact)), std::logic_error);
    }
    EXPECT_THROW(static_cast<void>(journal().record({""}, {"a.b", "a:1"})), std::logic_error);
    EXPECT_EQ(journal().head()->sequence, 0);
}

TEST_P(Append, goes_on_with_the_chain_after_a_restart) {
    record(3);
    auto const head = *journal().head();
    reopen_journal();
    EXPECT_EQ(journal().head()->hash, head.hash);
    record(2);
    auto const verification = journal().verify({});
    EXPECT_TRUE(verification->holds());
    EXPECT_EQ(verification->entries, 5);
}

TEST_P(Append, gives_each_of_many_threads_a_number_of_its_own) {
    constexpr int threads_count = 6;
    constexpr int each = 25;
    std::vector<std::set<std::int64_t>> numbers(threads_count);
    {
        std::vector<std::jthread> threads;
        for (auto& own : numbers) {
            threads.emplace_back([this, &own] {
                for (int i = 0; i < each; ++i) own.insert(*journal().record({"user:1"}, {"a.b", "a:1"}));
            });
        }
    }
    std::set<std::int64_t> all;
    for (auto const& own : numbers) all.insert(own.begin(), own.end());
    EXPECT_EQ(all.size(), static_cast<std::size_t>(threads_count * each));
    EXPECT_EQ(*all.rbegin(), threads_count * each);
    EXPECT_TRUE(journal().verify({})->holds());
}

TEST_P(Append, gives_several_programs_on_one_database_one_chain) {
    if (GetParam() == storage::Dialect::sqlite) GTEST_SKIP() << "one program owns a data folder";
    auto beside = options();
    beside.folder += "-beside";
    auto other_database = storage::Database::open(beside, clock);
    ASSERT_TRUE(other_database);
    auto const other = Journal::open(**other_database, clock);
    ASSERT_TRUE(other);
    {
        std::vector<std::jthread> threads;
        for (auto* const each : {&journal(), other->get(), &journal(), other->get()}) {
            threads.emplace_back([each] {
                for (int i = 0; i < 25; ++i) EXPECT_TRUE(each->record({"user:1"}, {"a.b", "a:1"}));
            });
        }
    }
    auto const verification = journal().verify({});
    EXPECT_TRUE(verification->holds()) << verification->breaks.front().reason;
    EXPECT_EQ(verification->entries, 100);
}

TEST_P(Append, removes_a_payload_for_good_and_says_so) {
    record(3);
    ASSERT_TRUE(journal().erase(2, {"user:7", "192.0.2.1", "asked to be forgotten"}));
    auto const page = *journal().list({});
    ASSERT_EQ(page.items.size(), 4U);
    auto const& told = page.items[0];
    EXPECT_EQ(told.fact.deed, "journal.erased");
    EXPECT_EQ(told.fact.subject, "journal:2");
    EXPECT_EQ(told.why, "asked to be forgotten");
    auto const& erased = page.items[2];
    EXPECT_TRUE(erased.is_erased);
    EXPECT_EQ(erased.fact.subject, "note:2");
    EXPECT_EQ(erased.fact.after + erased.fact.before + erased.why + erased.origin, "");
    EXPECT_FALSE(page.items[3].is_erased);
    ASSERT_TRUE(journal().erase(2, {"user:7"}));
    EXPECT_EQ(journal().head()->sequence, 4);
    EXPECT_EQ(journal().erase(5, {"user:7"}).error().fault, base::Fault::not_found);
}

KULA_ON_BOTH_DATABASES(Append);

/// These are worked out in docs/journal-format.md: chains of every Kula that ever ran hang on them.
TEST(Format, is_the_documented_one) {
    Payload const payload{"00112233445566778899aabbccddeeff", "192.0.2.7", "asked by mail", "", R"({"name":"Ѓ"})"};
    auto const digest = digest_of(payload);
    EXPECT_EQ(digest, "f3bbee8e450c6c20888ea828ab0a38cacbdcfbae2f56206dc2e1165ad66763a1");
    EXPECT_EQ(hash_of({1, 1795600800000000, "user:1", "note.made", "note:1", digest, ""}),
              "6b3a66fdd848c27d99507ed7da5e290bd022e6146c84fdfcda5fad23771fe80d");
}

}  // namespace
}  // namespace kula::journal
