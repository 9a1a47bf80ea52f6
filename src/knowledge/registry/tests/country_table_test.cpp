// Proves that a country table tells where an address is registered, from one file or a folder.
#include "registry/country_table.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace kula::registry {
namespace {

using base::Address;

TEST(CountryTable, tells_the_country_of_addresses_within_entries_only) {
    auto const table =
        CountryTable::parse("# comment\n192.0.2.0/25,qm\n198.51.100.0/24 QN # more\n2001:db8::/32,QO\nnonsense\n");
    EXPECT_EQ(table.find(*Address::parse("192.0.2.127")), "QM");
    EXPECT_EQ(table.find(*Address::parse("192.0.2.128")), std::nullopt);
    EXPECT_EQ(table.find(*Address::parse("198.51.100.255")), "QN");
    EXPECT_EQ(table.find(*Address::parse("2001:db8:ffff::1")), "QO");
    EXPECT_EQ(table.find(*Address::parse("::1")), std::nullopt);
    EXPECT_EQ(table.size(), 3u);
    EXPECT_EQ(table.skipped(), 1u);
}

TEST(CountryTable, reads_a_folder_with_a_file_a_country) {
    auto const folder = std::filesystem::temp_directory_path() / ("kula-countries-" + std::to_string(getpid()));
    std::filesystem::create_directories(folder);
    std::ofstream(folder / "qm.v4") << "192.0.2.0/24\n";
    std::ofstream(folder / "qm.v6") << "2001:db8::/48\n";
    std::ofstream(folder / "README") << "not a country\n";
    auto const table = CountryTable::load(folder);
    std::filesystem::remove_all(folder);
    ASSERT_TRUE(table);
    EXPECT_EQ(table->find(*Address::parse("192.0.2.9")), "QM");
    EXPECT_EQ(table->find(*Address::parse("2001:db8::9")), "QM");
}

TEST(CountryTable, says_which_path_it_cannot_read) {
    auto const table = CountryTable::load("/nowhere/at/all");
    ASSERT_FALSE(table);
    EXPECT_EQ(table.error().fault, base::Fault::not_found);
    EXPECT_NE(table.error().detail.find("/nowhere/at/all"), std::string::npos);
}

}  // namespace
}  // namespace kula::registry
