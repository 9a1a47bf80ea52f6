#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "formats/input.hpp"
#include "golden_folder.hpp"
#include "told_traffic.hpp"

namespace kula::formats {
namespace {

using namespace testing;
namespace fs = std::filesystem;

std::vector<fs::path> inputs() {
    std::vector<fs::path> found;
    auto const golden = golden_folder();
    if (golden.empty()) return found;
    for (auto const* const format : {"zeek", "eve", "csv"}) {
        for (auto const& entry : fs::directory_iterator(golden / format)) {
            if (entry.path().extension() == ".in") found.push_back(entry.path());
        }
    }
    std::sort(found.begin(), found.end());
    return found;
}

std::string report(InputKind kind, ToldTraffic const& told) {
    std::string text = std::string(to_text(kind)) + "\n";
    for (auto const& record : told.records) text += record + "\n";
    for (auto const& fault : told.faults) text += "undecodable " + fault + "\n";
    return text;
}

TEST(GoldenLogs, are_found) { EXPECT_GE(inputs().size(), 10u); }

class GoldenLog : public ::testing::TestWithParam<fs::path> {};
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(GoldenLog);

// KULA_UPDATE_GOLDEN=1 writes the .out files anew.
TEST_P(GoldenLog, tells_what_was_agreed_however_it_is_split) {
    auto const input = read_file(GetParam());
    ExportDecoder exports;
    TrafficDecoder decoder(exports, {});
    ToldTraffic told;
    ASSERT_TRUE(feed(decoder, bytes_of(input), told));
    auto const out = fs::path(GetParam()).replace_extension(".out");
    if (std::getenv("KULA_UPDATE_GOLDEN") != nullptr)
        std::ofstream(out, std::ios::binary) << report(decoder.kind(), told);
    EXPECT_EQ(report(decoder.kind(), told), read_file(out));

    std::mt19937 random(5);
    for (std::size_t const longest : {std::size_t{1}, std::size_t{7}, std::size_t{300}, std::size_t{5000}}) {
        TrafficDecoder again(exports, {});
        ToldTraffic told_in_pieces;
        ASSERT_TRUE(feed_in_pieces(again, bytes_of(input), random, told_in_pieces, InputEnd::reached, longest));
        EXPECT_EQ(told_in_pieces.records, told.records);
        EXPECT_EQ(told_in_pieces.faults, told.faults);
    }
}

INSTANTIATE_TEST_SUITE_P(Formats, GoldenLog, ::testing::ValuesIn(inputs()), [](auto const& test) {
    return test.param.parent_path().filename().string() + "_" + test.param.stem().string();
});

}  // namespace
}  // namespace kula::formats
