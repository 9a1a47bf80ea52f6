// What is known of vulnerabilities comes as deliveries: KEV as JSON and CSV, EPSS in each form that it had.

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <fstream>
#include <sstream>

#include "house.hpp"
#include "intake/incoming.hpp"

namespace kula::intake {
namespace {

using ::testing::HasSubstr;

constexpr auto kev_head =
    "cveID,vendorProject,product,vulnerabilityName,dateAdded,shortDescription,requiredAction,dueDate,"
    "knownRansomwareCampaignUse,notes,cwes\n";
constexpr auto kev_rows =
    "CVE-2026-10001,Example,Router,\"Example Router, injection\",2026-01-02,A text.,Update it.,2026-01-23,Known,,\n"
    "CVE-2026-10002,Example,Mail,Example Mail bug,2026-01-03,A text.,Update it.,2026-01-24,Unknown,,CWE-77\n";
constexpr auto kev_json = R"({"title": "Catalog", "catalogVersion": "2026.01.03", "count": 2, "vulnerabilities": [
    {"cveID": "CVE-2026-10001", "vendorProject": "Example", "product": "Router", "vulnerabilityName": "Example",
     "dateAdded": "2026-01-02", "dueDate": "2026-01-23", "knownRansomwareCampaignUse": "Known", "cwes": []},
    {"cveID": "CVE-2026-10002", "vendorProject": "Example", "product": "Mail", "vulnerabilityName": "Example",
     "dateAdded": "2026-01-03", "dueDate": "2026-01-24", "knownRansomwareCampaignUse": "Unknown", "cwes": ["CWE-77"]}]})";

class VulnerabilitiesHouse : public testing::House {
protected:
    /// As it comes, by what is told of it and by what it begins with.
    DeliveryAccount come(std::string_view content, std::string const& source = "") {
        std::optional<DeliveryAccount> out;
        intake->receive({.name = "file", .source = source}, blob_of(content), [&](Received const& file) {
            EXPECT_TRUE(file.account.has_value()) << file.account.error().detail;
            out = *file.account;
        });
        EXPECT_EQ(out->rows, out->accepted + out->duplicates + out->quarantined);
        EXPECT_EQ(out->events, 0u);
        return *out;
    }
    [[nodiscard]] std::size_t exploited() const { return vulnerabilities->exploited()->entries.size(); }
    [[nodiscard]] double score(std::string const& cve) const {
        auto const found = vulnerabilities->scores({cve}).value();
        return found.contains(cve) ? found.at(cve).score : -1;
    }
};
KULA_ON_BOTH_DATABASES(VulnerabilitiesHouse);

TEST_P(VulnerabilitiesHouse, the_exploited_ones_come_as_json_and_as_csv) {
    auto const json = come(kev_json);
    EXPECT_EQ(json.format, "kev");
    EXPECT_EQ(json.accepted, 2u);
    EXPECT_TRUE(json.new_columns.empty());
    ASSERT_EQ(exploited(), 2u);
    EXPECT_TRUE(vulnerabilities->exploited()->entries.at("CVE-2026-10001").is_used_for_ransomware);
    auto const table = come(std::string(kev_head) + kev_rows, "kev");
    EXPECT_EQ(table.format, "kev_csv") << "the same name takes both";
    EXPECT_EQ(table.accepted, 2u);
    auto const& router = vulnerabilities->exploited()->entries.at("CVE-2026-10001");
    EXPECT_EQ(router.name, "Example Router, injection");
    EXPECT_EQ(router.due, "2026-01-23");
    EXPECT_EQ(stored(), 0u);
}

TEST_P(VulnerabilitiesHouse, a_bad_row_is_set_aside_and_a_repeated_one_counts_once) {
    auto const account = come(std::string(kev_head) + kev_rows +
                              "CVE-2026,Example,Fax,Bad,2026-01-03,,,2026-01-24,Unknown,,\n"
                              "CVE-2026-10003,Example,Fax,Bad day,yesterday,,,2026-01-24,Unknown,,\n"
                              "cve-2026-10001,Example,Router,Again,2026-01-02,,,,Unknown,,\n");
    EXPECT_EQ(account.accepted, 2u);
    EXPECT_EQ(account.duplicates, 1u);
    EXPECT_EQ(account.quarantined, 2u);
    EXPECT_EQ(exploited(), 2u);
    EXPECT_THAT(quarantined().at(0), HasSubstr("3@4 product.vulnerabilities: is no CVE"));
    EXPECT_THAT(quarantined().at(1), HasSubstr("4@5 extra.added: is no day"));
}

