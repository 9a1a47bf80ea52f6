#include "journal/daily_checkpoint.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <vector>

#include "journal_test.hpp"
#include "storage_testing/temporary_folder.hpp"

namespace kula::journal {
namespace {

namespace fs = std::filesystem;

/// A clock of its own: the chain's moments do not matter here.
struct DailyCheckpointTest : testing::JournalTest {
    DailyCheckpoint open() {
        auto opened = DailyCheckpoint::open(folder.path() / "checkpoints", journal(), key, today);
        EXPECT_TRUE(opened) << opened.error().detail;
        return std::move(*opened);
    }
    std::vector<std::string> files() {
        std::vector<std::string> names;
        for (auto const& entry : fs::directory_iterator(folder.path() / "checkpoints"))
            names.push_back(entry.path().filename().string());
        std::sort(names.begin(), names.end());
        return names;
    }
    static std::string text_of(fs::path const& path) {
        std::ifstream in(path);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    storage::testing::TemporaryFolder folder;
    seals::SigningKey const key = seals::SigningKey::generate();
    base::ManualClock today{*base::parse_instant("2026-11-25T10:00:00Z")};
};
KULA_ON_BOTH_DATABASES(DailyCheckpointTest);

TEST_P(DailyCheckpointTest, is_signed_once_a_day_and_holds) {
    auto daily = open();
    EXPECT_FALSE(daily.sign_if_due()->has_value()) << "of nothing there is no checkpoint";
    record(3);
    auto const first = daily.sign_if_due();
    ASSERT_TRUE(first && first->has_value());
    EXPECT_FALSE(daily.sign_if_due()->has_value());
    today.advance(std::chrono::hours(13));
    EXPECT_FALSE(daily.sign_if_due()->has_value()) << "23:00 is the same day";
    today.advance(std::chrono::hours(1));
    EXPECT_TRUE(daily.sign_if_due()->has_value()) << "midnight is another";
    EXPECT_EQ(files(), (std::vector<std::string>{"kula-journal-2026-11-25-3.checkpoint",
                                                 "kula-journal-2026-11-26-4.checkpoint"}));

    auto const checkpoint = parse_checkpoint(text_of(**first));
    ASSERT_TRUE(checkpoint);
    EXPECT_EQ(checkpoint->public_key, key.public_key());
    EXPECT_TRUE(journal().verify(*checkpoint)->holds());
    EXPECT_EQ(daily.latest()->head.sequence, 4);
}

TEST_P(DailyCheckpointTest, stands_in_the_trail) {
    auto daily = open();
    record(3);
    ASSERT_TRUE(daily.sign_if_due());
    auto const entry = journal().list({.limit = 1})->items.front();
    EXPECT_EQ(entry.actor, "system:journal");
    EXPECT_EQ(entry.fact.deed, "journal.checkpoint_signed");
    EXPECT_EQ(entry.fact.subject, "journal:3");
}

TEST_P(DailyCheckpointTest, is_known_after_a_restart) {
    record(3);
    ASSERT_TRUE(open().sign_if_due());
    std::ofstream(folder.path() / "checkpoints" / "kula-journal-2026-11-25-9.checkpoint") << "no checkpoint";
    auto again = open();
    EXPECT_EQ(again.latest()->head.sequence, 3);
    EXPECT_FALSE(again.sign_if_due()->has_value());
}

TEST_P(DailyCheckpointTest, finds_what_was_cut_off_afterwards) {
    record(3);
    auto daily = open();
    auto const path = daily.sign_if_due();
    ASSERT_TRUE(path && path->has_value());
    tamper("delete from journal_entry where sequence >= 3");
    tamper("delete from journal_payload where sequence >= 3");
    tamper("update journal_head set sequence = 2, hash = (select hash from journal_entry where sequence = 2)");
    EXPECT_TRUE(journal().verify(std::nullopt)->holds()) << "the shortened chain is a good one";
    EXPECT_FALSE(journal().verify(*parse_checkpoint(text_of(**path)))->holds());
}

TEST_P(DailyCheckpointTest, that_cannot_be_written_is_tried_again) {
    record(1);
    auto daily = open();
    auto const place = folder.path() / "checkpoints";
    fs::remove_all(place);
    auto const failed = daily.sign_if_due();
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().fault, base::Fault::unavailable);
    EXPECT_EQ(journal().head()->sequence, 1) << "nothing is told of what there is not";
    fs::create_directories(place);
    EXPECT_TRUE(daily.sign_if_due()->has_value());
}

}  // namespace
}  // namespace kula::journal
