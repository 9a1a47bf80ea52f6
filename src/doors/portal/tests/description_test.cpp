#include "description.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "teams.hpp"

namespace kula::portal {
namespace {

using testing::full_team;
using testing::said;

registry::Team team_of(registry::TeamContent content) {
    return {std::move(content), 3, *base::parse_instant("2026-11-25T10:00:00Z")};
}

std::vector<std::string> numbered(registry::Team const& team, base::Language language) {
    std::vector<std::string> out;
    for (auto const& section : description(team, Words(language), "https://csirt.example"))
        out.push_back(std::string(section.number) + " " + section.title);
    return out;
}

TEST(Description, follows_rfc_2350_heading_by_heading) {
    std::vector<std::string> const headings{"1 Document Information",
                                            "1.1 Date of Last Update",
                                            "1.2 Distribution List for Notifications",
                                            "1.3 Locations where this Document May Be Found",
                                            "2 Contact Information",
                                            "2.1 Name of the Team",
                                            "2.2 Address",
                                            "2.3 Time Zone",
                                            "2.4 Telephone Number",
                                            "2.5 Facsimile Number",
                                            "2.6 Other Telecommunication",
                                            "2.7 Electronic Mail Address",
                                            "2.8 Public Keys and Other Encryption Information",
                                            "2.9 Team Members",
                                            "2.10 Other Information",
                                            "2.11 Points of Customer Contact",
                                            "3 Charter",
                                            "3.1 Mission Statement",
                                            "3.2 Constituency",
                                            "3.3 Sponsorship and/or Affiliation",
                                            "3.4 Authority",
                                            "4 Policies",
                                            "4.1 Types of Incidents and Level of Support",
                                            "4.2 Co-operation, Interaction and Disclosure of Information",
                                            "4.3 Communication and Authentication",
                                            "5 Services",
                                            "5.1 Incident Response",
                                            "5.1.1 Incident Triage",
                                            "5.1.2 Incident Coordination",
                                            "5.1.3 Incident Resolution",
                                            "5.2 Proactive Activities",
                                            "6 Incident Reporting Forms",
                                            "7 Disclaimers"};
    EXPECT_EQ(numbered(team_of(full_team()), base::Language::en), headings);
    for (auto const language : base::languages)
        EXPECT_EQ(numbered(team_of(full_team()), language).size(), headings.size());
}

TEST(Description, leaves_out_headings_that_nothing_stands_under) {
    registry::TeamContent content;
    content.triage = said("We look at it.");
    auto const sections = numbered(team_of(content), base::Language::en);
    std::vector<std::string> const expected{"1 Document Information",
                                            "1.1 Date of Last Update",
                                            "1.3 Locations where this Document May Be Found",
                                            "5 Services",
                                            "5.1 Incident Response",
                                            "5.1.1 Incident Triage"};
    EXPECT_EQ(sections, expected);
    EXPECT_TRUE(description({}, Words(base::Language::en), "").empty()) << "nothing was told yet";
}

TEST(Description, marks_a_text_that_stands_only_in_another_language) {
    auto content = full_team();
    content.mission = said("Only in English.");
    auto const sections = description(team_of(content), Words(base::Language::mk), "");
    auto const mission =
        std::find_if(sections.begin(), sections.end(), [](auto const& s) { return s.number == "3.1"; });
    ASSERT_NE(mission, sections.end());
    EXPECT_EQ(mission->text, "Only in English.");
    EXPECT_EQ(mission->language, base::Language::en);
    EXPECT_EQ(mission->title, "Мисија");
}

TEST(Description, as_plain_text_has_lines_that_fit_everywhere) {
    auto content = full_team();
    content.mission =
        said("", std::string(40, 'x') + " збор збор збор збор збор збор збор збор збор збор збор збор\n\nКрај.");
    auto const text = plain_description(team_of(content), Words(base::Language::mk), "https://csirt.example");
    EXPECT_TRUE(text.starts_with("Опис според RFC 2350: Пример CSIRT\nTLP:CLEAR\n\n1. Податоци за документот\n"))
        << text;
    EXPECT_NE(text.find("\n3.1. Мисија\n\n   xxxx"), std::string::npos);
    EXPECT_NE(text.find("   https://csirt.example/mk/rfc2350.txt\n"), std::string::npos);
    EXPECT_NE(text.find("9621 8537 9DE0 126D"), std::string::npos);
    std::size_t letters = 0;
    for (char const c : text) {
        if (c == '\n') letters = 0;
        letters += c == '\n' || (static_cast<unsigned char>(c) & 0xC0u) == 0x80u ? 0 : 1;
        EXPECT_LE(letters, 72u);
    }
}

}  // namespace
}  // namespace kula::portal
