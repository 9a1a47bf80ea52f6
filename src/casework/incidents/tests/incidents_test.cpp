// What happens to an incident from its opening on.

#include "incidents/incidents.hpp"

#include <gmock/gmock.h>

#include "incident_house.hpp"

namespace kula::incidents {
namespace {

using testing::analyst;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::person;
using testing::ransomware;

class IncidentRecords : public testing::IncidentHouse {};
KULA_ON_BOTH_DATABASES(IncidentRecords);

TEST_P(IncidentRecords, get_the_next_number_of_the_year) {
    EXPECT_EQ(open().number, "INC-2026-000001");
    EXPECT_EQ(open().number, "INC-2026-000002");
    EXPECT_FALSE(incidents->open_one({}, analyst()).has_value());
    EXPECT_EQ(open().number, "INC-2026-000003");
    clock.set(*base::parse_instant("2026-12-31T23:59:58Z"));
    EXPECT_EQ(open().number, "INC-2026-000004");
    EXPECT_EQ(open().number, "INC-2027-000001");
    EXPECT_EQ(incidents->find("inc-2026-000002", analyst().clearance).value().number, "INC-2026-000002");
    EXPECT_FALSE(incidents->find("INC-2026-000009", analyst().clearance).has_value());
}

TEST_P(IncidentRecords, keep_what_was_told) {
    auto content = ransomware();
    content.title = "  Откупнички софтвер  ";
    content.summary = "Two\nlines";
    content.marking = {base::Tlp::amber_strict, base::Pap::red};
    content.lead = person(2);
    content.is_cross_border = true;
    content.services = {"Patient records", "Patient records", " Laboratory "};
    content.tags = {"Ransomware", "ransomware"};
    content.techniques = {"T1486", "T1566.002"};
    content.happened_at = *base::parse_instant("2026-11-20T01:00:00Z");
    auto const id = incidents->open_one(content, analyst()).value().id;
    auto const found = incidents->find(id, analyst().clearance).value();
    EXPECT_EQ(found.content.title, "Откупнички софтвер");
    EXPECT_THAT(found.content.services, ElementsAre("Patient records", "Laboratory"));
    EXPECT_THAT(found.content.tags, ElementsAre("ransomware"));
    content.title = found.content.title;
    content.services = found.content.services;
    content.tags = found.content.tags;
    EXPECT_EQ(to_json(found.content), to_json(content));
    EXPECT_EQ(found.state, "open");
    EXPECT_EQ(found.record.version, 1);
    EXPECT_THAT(kinds(id), ElementsAre(EntryKind::opened));
    EXPECT_THAT(deeds(), ElementsAre("incident.opened"));
}

TEST_P(IncidentRecords, name_every_field_that_is_wrong) {
    auto content = ransomware();
    content.title = " ";
    content.summary = std::string(longest_markdown + 1, 'a');
    content.rsit_type = "phishing";
    content.sectors = {"alchemy"};
    content.services = {"two\nlines"};
    content.tags = {""};
    content.techniques = {"T15"};
    content.readers = *base::Readers::of({person(1)});
    auto const error = incidents->open_one(content, analyst()).error();
    EXPECT_EQ(error.fault, base::Fault::invalid);
    std::vector<std::string> fields;
    for (auto const& problem : error.fields) fields.push_back(problem.field);
    EXPECT_THAT(fields, ::testing::UnorderedElementsAre("title", "summary", "type", "sectors", "services", "tags",
                                                        "techniques", "readers"));
}

TEST_P(IncidentRecords, tell_what_of_them_was_changed) {
    auto const id = open().id;
    auto content = ransomware();
    content.severity = Severity::critical;
    content.tags = {"lockbit"};
    auto const changed = incidents->change(id, 1, content, analyst()).value();
    EXPECT_EQ(changed.record.version, 2);
    auto const entry = story(id).timeline.items.front();
    EXPECT_EQ(entry.kind, EntryKind::changed);
    EXPECT_EQ(entry.change.at("before").dump(), R"({"severity":"high","tags":[]})");
    EXPECT_EQ(entry.change.at("after").dump(), R"({"severity":"critical","tags":["lockbit"]})");
    EXPECT_EQ(entry.by, analyst().name);

    EXPECT_EQ(incidents->change(id, 2, content, analyst()).value().record.version, 2) << "nothing is another";
    auto const late = incidents->change(id, 1, ransomware(), analyst(2));
    ASSERT_FALSE(late.has_value());
    EXPECT_EQ(late.error().fault, base::Fault::conflict);
    EXPECT_THAT(late.error().detail, HasSubstr("version is 2 now"));
    EXPECT_THAT(kinds(id), ElementsAre(EntryKind::changed, EntryKind::opened));
}

TEST_P(IncidentRecords, live_as_the_data_says) {
    auto const id = open().id;
    auto const step = [&](std::int64_t version, std::string const& to, std::string const& reason = {}) {
        clock.advance(std::chrono::seconds(1));
        auto const taken = incidents->take_step(id, version, to, reason, analyst());
        return taken ? taken->state : taken.error().detail;
    };
    EXPECT_EQ(step(1, "investigating"), "investigating");
    EXPECT_EQ(step(2, "closed", " "), "reason: is empty");
    EXPECT_EQ(step(2, "gone"), "to: is unknown");
    EXPECT_EQ(step(2, "open"), "this step is not possible from its state: investigating");
    EXPECT_EQ(step(2, "closed", "Restored from backup."), "closed");
    EXPECT_EQ(step(3, "investigating"), "investigating") << "taken up again";
    auto const told = story(id);
    EXPECT_EQ(told.incident.record.version, 4);
    EXPECT_EQ(told.incident.state_since, clock.now());
    EXPECT_THAT(kinds(id), ElementsAre(EntryKind::step, EntryKind::step, EntryKind::step, EntryKind::opened));
    auto const& closing = told.timeline.items[1];
    EXPECT_EQ(closing.text, "Restored from backup.");
    EXPECT_EQ(closing.change.dump(), R"({"from":"investigating","to":"closed"})");
}

TEST_P(IncidentRecords, have_a_timeline_by_when_things_were) {
    auto const id = open().id;
    auto const write = [&](EntryKind kind, std::string const& text, std::optional<base::Instant> at = {}) {
        clock.advance(std::chrono::seconds(1));
        auto const entry = incidents->write(id, {kind, text, at}, analyst());
        return entry ? "" : entry.error().detail;
    };
    EXPECT_EQ(write(EntryKind::note, "third"), "");
    EXPECT_EQ(write(EntryKind::happened, "first", clock.now() - std::chrono::hours(9)), "");
    EXPECT_EQ(write(EntryKind::said, " \n"), "text: is empty");
    EXPECT_EQ(write(EntryKind::said, "later", clock.now() + std::chrono::hours(1)), "at: lies in the future");
    EXPECT_EQ(write(EntryKind::merged, "by hand"), "kind: is none that people write");
    auto const page = incidents->timeline(id, "", 2, analyst().clearance).value();
    ASSERT_EQ(page.items.size(), 2u);
    EXPECT_EQ(page.items[0].text, "third");
    EXPECT_EQ(page.items[0].incident.number, "INC-2026-000001");
    auto const rest = incidents->timeline(id, page.next, 2, analyst().clearance).value();
    ASSERT_EQ(rest.items.size(), 1u);
    EXPECT_EQ(rest.items[0].text, "first");
    EXPECT_THAT(rest.next, IsEmpty());
    EXPECT_EQ(story(id).incident.record.version, 1) << "what stands beside it is no version of it";
    EXPECT_FALSE(incidents->timeline(id, "nonsense", 2, analyst().clearance).has_value());
    EXPECT_FALSE(incidents->timeline(id, "", 0, analyst().clearance).has_value());
}

TEST_P(IncidentRecords, are_the_teams_and_red_ones_their_readers) {
    auto const id = open().id;
    auto const outsider = base::Clearance::of({person(1)});
    EXPECT_EQ(incidents->find(id, outsider).error().fault, base::Fault::not_found);
    EXPECT_FALSE(incidents->story(id, outsider).has_value());
    EXPECT_FALSE(incidents->timeline(id, "", 5, outsider).has_value());
    EXPECT_EQ(incidents->list({.clearance = outsider}).value().total, 0);
    auto red = ransomware();
    red.marking.tlp = base::Tlp::red;
    auto const secret = incidents->open_one(red, analyst(1)).value();
    EXPECT_EQ(secret.content.readers.text(), person(1).text()) << "whoever writes it, where nobody is named";
    EXPECT_TRUE(incidents->find(secret.id, analyst(1).clearance).has_value());
    EXPECT_FALSE(incidents->find(secret.id, analyst(2).clearance).has_value());
    EXPECT_TRUE(incidents->find(secret.id, base::Clearance::everything()).has_value());
    EXPECT_EQ(incidents->list({.clearance = analyst(2).clearance}).value().total, 1);
    EXPECT_FALSE(incidents->change(secret.id, 1, ransomware(), analyst(2)).has_value());
    EXPECT_FALSE(incidents->open_one(red, {"token:x", {}, {}, base::Clearance::of_team({})}).has_value());

    ASSERT_TRUE(incidents->link(id, LinkKind::caused_by, secret.id, analyst(1)).has_value());
    EXPECT_EQ(story(id, analyst(1)).links.size(), 1u);
    EXPECT_THAT(story(id, analyst(2)).links, IsEmpty());
    EXPECT_FALSE(story(id, analyst(2)).timeline.items.front().other.has_value());
    ASSERT_TRUE(incidents->merge(secret.id, 1, id, "", analyst(1)).has_value());
    EXPECT_EQ(story(id, analyst(1)).merged.size(), 1u);
    EXPECT_THAT(story(id, analyst(2)).merged, IsEmpty());
    for (auto const& entry : story(id, analyst(2)).timeline.items) EXPECT_EQ(entry.incident.id, id);
}

}  // namespace
}  // namespace kula::incidents
