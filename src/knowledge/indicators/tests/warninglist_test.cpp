// Proves: warning lists in the MISP format hold what MISP would hold, kind by kind, and a broken one stops no other.
#include "indicators/warninglist.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

namespace kula::indicators {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

static std::string list(std::string_view name, std::string_view type, std::string_view entries,
                        std::string_view attributes = "") {
    std::string out = R"({"name":")" + std::string(name) + R"(","description":"d","version":3,"type":")" +
                      std::string(type) + R"(","list":[)" + std::string(entries) + "]";
    if (!attributes.empty()) out += R"(,"matching_attributes":[)" + std::string(attributes) + "]";
    return out + "}";
}

static Warninglists of(std::vector<std::string> const& jsons) {
    std::vector<Warninglists::Text> texts;
    for (auto const& json : jsons) texts.push_back({"list" + std::to_string(texts.size()) + ".json", json});
    return Warninglists(texts);
}

static std::vector<std::string> hits(Warninglists const& lists, std::string_view text) {
    auto const value = Value::parse(text, ReservedSpace::allow);
    std::vector<std::string> out;
    for (auto const& hit : lists.matches(value.value()))
        out.push_back(std::string(hit.list) + ":" + std::string(hit.entry));
    EXPECT_EQ(lists.warns(*value), !out.empty()) << text;
    return out;
}

TEST(Warninglists, cidr_holds_what_lies_within_one_entry) {
    auto const lists =
        of({list("a", "cidr", R"("8.8.8.0/24","1.1.1.1","8.8.8.128/25","2001:db8::/32","9.0.0.0/25","9.0.0.128/25")")});
    EXPECT_THAT(hits(lists, "8.8.8.8"), ElementsAre("a:8.8.8.0/24"));
    EXPECT_THAT(hits(lists, "8.8.8.200"), ElementsAre("a:8.8.8.0/24"));
    EXPECT_THAT(hits(lists, "8.8.8.0/24"), ElementsAre("a:8.8.8.0/24"));
    EXPECT_THAT(hits(lists, "8.8.8.3-8.8.8.240"), ElementsAre("a:8.8.8.0/24"));
    EXPECT_THAT(hits(lists, "1.1.1.1"), ElementsAre("a:1.1.1.1"));
    EXPECT_THAT(hits(lists, "2001:db8:1::/48"), ElementsAre("a:2001:db8::/32"));
    for (auto const* text : {"8.8.9.0", "8.8.7.255", "8.8.8.0/23", "1.1.1.0/31", "1.1.1.2",
                             "2001:db9::", "8.8.8.9-8.8.9.1", "9.0.0.0/24", "0.0.0.1", "255.255.255.255", "ffff::"}) {
        EXPECT_THAT(hits(lists, text), IsEmpty()) << text;
    }
}

