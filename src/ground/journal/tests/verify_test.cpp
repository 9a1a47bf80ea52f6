#include <gtest/gtest.h>

#include <vector>

#include "chain.hpp"
#include "journal/journal.hpp"
#include "journal_test.hpp"

namespace kula::journal {

void PrintTo(Break const& found, std::ostream* out) { *out << found.sequence << ": " << found.reason; }

namespace {

using testing::JournalTest;

class Verify : public JournalTest {
protected:
    [[nodiscard]] std::vector<std::string> reasons(std::optional<Checkpoint> const& checkpoint = {}) const {
        auto const verification = journal().verify(checkpoint);
        if (verification.has_error()) throw std::runtime_error(verification.error().detail);
        std::vector<std::string> out;
        for (auto const& found : verification->breaks) out.push_back(found.reason);
        return out;
    }
    [[nodiscard]] Checkpoint checkpoint() const { return sign(*journal().head(), clock.now(), key_); }
    /// Exchanges two numbers in a table.
    void swap(std::string const& table, int a, int b) const {
        auto const move = [&](int from, int to) {
            tamper("update " + table + " set sequence = " + std::to_string(to) +
                   " where sequence = " + std::to_string(from));
        };
        move(a, -1);
        move(b, a);
        move(-1, b);
    }
    /// What somebody does who knows the format: an entry is written anew so that it holds by itself. Its hash.
    std::string forge(int sequence, std::string const& actor) const {
        auto forged = *database().read([&](storage::Session const& session) {
            auto const [at, deed, subject, digest, previous] =
                session
                    .row<std::int64_t, std::string, std::string, std::string, std::string>(
                        "select at, deed, subject, payload_digest, previous from journal_entry where sequence = ?",
                        sequence)
                    .value();
            return Link{sequence, at, actor, deed, subject, digest, previous};
        });
        auto const hash = hash_of(forged);
        tamper("update journal_entry set actor = '" + actor + "', hash = '" + hash +
               "' where sequence = " + std::to_string(sequence));
        return hash;
    }

private:
    seals::SigningKey key_ = seals::SigningKey::generate();
};

using Reasons = std::vector<std::string>;

TEST_P(Verify, holds_for_an_empty_chain) {
    auto const verification = journal().verify(checkpoint());
    ASSERT_TRUE(verification);
    EXPECT_TRUE(verification->holds());
    EXPECT_EQ(verification->head.sequence, 0);
    EXPECT_EQ(verification->entries, 0);
}

TEST_P(Verify, holds_for_what_was_written) {
    record(300);
    auto const early = checkpoint();
    record(5);
    auto const verification = journal().verify(early);
    EXPECT_TRUE(verification->holds());
    EXPECT_EQ(verification->entries, 305);
    EXPECT_EQ(verification->erased, 0);
    EXPECT_EQ(verification->head.sequence, 305);
    EXPECT_EQ(verification->head.hash, journal().head()->hash);
}

TEST_P(Verify, finds_one_changed_byte_in_any_column_of_an_entry) {
    record(16);
    Reasons expected;
    int sequence = 0;
    for (auto const* const change :
         {"at = at + 1", "actor = 'user:2'", "deed = 'note.mada'", "subject = 'note:x'", "previous = 'x'",
          "payload_digest = replace(payload_digest, substr(payload_digest, 1, 1), 'x')", "hash = 'x'"}) {
        auto const number = std::to_string(sequence += 2);
        tamper(std::string("update journal_entry set ") + change + " where sequence = " + number);
        expected.push_back("entry " + number + " was altered");
    }
    EXPECT_EQ(reasons(), expected);
}

TEST_P(Verify, finds_an_entry_that_is_filed_wrongly) {
    record(3);
    tamper("update journal_entry set subject_kind = 'other' where sequence = 1");
    tamper("update journal_entry set deed_noun = 'other' where sequence = 3");
    EXPECT_EQ(reasons(), (Reasons{"entry 1 was altered: it is filed under another kind",
                                  "entry 3 was altered: it is filed under another kind"}));
}

TEST_P(Verify, finds_one_changed_byte_in_any_column_of_a_payload) {
    record(6);
    Reasons expected;
    int sequence = 0;
    for (std::string const column : {"salt", "origin", "why", "before", "after"}) {
        auto const number = std::to_string(++sequence);
        tamper("update journal_payload set " + column + " = " + column + " || ' ' where sequence = " + number);
        expected.push_back("the payload of entry " + number + " was altered");
    }
    EXPECT_EQ(reasons(), expected);
}

TEST_P(Verify, notices_when_text_moves_from_one_field_to_the_next) {
    record(1);
    tamper("update journal_payload set origin = '', why = origin || why where sequence = 1");
    EXPECT_EQ(reasons(), Reasons{"the payload of entry 1 was altered"});
}

TEST_P(Verify, finds_removed_entries) {
    record(9);
    tamper("delete from journal_entry where sequence in (1, 4, 5)");
    EXPECT_EQ(reasons(), (Reasons{"entry 1 is missing", "entries 4 to 5 are missing"}));
}

TEST_P(Verify, finds_two_swapped_entries_and_says_where_they_stood) {
    record(9);
    swap("journal_entry", 3, 7);
    swap("journal_payload", 3, 7);
    EXPECT_EQ(reasons(), (Reasons{"entry 3 stands in the place of another: it was written as entry 7",
                                  "entry 7 stands in the place of another: it was written as entry 3"}));
}

TEST_P(Verify, finds_two_swapped_payloads) {
    record(9);
    swap("journal_payload", 3, 7);
    EXPECT_EQ(reasons(), (Reasons{"the payload of entry 3 was altered", "the payload of entry 7 was altered"}));
}

TEST_P(Verify, finds_an_entry_that_was_written_anew) {
    record(9);
    forge(4, "user:2");
    EXPECT_EQ(reasons(), Reasons{"entry 5 was not written behind this entry 4: one of them was written anew"});
}

TEST_P(Verify, finds_a_last_entry_that_was_written_anew) {
    record(4);
    auto const early = checkpoint();
    auto const hash = forge(4, "user:2");
    EXPECT_EQ(reasons(), Reasons{"the head of the chain names another entry 4"});
    tamper("update journal_head set hash = '" + hash + "'");
    EXPECT_TRUE(reasons().empty()) << "nothing inside the database says so any more";
    EXPECT_EQ(reasons(early), Reasons{"entry 4 is not the one that the checkpoint saw"});
}

TEST_P(Verify, finds_a_chain_whose_end_was_cut_off) {
    record(9);
    auto const early = checkpoint();
    auto const seventh = *database().read([](storage::Session const& session) {
        return session.value<std::string>("select hash from journal_entry where sequence = 7");
    });
    tamper("delete from journal_entry where sequence > 7");
    tamper("delete from journal_payload where sequence > 7");
    EXPECT_EQ(reasons(), Reasons{"entries 8 to 9 are missing at the end"});
    tamper("update journal_head set sequence = 7, hash = '" + seventh + "'");
    EXPECT_TRUE(reasons().empty()) << "nothing inside the database says so any more";
    EXPECT_EQ(reasons(early),
              Reasons{"the checkpoint saw entry 9 and the chain ends with entry 7: its end was cut off"});
}

TEST_P(Verify, finds_a_head_that_disagrees) {
    record(3);
    tamper("update journal_head set sequence = 2");
    EXPECT_EQ(reasons(), Reasons{"entry 3 stands behind the head"});
    tamper("update journal_head set sequence = 3, hash = 'x'");
    EXPECT_EQ(reasons(), Reasons{"the head of the chain names another entry 3"});
    tamper("delete from journal_head");
    EXPECT_EQ(reasons(), Reasons{"the head of the chain is missing"});
}

TEST_P(Verify, finds_entries_that_were_put_before_the_first) {
    record(2);
    tamper(
        "insert into journal_entry select -5, at, actor, deed, subject, payload_digest, previous, hash, deed_noun, "
        "subject_kind from journal_entry where sequence = 1");
    EXPECT_EQ(reasons(), Reasons{"entry -5 stands before the first"});
}

TEST_P(Verify, holds_after_a_payload_was_erased) {
    record(3);
    auto const early = checkpoint();
    ASSERT_TRUE(journal().erase(2, {"user:7"}));
    auto const verification = journal().verify(early);
    EXPECT_TRUE(verification->holds());
    EXPECT_EQ(verification->erased, 1);
    EXPECT_EQ(verification->entries, 4);
}

TEST_P(Verify, finds_a_payload_that_was_removed_without_a_word) {
    record(3);
    tamper("delete from journal_payload where sequence = 2");
    EXPECT_EQ(reasons(), Reasons{"the payload of entry 2 was removed and no entry says so"});
}

TEST_P(Verify, finds_separate_faults_in_one_walk) {
    record(400);
    tamper("update journal_entry set actor = 'user:2' where sequence = 20");
    tamper("delete from journal_entry where sequence = 150");
    tamper("update journal_payload set why = '' where sequence = 151");
    swap("journal_entry", 300, 301);
    EXPECT_EQ(reasons(),
              (Reasons{"entry 20 was altered", "entry 150 is missing", "the payload of entry 151 was altered",
                       "entry 300 stands in the place of another: it was written as entry 301",
                       "entry 301 stands in the place of another: it was written as entry 300"}));
    EXPECT_EQ(journal().verify({})->breaks[1].sequence, 150);
}

TEST_P(Verify, reports_at_most_a_hundred_breaks) {
    record(130);
    tamper("update journal_entry set actor = 'user:2'");
    auto const verification = journal().verify({});
    EXPECT_EQ(verification->breaks.size(), 100U);
    EXPECT_EQ(verification->entries, 130);
}

KULA_ON_BOTH_DATABASES(Verify);

}  // namespace
}  // namespace kula::journal
