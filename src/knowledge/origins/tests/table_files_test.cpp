// Proves that tables follow their files while others go on with those of before, and that nothing half-written is used.
#include "origins/table_files.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <span>

#include "formats/compression.hpp"

namespace kula::origins {
namespace {

namespace fs = std::filesystem;
using base::Address;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

struct TablesOnDisk : public ::testing::Test {
    TablesOnDisk() { fs::create_directories(folder); }
    ~TablesOnDisk() override { fs::remove_all(folder); }

    /// By another file under the same name, as it should be done.
    std::string put(std::string const& name, std::string const& content) const {
        std::ofstream(folder / "new", std::ios::binary) << content;
        fs::rename(folder / "new", folder / name);
        return (folder / name).string();
    }
    static std::uint32_t as_at(TableFiles const& files, std::string_view address) {
        return files.now().as_numbers->find(*Address::parse(address)).value_or(0);
    }

    fs::path folder = fs::temp_directory_path() / ("kula-tables-" + std::to_string(getpid()));
    base::ManualClock clock{*base::parse_instant("2026-11-27T10:00:00Z")};
};

std::string zstd_of(std::string const& text) {
    formats::Compressor compressor;
    std::vector<std::byte> room(text.size() + 1024);
    auto made = compressor.step(std::as_bytes(std::span(text)), room).made;
    made += compressor.finish(std::span(room).subspan(made)).made;
    return {reinterpret_cast<char const*>(room.data()), made};
}

TEST_F(TablesOnDisk, swaps_a_file_once_it_looks_the_same_twice_and_keeps_what_others_hold) {
    auto const path = put("as.txt", "192.0.2.0/24 64500\n");
    auto const files = TableFiles::open({path, {}}, clock).value();
    auto const before = files->now().as_numbers;
    EXPECT_EQ(files->now().countries, nullptr);
    EXPECT_THAT(files->look(), IsEmpty());
    put("as.txt", "192.0.2.0/24 64501\n2001:db8::/32 64502\n");
    clock.advance(std::chrono::minutes(1));
    EXPECT_THAT(files->look(), IsEmpty()) << "it may be half-written";
    EXPECT_EQ(as_at(*files, "192.0.2.1"), 64500u);
    auto const changes = files->look();
    ASSERT_THAT(changes, SizeIs(1));
    EXPECT_TRUE(changes[0].is_swapped);
    EXPECT_EQ(as_at(*files, "192.0.2.1"), 64501u);
    EXPECT_EQ(as_at(*files, "2001:db8::1"), 64502u);
    EXPECT_EQ(before->find(*Address::parse("192.0.2.1")), 64500u);
    auto const states = files->states();
    ASSERT_THAT(states, SizeIs(1));
    EXPECT_EQ(states[0].about.entries, 2u);
    EXPECT_EQ(states[0].about.read_at, clock.now());
    EXPECT_NE(states[0].about.version, before->about().version);
    EXPECT_THAT(files->look(), IsEmpty());
}

TEST_F(TablesOnDisk, reads_no_file_that_goes_on_growing) {
    auto const path = put("as.txt", "192.0.2.0/24 64500\n");
    auto const files = TableFiles::open({path, {}}, clock).value();
    for (int i = 0; i < 3; ++i) {
        std::ofstream(path, std::ios::app) << "198.51.100." << i << " 64501\n";
        EXPECT_THAT(files->look(), IsEmpty());
    }
    EXPECT_THAT(files->look(), SizeIs(1));
}

TEST_F(TablesOnDisk, keeps_the_present_table_where_a_newer_file_is_cut_short_or_far_smaller_or_gone) {
    std::string text;
    for (int i = 0; i < 200; ++i) text += "10.0." + std::to_string(i) + ".0/24 64500\n";
    auto const packed = zstd_of(text);
    auto const path = put("as.txt.zst", packed);
    auto const files = TableFiles::open({path, {}}, clock).value();
    auto const refused = [&](std::string const& content) {
        put("as.txt.zst", content);
        auto const changes = files->look(TableFiles::Haste::at_once);
        EXPECT_THAT(changes, SizeIs(1));
        EXPECT_THAT(files->look(TableFiles::Haste::at_once), IsEmpty()) << "it is told once";
        EXPECT_EQ(as_at(*files, "10.0.199.1"), 64500u);
        auto const refusal = files->states().front().refused;
        return refusal ? refusal->reason : "none";
    };
    EXPECT_THAT(refused(packed.substr(0, packed.size() / 2)), HasSubstr("ends early"));
    EXPECT_THAT(refused(text.substr(0, text.size() / 3)), HasSubstr("entries where the present table has 200"));
    EXPECT_THAT(refused("nothing\n"), HasSubstr("holds no entry"));
    fs::remove(path);
    EXPECT_THAT(files->look(TableFiles::Haste::at_once), SizeIs(1));
    EXPECT_THAT(files->states().front().refused->reason, HasSubstr("as.txt.zst"));
    put("as.txt.zst", packed);
    EXPECT_THAT(files->look(TableFiles::Haste::at_once), SizeIs(1));
    EXPECT_EQ(files->states().front().refused, std::nullopt);
}

TEST_F(TablesOnDisk, reads_a_folder_of_registries_or_of_a_file_a_country) {
    put("delegated-a-extended-latest", "2|a|1|1|1|20261126|0\na|QM|ipv4|192.0.2.0|256|20110127|allocated|x\n");
    put("delegated-b-latest", "2|b|1|1|1|20261127|0\nb|QN|ipv6|2001:db8::|32|20110127|allocated\n");
    put("qo.v4", "198.51.100.0/24\n");
    put("README", "not a table\n");
    auto const table = CountryTable(load_table(TableKind::countries, folder, clock).value());
    EXPECT_EQ(table.find(*Address::parse("192.0.2.9")), "QM");
    EXPECT_EQ(table.find(*Address::parse("2001:db8::9")), "QN");
    EXPECT_EQ(table.find(*Address::parse("198.51.100.9")), "QO");
    EXPECT_THAT(table.about().version, ::testing::StartsWith("20261127-"));
    EXPECT_EQ(table.about().entries, 3u);
}

TEST_F(TablesOnDisk, says_which_path_it_cannot_read) {
    auto const table = load_table(TableKind::countries, "/nowhere/at/all", clock);
    ASSERT_FALSE(table);
    EXPECT_EQ(table.error().fault, base::Fault::not_found);
    EXPECT_THAT(table.error().detail, HasSubstr("/nowhere/at/all"));
}

}  // namespace
}  // namespace kula::origins
