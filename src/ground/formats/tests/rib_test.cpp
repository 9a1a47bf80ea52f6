// Proves that dumps of routing tables tell who originates what, by each peer's word, and that broken ones harm nobody.
#include "formats/rib.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace kula::formats {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string big16(unsigned number) { return {static_cast<char>(number >> 8), static_cast<char>(number)}; }
std::string big32(std::uint32_t number) { return big16(number >> 16) + big16(number & 0xffff); }

std::string mrt(unsigned subtype, std::string const& content, std::uint32_t at = 1'700'000'000) {
    return big32(at) + big16(13) + big16(subtype) + big32(static_cast<std::uint32_t>(content.size())) + content;
}
std::string peers() { return mrt(1, std::string(4, '\x01') + big16(0) + big16(0)); }

struct PathSegment {
    char type;
    std::vector<std::uint32_t> numbers;
};
/// ORIGIN, then AS_PATH with a length of two bytes.
std::string attributes(std::vector<PathSegment> const& segments) {
    std::string path;
    for (auto const& [type, numbers] : segments) {
        path += type;
        path += static_cast<char>(numbers.size());
        for (auto const number : numbers) path += big32(number);
    }
    return std::string("\x40\x01\x01\x00\x50\x02", 6) + big16(static_cast<unsigned>(path.size())) + path;
}
std::string told_by(unsigned peer, std::string const& attributes, std::string const& path_id = {}) {
    return big16(peer) + big32(0) + path_id + big16(static_cast<unsigned>(attributes.size())) + attributes;
}
std::string route(std::string const& prefix, std::vector<std::string> const& entries) {
    std::string out = big32(0) + prefix + big16(static_cast<unsigned>(entries.size()));
    for (auto const& entry : entries) out += entry;
    return out;
}
std::string const documentation_net("\x18\xc0\x00\x02", 4);       // 192.0.2.0/24
std::string const documentation_net6("\x20\x20\x01\x0d\xb8", 5);  // 2001:db8::/32
std::string plain(std::uint32_t origin) { return attributes({{2, {64500, origin}}}); }

struct Told {
    std::vector<std::string> routes{};
    std::uint64_t broken = 0;
    bool is_cut = false;
    std::optional<base::Instant> dumped{};
};
Told read(std::string const& file, std::size_t piece = 1'000'000) {
    Told told;
    RibReader reader([&](base::Prefix const& prefix, std::span<std::uint32_t const> origins) {
        auto text = prefix.text();
        for (auto const origin : origins) text += " " + std::to_string(origin);
        told.routes.push_back(std::move(text));
    });
    std::string rest;
    for (std::size_t at = 0; at < file.size(); at += piece) {
        rest += file.substr(at, piece);
        rest.erase(0, reader.consume(std::as_bytes(std::span(rest)), InputEnd::not_yet));
    }
    reader.consume(std::as_bytes(std::span(rest)), InputEnd::reached);
    return {told.routes, reader.broken(), reader.is_cut(), reader.dumped()};
}

TEST(Rib, tells_the_origins_of_each_peer_for_both_families_however_it_is_split) {
    auto const file = peers() +
                      mrt(2, route(documentation_net, {told_by(0, plain(64501)), told_by(1, plain(4'200'000'001))})) +
                      mrt(3, "a multicast table says nothing of where traffic goes") +
                      mrt(4, route(documentation_net6, {told_by(0, plain(64502))}));
    EXPECT_TRUE(begins_rib(std::as_bytes(std::span(file))));
    for (std::size_t const piece : {1U, 7U, 1000U}) {
        auto const told = read(file, piece);
        EXPECT_THAT(told.routes, ElementsAre("192.0.2.0/24 64501 4200000001", "2001:db8::/32 64502"));
        EXPECT_EQ(told.broken, 0u);
        EXPECT_FALSE(told.is_cut);
        EXPECT_EQ(told.dumped, base::parse_instant("2023-11-14T22:13:20Z"));
    }
}

TEST(Rib, counts_a_peer_with_several_paths_once_for_each_origin) {
    auto const file = peers() + mrt(8, route(documentation_net,
                                             {told_by(0, plain(64501), big32(1)), told_by(0, plain(64501), big32(2)),
                                              told_by(0, plain(64502), big32(3)), told_by(1, plain(64501), big32(1))}));
    EXPECT_THAT(read(file).routes, ElementsAre("192.0.2.0/24 64501 64502 64501"));
}

TEST(Rib, takes_no_origin_from_a_set_of_several_and_looks_past_confederations) {
    auto const file =
        peers() + mrt(2, route(documentation_net,
                               {told_by(0, attributes({{2, {64500}}, {1, {64501, 64502}}})),
                                told_by(1, attributes({{2, {64500}}, {1, {64503}}})),
                                told_by(2, attributes({{2, {64504}}, {3, {65001}}})), told_by(3, attributes({}))}));
    EXPECT_THAT(read(file).routes, ElementsAre("192.0.2.0/24 64503 64504"));
}

TEST(Rib, passes_over_broken_records_and_says_when_the_file_ends_early) {
    auto const sound = mrt(2, route(documentation_net, {told_by(0, plain(64501))}));
    auto const broken = mrt(2, big32(0) + std::string("\x21\xc0\x00\x02\x00\x00", 6)) + mrt(2, "x") +
                        mrt(2, route(documentation_net, {told_by(0, plain(64501)).substr(0, 20)}));
    auto const told = read(peers() + broken + sound);
    EXPECT_THAT(told.routes, ElementsAre("192.0.2.0/24 64501"));
    EXPECT_EQ(told.broken, 3u);
    EXPECT_TRUE(read((peers() + sound).substr(0, peers().size() + sound.size() - 1)).is_cut);
    auto const too_long = read(peers() + big32(0) + big16(13) + big16(2) + big32(0xffffffff) + sound);
    EXPECT_TRUE(too_long.is_cut);
    EXPECT_THAT(too_long.routes, IsEmpty());
}

TEST(Rib, reads_lines_of_bgpdump) {
    auto const line =
        parse_rib_line("TABLE_DUMP2|1700000000|B|192.0.2.1|64500|198.51.100.0/24|64500 64501|IGP|192.0.2.1|0");
    ASSERT_TRUE(line);
    EXPECT_EQ(line->prefix.text(), "198.51.100.0/24");
    EXPECT_EQ(line->origin, 64501u);
    EXPECT_EQ(parse_rib_line("TABLE_DUMP2|1|B|::1|64500|2001:db8::/32|64500 {64502}|IGP")->origin, 64502u);
    EXPECT_EQ(parse_rib_line("TABLE_DUMP2|1|B|::1|64500|2001:db8::/32|64500 {64502,64503}|IGP")->origin, std::nullopt);
    EXPECT_FALSE(parse_rib_line("BGP4MP|1|A|192.0.2.1|64500|198.51.100.0/24|64500 64501|IGP"));
    EXPECT_FALSE(parse_rib_line("TABLE_DUMP2|1|B|192.0.2.1|64500|nonsense|64500"));
    EXPECT_FALSE(parse_rib_line(""));
}

}  // namespace
}  // namespace kula::formats