TEST(Warninglists, cidr_holds_the_ends_of_both_families) {
    auto const lists = of({list("a", "cidr", R"("255.255.255.255","::","ffff::/16","0.0.0.0/32")")});
    for (auto const* text : {"255.255.255.255", "::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "0.0.0.0"}) {
        EXPECT_EQ(hits(lists, text).size(), 1U) << text;
    }
    EXPECT_THAT(hits(lists, "::1"), IsEmpty());
}

TEST(Warninglists, several_lists_answer_in_their_order) {
    auto const lists = of({list("wide", "cidr", R"("8.0.0.0/8")"), list("narrow", "cidr", R"("8.8.8.8","8.8.0.0/16")"),
                           list("other", "cidr", R"("9.0.0.0/8")")});
    EXPECT_THAT(hits(lists, "8.8.8.8"), ElementsAre("wide:8.0.0.0/8", "narrow:8.8.0.0/16"));
    EXPECT_THAT(hits(lists, "8.8.0.0/15"), ElementsAre("wide:8.0.0.0/8"));
}

TEST(Warninglists, hostname_holds_the_domain_its_subdomains_and_urls_there) {
    auto const lists = of({list(
        "a", "hostname", R"(".Example.org","plain.example","dotted.example.","xn--e1afmkfd.example","8.8.8.8")")});
    for (auto const* text :
         {"example.org", "a.b.EXAMPLE.org", "http://example.org/x", "https://www.example.org:8443/", "plain.example",
          "x.plain.example", "dotted.example", "xn--e1afmkfd.example", "http://8.8.8.8/dns-query"}) {
        EXPECT_EQ(hits(lists, text).size(), 1U) << text;
    }
    for (auto const* text :
         {"notexample.org", "example.org.example", "org.example", "http://other.example/example.org", "8.8.8.8"}) {
        EXPECT_THAT(hits(lists, text), IsEmpty()) << text;
    }
}

TEST(Warninglists, string_holds_only_what_is_equal) {
    auto const lists =
        of({list("a", "string", R"("Example.org","D41D8CD98F00B204E9800998ECF8427E","8.8.8.8","http://x.example")")});
    for (auto const* text : {"example.org", "d41d8cd98f00b204e9800998ecf8427e", "8.8.8.8", "http://x.example/"}) {
        EXPECT_EQ(hits(lists, text).size(), 1U) << text;
    }
    for (auto const* text : {"www.example.org", "http://example.org/", "8.8.8.0/24", "8.8.8.9"}) {
        EXPECT_THAT(hits(lists, text), IsEmpty()) << text;
    }
}

TEST(Warninglists, substring_holds_what_contains_it) {
    auto const lists = of({list("a", "substring", R"("/download.ext/","c++.")")});
    EXPECT_THAT(hits(lists, "http://x.example/Download.ext/1"), ElementsAre("a:/download.ext/"));
    EXPECT_THAT(hits(lists, "http://x.example/c++.html"), ElementsAre("a:c++."));
    EXPECT_THAT(hits(lists, "http://x.example/downloadzext/1"), IsEmpty());
}

TEST(Warninglists, regex_is_read_as_php_writes_it) {
    auto const lists =
        of({list("a", "regex", R"("/^mail[0-9]+\\.example$/i","#/wp-content/[a-z]+#","~colou?r~","{^braced}")")});
    EXPECT_EQ(hits(lists, "MAIL12.example").size(), 1U);
    EXPECT_EQ(hits(lists, "http://x.example/wp-content/abc").size(), 1U);
    EXPECT_EQ(hits(lists, "color.example").size(), 1U);
    EXPECT_EQ(hits(lists, "braced.example").size(), 1U);
    EXPECT_THAT(hits(lists, "x.mail12.example"), IsEmpty());
}

TEST(Warninglists, an_expression_that_is_not_linear_is_reported_and_left_out) {
    auto const lists = of({list("a", "regex", R"("/^(?!good)/","/(a)\\1/","/x/e","/open","/fine/")")});
    EXPECT_EQ(lists.faults().size(), 4U);
    EXPECT_THAT(lists.faults()[0].reason, HasSubstr("(?!good)"));
    EXPECT_EQ(lists.lists().at(0).entries, 1U);
    EXPECT_EQ(hits(lists, "fine.example").size(), 1U);
    EXPECT_THAT(hits(lists, "bad.example"), IsEmpty());
}

TEST(Warninglists, matching_attributes_say_which_kinds_a_list_speaks_of) {
    auto const lists =
        of({list("hashes", "string", R"("d41d8cd98f00b204e9800998ecf8427e")", R"("sha1","filename|md5")"),
            list("mail", "regex", R"("/example/")", R"("email-src")"),
            list("names", "hostname", R"("example.org")", R"("domain")"),
            list("addresses", "cidr", R"("8.8.8.8")", R"("ip-dst|port")")});
    EXPECT_THAT(hits(lists, "d41d8cd98f00b204e9800998ecf8427e"),
                ElementsAre("hashes:d41d8cd98f00b204e9800998ecf8427e"));
    EXPECT_THAT(hits(lists, "example.org"), ElementsAre("names:example.org"));
    EXPECT_THAT(hits(lists, "http://example.org/"), IsEmpty());
    EXPECT_THAT(hits(lists, "8.8.8.8"), ElementsAre("addresses:8.8.8.8"));
}

TEST(Warninglists, a_broken_list_is_reported_and_the_others_load) {
    auto const lists = of({"", "{", "[]", R"({"name":"x"})", R"({"name":"x","type":"odd","list":[]})",
                           R"({"type":"string","list":["a.example"]})",
                           list("good", "cidr", R"("8.8.8.8","not an address","8.8.4.4")")});
    EXPECT_EQ(lists.faults().size(), 7U);
    EXPECT_EQ(lists.faults()[0].file, "list0.json");
    EXPECT_THAT(lists.faults()[6].reason, HasSubstr("not an address"));
    ASSERT_EQ(lists.lists().size(), 1U);
    EXPECT_EQ(lists.lists()[0].entries, 2U);
    EXPECT_EQ(hits(lists, "8.8.4.4").size(), 1U);
}

TEST(Warninglists, the_higher_version_of_a_list_counts) {
    auto old = list("a", "cidr", R"("8.8.8.8")");
    auto const fresh = R"({"name":"a","version":"20261101","type":["cidr"],"list":{"9.9.9.9":"a comment"}})";
    auto const lists = of({old, fresh, old});
    EXPECT_EQ(lists.lists().size(), 1U);
    EXPECT_EQ(lists.faults().size(), 2U);
    EXPECT_THAT(hits(lists, "8.8.8.8"), IsEmpty());
    EXPECT_THAT(hits(lists, "9.9.9.9"), ElementsAre("a:9.9.9.9"));
}

TEST(Warninglists, load_from_a_folder_in_either_layout) {
    auto const folder = std::filesystem::temp_directory_path() / ("kula-warninglists-" + std::to_string(getpid()));
    std::filesystem::create_directories(folder / "lists" / "nested");
    std::ofstream(folder / "flat.json") << list("flat", "cidr", R"("8.8.8.8")");
    std::ofstream(folder / "lists" / "nested" / "list.json") << list("nested", "hostname", R"("example.org")");
    std::ofstream(folder / "broken.json") << "{";
    std::ofstream(folder / "README.md") << "not a list";
    auto const lists = Warninglists::load(folder);
    auto const one = Warninglists::load(folder / "flat.json");
    std::filesystem::remove_all(folder);
    ASSERT_TRUE(lists);
    EXPECT_EQ(lists->lists().size(), 2U);
    ASSERT_EQ(lists->faults().size(), 1U);
    EXPECT_THAT(lists->faults()[0].file, HasSubstr("broken.json"));
    EXPECT_EQ(one->lists().size(), 1U);
    EXPECT_EQ(Warninglists::load(folder).error().fault, base::Fault::not_found);
}

TEST(Warninglists, no_lists_hold_nothing) { EXPECT_THAT(hits(Warninglists(), "8.8.8.8"), IsEmpty()); }

TEST(Warninglists, a_million_indicators_are_checked_against_real_lists) {
    char const* const named = std::getenv("KULA_SHARED_DATA");
    std::filesystem::path const data = named != nullptr ? named : "../shared/data";
    if (!std::filesystem::exists(data / "misp-warninglists")) GTEST_SKIP() << "no shared data at " << data;
    auto const lists = Warninglists::load(data / "misp-warninglists");
    ASSERT_TRUE(lists);
    EXPECT_THAT(lists->faults(), IsEmpty());
    EXPECT_GE(lists->lists().size(), 15U);
    EXPECT_FALSE(hits(*lists, "1.0.0.1").empty());
    EXPECT_FALSE(hits(*lists, "some.bit.ly").empty());
    EXPECT_FALSE(hits(*lists, "d41d8cd98f00b204e9800998ecf8427e").empty());
    auto const begin = std::chrono::steady_clock::now();
    std::size_t warned = 0;
    Value value;
    for (std::uint32_t i = 0; i < 1'000'000; ++i) {
        auto const address = base::Address::v4(0x01000000u + i * 3000u);
        value.range = {address, address};
        warned += lists->warns(value) ? 1U : 0U;
    }
    auto const took = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begin);
    RecordProperty("milliseconds", static_cast<int>(took.count()));
    std::printf("%zu of 1 000 000 warned in %lld ms\n", warned, static_cast<long long>(took.count()));
    EXPECT_GT(warned, 0U);
}

}  // namespace kula::indicators
