// What is known of vulnerabilities: replaced as a whole, looked up by CVE, guarded against what is cut off.

#include "vulnerabilities/catalogue.hpp"

#include <gmock/gmock.h>

#include "storage_testing/twins.hpp"

namespace kula::vulnerabilities {
namespace {

using ::testing::HasSubstr;

TEST(Cve, is_told_in_capitals_and_by_its_form) {
    EXPECT_EQ(parse_cve("cve-2021-44228"), "CVE-2021-44228");
    EXPECT_EQ(parse_cve(" CVE-2026-1234567 "), "CVE-2026-1234567");
    for (auto const* text : {"", "CVE-2021", "CVE-2021-", "CVE-2021-123", "CVE-21-44228", "CVE-2021-44228x",
                             "CVE 2021-44228", "CWE-2021-44228", "CVE-2021-1234567890123"})
        EXPECT_EQ(parse_cve(text), std::nullopt) << text;
    EXPECT_TRUE(is_day("2024-02-29"));
    EXPECT_FALSE(is_day("2023-02-29"));
    EXPECT_FALSE(is_day("2024-2-29"));
}

class CatalogueHouse : public storage::testing::Twins {
protected:
    void SetUp() override {
        Twins::SetUp();
        if (!IsSkipped()) start();
    }
    void TearDown() override {
        catalogue.reset();
        journal.reset();
        Twins::TearDown();
    }
    void start() {
        journal = journal::Journal::open(database(), clock).value();
        catalogue = Catalogue::open(database(), *journal, clock).value();
    }
    static std::vector<Exploited> exploited(int count) {
        std::vector<Exploited> out;
        for (int at = 0; at < count; ++at)
            out.push_back(
                {.cve = "CVE-2026-" + std::to_string(10'000 + at), .added = "2026-01-01", .due = "2026-01-22"});
        return out;
    }
    static std::vector<Score> scores(int count, double score = 0.25) {
        std::vector<Score> out;
        for (int at = 0; at < count; ++at) out.push_back({"CVE-2026-" + std::to_string(10'000 + at), score, 0.5});
        return out;
    }
    std::int64_t rows(std::string const& table) {
        return database()
            .read([&](storage::Session const& session) {
                return session.value<std::int64_t>("select count(*) from " + table);
            })
            .value();
    }

    std::unique_ptr<journal::Journal> journal;
    std::unique_ptr<Catalogue> catalogue;
};
KULA_ON_BOTH_DATABASES(CatalogueHouse);

TEST_P(CatalogueHouse, the_exploited_ones_are_replaced_and_stay_over_a_start) {
    auto list = exploited(20);
    list.front().is_used_for_ransomware = true;
    auto const first = catalogue->tell(list).value();
    EXPECT_EQ(first.listed, 20u);
    EXPECT_EQ(first.fresh, 20u);
    auto const before = catalogue->exploited();
    list.pop_back();
    list.push_back({.cve = "CVE-2019-0708", .added = "2026-02-01"});
    auto const second = catalogue->tell(list).value();
    EXPECT_EQ(second.fresh, 1u);
    EXPECT_EQ(second.gone, 1u);
    EXPECT_TRUE(before->entries.contains("CVE-2026-10019")) << "who reads goes on with what they have";
    auto const now = catalogue->exploited();
    EXPECT_GT(now->generation, before->generation);
    EXPECT_FALSE(now->entries.contains("CVE-2026-10019"));
    catalogue.reset();
    journal.reset();
    reopen();
    start();
    auto const again = catalogue->exploited();
    EXPECT_EQ(again->generation, now->generation);
    EXPECT_TRUE(again->entries.contains("CVE-2019-0708"));
    EXPECT_TRUE(again->entries.at("CVE-2026-10000").is_used_for_ransomware);
    EXPECT_EQ(again->entries.at("CVE-2026-10000").due, "2026-01-22");
}

TEST_P(CatalogueHouse, what_is_cut_off_changes_nothing) {
    ASSERT_TRUE(catalogue->tell(exploited(100)).has_value());
    ASSERT_TRUE(catalogue->tell(scores(100), {"2026-03-01", "v4"}).has_value());
    EXPECT_THAT(catalogue->tell(exploited(89)).error().detail, HasSubstr("names 89 vulnerabilities, and 100 before"));
    EXPECT_EQ(catalogue->tell(std::vector<Exploited>()).error().fault, base::Fault::invalid);
    EXPECT_EQ(catalogue->tell(scores(50), {"2026-03-02", "v4"}).error().fault, base::Fault::invalid);
    EXPECT_EQ(catalogue->tell(scores(100), {"2026-02-28", "v4"}).error().fault, base::Fault::conflict);
    EXPECT_EQ(catalogue->exploited()->entries.size(), 100u);
    EXPECT_THAT(catalogue->tell(scores(100), {"2026-02-28", "v4"}).error().detail,
                HasSubstr("it is older than the known one, of `2026-03-01`"));
    EXPECT_TRUE(catalogue->tell(exploited(90)).has_value()) << "some are taken back";
}

TEST_P(CatalogueHouse, a_list_that_was_released_before_undoes_no_later_one) {
    auto const at = [](std::string_view text) { return *base::parse_instant(text); };
    auto list = exploited(20);
    ASSERT_TRUE(catalogue->tell(list, at("2026-01-02T17:00:00Z")).has_value());
    list.pop_back();
    auto const older = catalogue->tell(list, at("2026-01-02T16:59:59Z"));
    EXPECT_EQ(older.error().fault, base::Fault::conflict);
    EXPECT_EQ(older.error().detail, "it is older than the known one, of `2026-01-02T17:00:00Z`");
    EXPECT_EQ(catalogue->exploited()->entries.size(), 20u);
    list.push_back({.cve = "CVE-2026-1000", .added = "2026-01-03"});
    ASSERT_TRUE(catalogue->tell(list).has_value()) << "its newest entry says that it is no older";
    list.pop_back();
    EXPECT_EQ(catalogue->tell(list).error().detail, "it is older than the known one, of `2026-01-03`");
    EXPECT_EQ(catalogue->tell(list, at("2026-01-02T23:00:00Z")).error().fault, base::Fault::conflict);
    catalogue.reset();
    journal.reset();
    reopen();
    start();
    EXPECT_EQ(catalogue->tell(list, at("2026-01-02T23:00:00Z")).error().fault, base::Fault::conflict);
    auto const newer = catalogue->tell(list, at("2026-01-03T01:00:00Z"));
    ASSERT_TRUE(newer.has_value()) << "its owner took the newest back";
    EXPECT_EQ(newer->gone, 1u);
    EXPECT_EQ(catalogue->exploited()->released, at("2026-01-03T01:00:00Z"));
}

TEST_P(CatalogueHouse, a_list_of_a_day_to_come_is_none) {
    auto list = exploited(2);
    EXPECT_EQ(catalogue->tell(list, clock.now() + std::chrono::hours(25)).error().detail, "it is of a day to come");
    list.push_back({.cve = "CVE-2026-1000", .added = "2999-01-03"});
    EXPECT_EQ(catalogue->tell(list).error().fault, base::Fault::invalid) << "nothing would be newer";
    EXPECT_TRUE(catalogue->exploited()->entries.empty());
}

TEST_P(CatalogueHouse, scores_of_another_day_take_the_place_of_those_before) {
    EXPECT_TRUE(catalogue->scores({"CVE-2026-10000"}).value().empty());
    ASSERT_TRUE(catalogue->tell(scores(25'000, 0.000'430'001), {"2026-03-01", "v4"}).has_value());
    auto const found = catalogue->scores({"CVE-2026-10000", "CVE-2026-34999", "CVE-1999-0001"}).value();
    ASSERT_EQ(found.size(), 2u);
    EXPECT_DOUBLE_EQ(found.at("CVE-2026-10000").score, 0.000'430'001);
    EXPECT_DOUBLE_EQ(*found.at("CVE-2026-34999").percentile, 0.5);
    auto const told = catalogue->tell(scores(25'010, 0.9), {"2026-03-02", "v4"}).value();
    EXPECT_EQ(told.fresh, 10u);
    EXPECT_EQ(told.gone, 0u);
    EXPECT_DOUBLE_EQ(catalogue->scores({"CVE-2026-10000"}).value().at("CVE-2026-10000").score, 0.9);
    EXPECT_EQ(rows("vulnerability_score"), 25'010) << "those of before are deleted";
}

TEST_P(CatalogueHouse, a_crash_while_scores_are_written_leaves_those_before) {
    ASSERT_TRUE(catalogue->tell(scores(10), {"2026-03-01", "v4"}).has_value());
    // As if it had ended before the list named them.
    ASSERT_TRUE(database()
                    .write(storage::Priority::bulk,
                           [](storage::Session& session) {
                               session.execute(
                                   "insert into vulnerability_score (generation, cve, score, percentile) select "
                                   "generation + 1, cve, 1, 1 from vulnerability_score");
                           })
                    .has_value());
    EXPECT_DOUBLE_EQ(catalogue->scores({"CVE-2026-10000"}).value().at("CVE-2026-10000").score, 0.25);
    ASSERT_TRUE(catalogue->tell(scores(10, 0.5), {"2026-03-02", "v4"}).has_value());
    EXPECT_DOUBLE_EQ(catalogue->scores({"CVE-2026-10000"}).value().at("CVE-2026-10000").score, 0.5);
    EXPECT_EQ(rows("vulnerability_score"), 10);
}

TEST_P(CatalogueHouse, a_word_stands_in_the_trail) {
    ASSERT_TRUE(catalogue->tell(scores(3), {"2026-03-01", "v4"}).has_value());
    auto const entries = journal->list({}).value().items;
    ASSERT_EQ(entries.size(), 1u);
    EXPECT_EQ(entries.front().fact.deed, "vulnerabilities.told");
    EXPECT_EQ(entries.front().fact.after, R"({"listed":3,"fresh":3,"gone":0,"day":"2026-03-01"})");
}

}  // namespace
}  // namespace kula::vulnerabilities