TEST_P(VulnerabilitiesHouse, scores_come_in_each_form_that_they_had) {
    EXPECT_EQ(come("cve,epss\nCVE-2026-10001,0.5\nCVE-2026-10002,0.25\n").format, "epss");
    EXPECT_DOUBLE_EQ(score("CVE-2026-10001"), 0.5);
    come("cve,epss,percentile\nCVE-2026-10001,0.6,0.9\nCVE-2026-10002,0.25,0.5\n");
    EXPECT_DOUBLE_EQ(score("CVE-2026-10001"), 0.6);
    auto const newest = come(
        "#model_version:v2026.03.14,score_date:2026-03-15T00:00:00+0000\ncve,epss,percentile\n"
        "CVE-2026-10001,0.00043,0.07\nCVE-2026-10002,1.5,0.5\nCVE-2026-10003,0.1,0.5\n",
        "epss");
    EXPECT_EQ(newest.accepted, 2u);
    EXPECT_EQ(newest.quarantined, 1u);
    EXPECT_THAT(quarantined().at(0), HasSubstr("extra.score: is no number from 0 to 1"));
    EXPECT_DOUBLE_EQ(score("CVE-2026-10001"), 0.00043);
    auto const older = come(
        "#model_version:v2026.03.14,score_date:2026-03-14T00:00:00+0000\ncve,epss,percentile\n"
        "CVE-2026-10001,0.9,0.9\nCVE-2026-10003,0.9,0.9\n");
    EXPECT_THAT(older.reason.value_or(""),
                HasSubstr("what is known stays what it was: it is older than the known one, of `2026-03-15`"));
    EXPECT_TRUE(older.is_complete);
    EXPECT_DOUBLE_EQ(score("CVE-2026-10001"), 0.00043);
}

TEST_P(VulnerabilitiesHouse, what_breaks_off_or_is_none_empties_nothing) {
    come(kev_json);
    std::string const whole = kev_json;
    auto const cut = come(whole.substr(0, whole.size() - 200));
    EXPECT_FALSE(cut.is_complete);
    EXPECT_EQ(exploited(), 2u);
    EXPECT_TRUE(come("<!DOCTYPE html><html>Sorry</html>", "kev").was_refused);
    EXPECT_EQ(exploited(), 2u);
    auto const half = come(std::string(kev_head) + std::string(kev_rows).substr(std::string(kev_rows).find('\n') + 1));
    EXPECT_FALSE(half.is_complete);
    EXPECT_THAT(half.reason.value_or(""), HasSubstr("names 1 vulnerabilities, and 2 before"));
    EXPECT_EQ(exploited(), 2u);
}

TEST_P(VulnerabilitiesHouse, an_older_one_that_comes_again_undoes_no_newer_one_and_says_so) {
    auto const json = [](std::string const& released, std::string const& more) {
        std::string out = kev_json;
        out.replace(out.find("2026.01.03"), 10,
                    released.substr(0, 4) + '.' + released.substr(5, 2) + '.' + released.substr(8, 2));
        out.insert(out.find("\"count\""), R"("dateReleased": ")" + released + R"(", )");
        return out.insert(out.rfind("]}"), more);
    };
    constexpr auto more = R"(, {"cveID": "CVE-2026-10003", "dateAdded": "2026-01-03"})";
    EXPECT_EQ(come(json("2026-01-03T17:04:19.9796Z", "")).list.value().listed, 2u);
    EXPECT_EQ(come(json("2026-01-03T18:00:00Z", more)).list.value().listed, 3u);
    auto const older = come(json("2026-01-03T17:04:19.9796Z", ""));
    EXPECT_TRUE(older.came_before);
    EXPECT_TRUE(older.is_complete);
    EXPECT_THAT(older.reason.value_or(""),
                HasSubstr("what is known stays what it was: it is older than the known one, of "
                          "`2026-01-03T18:00:00Z`"));
    EXPECT_EQ(exploited(), 3u);
    EXPECT_THAT(come(kev_json).reason.value_or(""), HasSubstr("it is older than the known one")) << "by its version";
    come(std::string(kev_head) + kev_rows + "CVE-2026-10004,Example,Fax,More,2026-01-04,,,,Unknown,,\n");
    EXPECT_EQ(exploited(), 3u);
    EXPECT_THAT(come(json("2026-01-03T18:00:00Z", more)).reason.value_or(""), HasSubstr("of `2026-01-04T00:00:00Z`"))
        << "the table is known to be of the 4th";
}

