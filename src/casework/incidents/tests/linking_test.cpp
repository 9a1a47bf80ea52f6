// How incidents stand to each other: links, and those that are one.

#include <gmock/gmock.h>

#include "incident_house.hpp"
#include "incidents/incidents.hpp"

namespace kula::incidents {
namespace {

using testing::analyst;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::ransomware;

class IncidentLinks : public testing::IncidentHouse {
protected:
    [[nodiscard]] std::vector<std::pair<LinkKind, std::string>> links(IncidentId id) const {
        std::vector<std::pair<LinkKind, std::string>> out;
        for (auto const& link : story(id).links) out.emplace_back(link.kind, link.other.title);
        return out;
    }
    [[nodiscard]] std::vector<std::string> merged(IncidentId id) const {
        std::vector<std::string> out;
        for (auto const& each : story(id).merged) out.push_back(each.title);
        return out;
    }
};
KULA_ON_BOTH_DATABASES(IncidentLinks);

TEST_P(IncidentLinks, are_told_from_both_sides) {
    auto const breach = open("breach").id, spread = open("spread").id, other = open("other").id;
    ASSERT_TRUE(incidents->link(spread, LinkKind::caused_by, breach, analyst()).has_value());
    ASSERT_TRUE(incidents->link(other, LinkKind::related, breach, analyst()).has_value());
    EXPECT_THAT(links(spread), ElementsAre(std::pair(LinkKind::caused_by, std::string("breach"))));
    EXPECT_THAT(links(breach), ElementsAre(std::pair(LinkKind::causes, std::string("spread")),
                                           std::pair(LinkKind::related, std::string("other"))));
    ASSERT_TRUE(incidents->link(breach, LinkKind::causes, spread, analyst()).has_value());
    ASSERT_TRUE(incidents->link(breach, LinkKind::related, other, analyst()).has_value());
    EXPECT_EQ(links(breach).size(), 2u) << "the same, told from the other side";
    EXPECT_THAT(kinds(spread), ElementsAre(EntryKind::linked, EntryKind::opened));
    EXPECT_THAT(deeds(), ElementsAre("incident.opened", "incident.opened", "incident.opened", "incident.linked",
                                     "incident.linked"));
    auto const link = story(breach).links.front().id;
    ASSERT_TRUE(incidents->unlink(spread, link, analyst()).has_value());
    EXPECT_THAT(links(spread), IsEmpty());
    EXPECT_EQ(links(breach).size(), 1u);
    EXPECT_EQ(incidents->unlink(spread, link, analyst()).error().fault, base::Fault::not_found);
    EXPECT_EQ(incidents->link(spread, LinkKind::related, spread, analyst()).error().detail, "incident: is this one");
}

TEST_P(IncidentLinks, of_what_is_merged_tell_one_story_and_come_apart_as_they_were) {
    auto const first = open("first").id, second = open("second").id, third = open("third").id;
    ASSERT_TRUE(incidents->take_step(first, 1, "investigating", "", analyst()).has_value());
    ASSERT_TRUE(incidents->write(first, {EntryKind::note, "of the first", {}}, analyst()).has_value());
    ASSERT_TRUE(incidents->merge(first, 2, second, "the same intruder", analyst()).has_value());
    ASSERT_TRUE(incidents->merge(second, 1, third, "", analyst()).has_value());
    EXPECT_THAT(merged(third), ElementsAre("first", "second"));
    EXPECT_EQ(story(first).merged_into->title, "second");
    std::vector<std::string> told;
    for (auto const& entry : story(third).timeline.items) {
        if (entry.kind == EntryKind::note || entry.kind == EntryKind::merged)
            told.push_back(entry.incident.title + ": " + entry.text);
    }
    EXPECT_THAT(told, ::testing::UnorderedElementsAre("first: of the first", "first: the same intruder", "second: "));
    EXPECT_EQ(incidents->list({.clearance = analyst().clearance}).value().total, 1);
    auto const all = incidents->list({.with_merged = true, .clearance = analyst().clearance}).value();
    EXPECT_EQ(all.total, 3);
    EXPECT_EQ(all.merged_into.at(second).title, "second");

    auto const detail = [](auto const& outcome) { return outcome ? std::string() : outcome.error().detail; };
    EXPECT_EQ(detail(incidents->merge(third, 1, first, "", analyst())), "it is merged into another") << "a circle";
    EXPECT_EQ(detail(incidents->merge(third, 1, third, "", analyst())), "into: is this one");
    EXPECT_EQ(detail(incidents->take_step(first, 3, "contained", "", analyst())), "it is merged into another");
    EXPECT_EQ(detail(incidents->change(first, 3, ransomware(), analyst())), "it is merged into another");
    EXPECT_EQ(detail(incidents->write(first, {EntryKind::note, "x", {}}, analyst())), "it is merged into another");
    EXPECT_EQ(detail(incidents->link(third, LinkKind::related, first, analyst())), "it is merged into another");
    EXPECT_EQ(detail(incidents->unmerge(third, 1, analyst())), "it is not merged into another");

    auto const apart = incidents->unmerge(second, 2, analyst()).value();
    EXPECT_EQ(apart.state, "open");
    EXPECT_THAT(merged(third), IsEmpty());
    EXPECT_THAT(merged(second), ElementsAre("first"));
    EXPECT_THAT(kinds(third), ElementsAre(EntryKind::unmerged, EntryKind::opened));
    EXPECT_EQ(story(third).timeline.items.front().other->title, "second");
    auto const again = incidents->unmerge(first, 3, analyst()).value();
    EXPECT_EQ(again.state, "investigating") << "as it was";
}

}  // namespace
}  // namespace kula::incidents
