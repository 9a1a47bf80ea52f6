// Proves that a table is recognised by its content and read in every form that it is published in, IPv6 as IPv4.
#include "origins/table_reader.hpp"

#include <gtest/gtest.h>

#include "mmdb_writer.hpp"

namespace kula::origins {
namespace {

using base::Address;
using testing::mmdb_map;
using testing::mmdb_number;
using testing::mmdb_text;
using testing::MmdbWriter;

AsTable as_table(std::string_view text) { return AsTable(read_table(TableKind::as_numbers, text).value()); }
CountryTable country_table(std::string_view text) {
    return CountryTable(read_table(TableKind::countries, text).value());
}
std::uint32_t as_of(AsTable const& table, std::string_view address) {
    return table.find(*Address::parse(address)).value_or(0);
}
std::string country_of(CountryTable const& table, std::string_view address) {
    return table.find(*Address::parse(address)).value_or("none");
}
std::string refusal(TableKind kind, std::string_view text) {
    auto const read = read_table(kind, text);
    return read ? "none" : read.error().detail;
}

TEST(TableReader, reads_lines_of_prefixes_and_ranges_and_the_most_specific_wins) {
    auto const table = as_table(
        "# comment\n; IP-ASN32-DAT file\n198.51.100.0\t198.51.100.255\t64500\tQM\tExample\n198.51.100.128/25,AS64501\n"
        "nonsense\n0.0.0.0 0.0.0.255 0\n2001:db8::/32 64502\n2001:db8:1::/48;as64503\n\n");
    EXPECT_EQ(as_of(table, "198.51.100.1"), 64500u);
    EXPECT_EQ(as_of(table, "198.51.100.200"), 64501u);
    EXPECT_EQ(as_of(table, "0.0.0.1"), 0u);
    EXPECT_EQ(as_of(table, "2001:db8::1"), 64502u);
    EXPECT_EQ(as_of(table, "2001:db8:1::1"), 64503u);
    EXPECT_EQ(as_of(table, "2001:db9::1"), 0u);
    EXPECT_EQ(table.about().entries, 4u);
    EXPECT_EQ(table.about().skipped, 1u);
    EXPECT_EQ(table.about().first_skipped, 5u);
}

TEST(TableReader, reads_what_caida_publishes_and_takes_the_first_of_several_origins_but_no_set) {
    auto const table = as_table(
        "192.0.2.0\t24\t64500\n198.51.100.0\t24\t64501_64502\n203.0.113.0\t24\t64503,64504_64505\n2001:db8::\t32\t64506\n");
    EXPECT_EQ(as_of(table, "192.0.2.9"), 64500u);
    EXPECT_EQ(as_of(table, "198.51.100.9"), 64501u);
    EXPECT_EQ(as_of(table, "203.0.113.9"), 64505u);
    EXPECT_EQ(as_of(table, "2001:db8::9"), 64506u);
    EXPECT_EQ(table.about().skipped, 0u);
}

TEST(TableReader, takes_the_origin_that_most_peers_tell_and_no_default_route) {
    std::string const text =
        "TABLE_DUMP2|1700000000|B|192.0.2.1|64500|198.51.100.0/24|64500 64502|IGP|a\n"
        "TABLE_DUMP2|1700000000|B|192.0.2.2|64500|198.51.100.0/24|64500 64501|IGP|a\n"
        "TABLE_DUMP2|1700000000|B|192.0.2.1|64500|203.0.113.0/24|64500 64503|IGP|a\n"
        "TABLE_DUMP2|1700000000|B|192.0.2.1|64500|0.0.0.0/0|64500|IGP|a\n"
        "TABLE_DUMP2|1700000000|B|192.0.2.1|64500|203.0.113.0/24|64500 {1,2}|IGP|a\n";
    auto const even = as_table(text);
    EXPECT_EQ(as_of(even, "198.51.100.9"), 64501u) << "of equals the lower";
    EXPECT_EQ(as_of(even, "203.0.113.9"), 64503u);
    EXPECT_EQ(as_of(even, "192.0.2.9"), 0u);
    EXPECT_EQ(even.about().format, TableFormat::rib);
    EXPECT_EQ(even.about().version, "20231114");
    auto const decided = as_table(text + "TABLE_DUMP2|1|B|192.0.2.3|64500|198.51.100.0/24|64500 64502|IGP|a\n");
    EXPECT_EQ(as_of(decided, "198.51.100.9"), 64502u) << "although it is told apart";
}

TEST(TableReader, reads_a_dump_in_mrt) {
    std::string file("\x65\x53\xf1\x00\0\x0d\0\x01\0\0\0\x08\x01\x01\x01\x01\0\0\0\0", 20);
    file += std::string("\x65\x53\xf1\x00\0\x0d\0\x02\0\0\0\x1f", 12);
    file +=
        std::string("\0\0\0\0\x18\xc0\0\x02\0\x01\0\0\0\0\0\0\0\x0d\x40\x02\x0a\x02\x02\0\0\xfb\xf4\0\0\xfb\xf5", 31);
    auto const table = as_table(file);
    EXPECT_EQ(as_of(table, "192.0.2.9"), 64501u);
    EXPECT_EQ(table.about().format, TableFormat::rib);
    file.pop_back();
    EXPECT_NE(refusal(TableKind::as_numbers, file).find("ends within a record"), std::string::npos);
}

TEST(TableReader, reads_countries_from_lines_and_statistics_of_registries) {
    auto const lines =
        country_table("# comment\n192.0.2.0/25,qm\n198.51.100.0/24 QN # more\n2001:db8::/32,QO\nnonsense\n");
    EXPECT_EQ(country_of(lines, "192.0.2.127"), "QM");
    EXPECT_EQ(country_of(lines, "192.0.2.128"), "none");
    EXPECT_EQ(country_of(lines, "198.51.100.255"), "QN");
    EXPECT_EQ(country_of(lines, "2001:db8:ffff::1"), "QO");
    EXPECT_EQ(country_of(lines, "::1"), "none");
    EXPECT_EQ(lines.about().skipped, 1u);
    auto const delegated = country_table(
        "2|ripencc|1764201599|5|19830705|20261126|+0100\nripencc|*|ipv4|*|2|summary\n"
        "ripencc|QM|ipv4|198.51.100.0|768|20110127|allocated\nripencc|QN|ipv6|2001:db8::|32|20110127|allocated\n"
        "ripencc||ipv4|203.0.113.0|256||available\nripencc|QM|ipv4|bad\n");
    EXPECT_EQ(country_of(delegated, "198.51.102.255"), "QM");
    EXPECT_EQ(country_of(delegated, "198.51.103.0"), "none");
    EXPECT_EQ(country_of(delegated, "2001:db8::1"), "QN");
    EXPECT_EQ(country_of(delegated, "203.0.113.1"), "none");
    EXPECT_EQ(delegated.about().format, TableFormat::delegated);
    EXPECT_EQ(delegated.about().version, "20261126");
    EXPECT_EQ(delegated.about().entries, 2u);
    EXPECT_EQ(delegated.about().skipped, 1u);
}

TEST(TableReader, reads_countries_from_maxmind_dbs_of_every_record_size_and_shape) {
    for (unsigned const bits : {24U, 28U, 32U}) {
        auto writer =
            MmdbWriter(bits)
                .add("192.0.2.0/24", mmdb_map({{"registered_country", mmdb_map({{"iso_code", mmdb_text("QX")}})},
                                               {"country", mmdb_map({{"iso_code", mmdb_text("QM")}})}}))
                .add("198.51.100.0/25", mmdb_map({{"registered_country", mmdb_map({{"iso_code", mmdb_text("QN")}})}}))
                .add("2001:db8::/32", mmdb_map({{"country", mmdb_text("qo")}}))
                .add("2001:db9::/32",
                     mmdb_map({{"country", mmdb_text("Long Name")}, {"country_code", mmdb_text("QP")}}))
                .add("203.0.113.0/24", mmdb_map({{"continent", mmdb_text("EU")}}));
        auto const table = country_table(writer.alias_v4("2002::/16").alias_v4("::ffff:0:0/96").file());
        EXPECT_EQ(country_of(table, "192.0.2.255"), "QM") << bits;
        EXPECT_EQ(country_of(table, "198.51.100.1"), "QN");
        EXPECT_EQ(country_of(table, "198.51.100.128"), "none");
        EXPECT_EQ(country_of(table, "2001:db8::1"), "QO");
        EXPECT_EQ(country_of(table, "2001:db9::1"), "QP");
        EXPECT_EQ(country_of(table, "2002:c000:201::1"), "none") << "an alias says nothing of its own";
        EXPECT_EQ(table.about().format, TableFormat::mmdb);
        EXPECT_EQ(table.about().entries, 4u);
        EXPECT_EQ(table.about().skipped, 1u);
        EXPECT_EQ(table.about().version, "20231114");
    }
}

TEST(TableReader, reads_as_numbers_from_maxmind_dbs) {
    auto const six = as_table(MmdbWriter(28)
                                  .add("192.0.2.0/24", mmdb_map({{"autonomous_system_number", mmdb_number(64500)}}))
                                  .add("2001:db8::/32", mmdb_map({{"asn", mmdb_text("AS4200000001")}}))
                                  .file());
    EXPECT_EQ(as_of(six, "192.0.2.1"), 64500u);
    EXPECT_EQ(as_of(six, "2001:db8::1"), 4'200'000'001u);
    auto const four = as_table(MmdbWriter(24, 4).add("192.0.2.0/24", mmdb_map({{"asn", mmdb_number(64501)}})).file());
    EXPECT_EQ(as_of(four, "192.0.2.1"), 64501u);
}

TEST(TableReader, refuses_what_is_cut_short_or_nothing) {
    auto const whole = MmdbWriter(24).add("192.0.2.0/24", mmdb_map({{"country", mmdb_text("QM")}})).file();
    for (std::size_t size = 1; size < whole.size(); ++size)
        EXPECT_FALSE(read_table(TableKind::countries, std::string_view(whole).substr(0, size))) << size;
    EXPECT_NE(refusal(TableKind::countries, whole.substr(0, whole.size() / 2)).find("its end is missing"),
              std::string::npos);
    EXPECT_EQ(refusal(TableKind::countries, ""), "holds no entry of a table of countries");
    EXPECT_EQ(refusal(TableKind::as_numbers, "nothing\nof the kind\n"), "holds no entry of a table of AS numbers");
    EXPECT_NE(refusal(TableKind::as_numbers, std::string(1000, '\x01')), "none");
}

TEST(TableReader, is_not_led_round_in_circles_by_a_tree) {
    auto file = MmdbWriter(24).add("192.0.2.0/24", mmdb_map({{"country", mmdb_text("QM")}})).file();
    file[3] = file[4] = file[5] = 0;  // The root's right side is the root.
    EXPECT_NE(refusal(TableKind::countries, file).find("no tree"), std::string::npos);
}

}  // namespace
}  // namespace kula::origins