TEST_P(VulnerabilitiesHouse, what_is_set_aside_is_not_taken_off_the_list) {
    std::string const third = "CVE-2026-10003,Example,Fax,More,2026-01-03,,,,Unknown,,\n";
    come(std::string(kev_head) + kev_rows + third);
    EXPECT_EQ(exploited(), 3u);
    auto const bad = come(std::string(kev_head) + kev_rows + "CVE-2026-10003,Example,Fax,Bad,someday,,,,Unknown,,\n");
    EXPECT_EQ(bad.quarantined, 1u);
    EXPECT_EQ(bad.list.value().gone, 0u);
    EXPECT_EQ(exploited(), 3u) << "it is named, if badly";
    auto const nameless = come(std::string(kev_head) + kev_rows + "CVE-2026,Example,Fax,Bad,2026-01-03,,,,Unknown,,\n");
    EXPECT_EQ(nameless.list.value().gone, 0u) << "who knows what the row is of";
    std::string more;
    for (int number = 1; number < 20; ++number)
        more += fmt::format("CVE-2026-2{:04},Example,Fax,More,2026-01-03,,,,Unknown,,\n", number);
    come(std::string(kev_head) + kev_rows + third + more);
    auto const other = come(std::string(kev_head) + kev_rows + more + "CVE-2026-20001,Example,Fax,Bad,someday,,,,,,\n");
    EXPECT_EQ(other.list.value().gone, 1u) << "it is not named, and all that are named are known";
    EXPECT_EQ(exploited(), 21u);
}

TEST_P(VulnerabilitiesHouse, a_mark_of_the_byte_order_is_no_part_of_it) {
    EXPECT_EQ(come("\xef\xbb\xbf" + std::string(kev_json)).accepted, 2u);
    EXPECT_EQ(exploited(), 2u);
    EXPECT_EQ(come("\xef\xbb\xbf" + std::string(kev_head) + kev_rows).accepted, 2u);
}

TEST_P(VulnerabilitiesHouse, every_row_of_the_real_catalogue_is_accepted) {
    auto const* const folder = std::getenv("KULA_SHARED_DATA");
    std::ifstream file(std::string(folder == nullptr ? "" : folder) + "/kev/known_exploited_vulnerabilities.json");
    if (!file) GTEST_SKIP() << "KULA_SHARED_DATA names no folder with kev/known_exploited_vulnerabilities.json";
    std::ostringstream text;
    text << file.rdbuf();
    auto const account = come(text.str());
    EXPECT_EQ(account.quarantined, 0u);
    EXPECT_GT(account.accepted, 1000u);
    EXPECT_EQ(exploited(), account.accepted);
}

TEST(VulnerabilityMapping, says_which_list_and_stands_alone) {
    auto const wrong = Mapping::parse(R"({"name": "x", "reads": {"form": "csv"}, "vulnerabilities": "some"})");
    EXPECT_THAT(wrong.error().detail, HasSubstr("is none of exploited, scores"));
    auto const both = Mapping::parse(
        R"({"name": "x", "reads": {"form": "csv"}, "vulnerabilities": "scores", "list": {"of": ["source.ip"]}})");
    EXPECT_THAT(both.error().detail, HasSubstr("stands beside list"));
}

}  // namespace
}  // namespace kula::intake
