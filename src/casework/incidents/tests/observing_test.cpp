// What incidents tell of, and which of them tell of the same.

#include <gmock/gmock.h>

#include "incident_house.hpp"
#include "incidents/triage.hpp"

namespace kula::incidents {
namespace {

using testing::analyst;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::person;
using testing::ransomware;

class ObservablesOfIncidents : public testing::IncidentHouse {
protected:
    [[nodiscard]] std::vector<std::string> observed(IncidentId id, base::Actor const& actor = analyst()) const {
        std::vector<std::string> out;
        for (auto const& each : story(id, actor).observed) out.push_back(name_of(each));
        return out;
    }
    [[nodiscard]] std::vector<std::string> telling_of(std::string const& text,
                                                      base::Actor const& actor = analyst()) const {
        std::vector<std::string> out;
        IncidentQuery query{
            .observable = observable_name(text), .sort = IncidentSort::opened, .clearance = actor.clearance};
        for (auto const& each : incidents->list(query).value().items) out.push_back(each.number);
        return out;
    }
    IncidentId open_about(std::string summary, base::Actor const& actor = analyst()) {
        auto content = ransomware();
        content.summary = std::move(summary);
        return incidents->open_one(content, actor).value().id;
    }
    Report report(ReportContent content, base::Actor const& actor = analyst()) {
        clock.advance(std::chrono::seconds(1));
        return triage().receive(std::move(content), actor).value();
    }
    Triage triage() {
        return {database(), *journal, clock, [](auto const&, auto const&) { return false; }};
    }
};
KULA_ON_BOTH_DATABASES(ObservablesOfIncidents);

TEST(Observable_names, are_of_the_whole_text) {
    EXPECT_EQ(observable_name(" 192.0.2[.]7 "), "address:192.0.2.7");
    EXPECT_EQ(observable_name("hxxps://Login.Example/a"), "url:https://login.example/a");
    EXPECT_EQ(observable_name("cve-2026-0001"), "cve:CVE-2026-0001");
    EXPECT_EQ(observable_name("192.0.2.7 and more"), std::nullopt);
    EXPECT_EQ(observable_name("nothing"), std::nullopt);
    EXPECT_EQ(observable_name(""), std::nullopt);
}

TEST_P(ObservablesOfIncidents, come_from_every_text_each_once) {
    auto const id = open_about("It talks to 192.0.2.7 and common.example.");
    EXPECT_TRUE(incidents->write(id, {.text = "Also 198.51.100[.]9, and 192.0.2.7 again."}, analyst()).has_value());
    auto const told = report({.subject = "Help", .text = "We see http://evil.example/x"}).id;
    EXPECT_TRUE(triage().decide({told}, JoinIncident{id}, analyst()).has_value());
    EXPECT_THAT(observed(id), ElementsAre("address:192.0.2.7", "domain:common.example", "address:198.51.100.9",
                                          "url:http://evil.example/x", "domain:evil.example"));
    auto const common = story(id).observed;
    EXPECT_FALSE(common[0].is_common);
    EXPECT_TRUE(common[1].is_common);
}

TEST_P(ObservablesOfIncidents, follow_what_is_changed) {
    auto const id = open_about("It talks to 192.0.2.7.");
    auto content = ransomware();
    content.summary = "No, to 192.0.2.8.";
    EXPECT_TRUE(incidents->change(id, 1, content, analyst()).has_value());
    EXPECT_THAT(observed(id), ElementsAre("address:192.0.2.8"));
    EXPECT_THAT(telling_of("192.0.2.7"), IsEmpty());
    EXPECT_THAT(telling_of("192.0.2.8"), ElementsAre("INC-2026-000001"));
}

TEST_P(ObservablesOfIncidents, tell_who_else_saw_it) {
    auto const first = open_about("From 192.0.2.7.");
    open_about("From 192.0.2.8.");
    auto const third = open_about("Nothing yet.");
    EXPECT_TRUE(incidents->write(third, {.text = "192.0.2.7"}, analyst()).has_value());
    auto const told = report({.subject = "Scans", .text = "192.0.2.8 scans us"}).id;
    report({.subject = "More scans", .text = "192.0.2.8 scans us, too, says somebody else at another place"});
    EXPECT_TRUE(triage().decide({told}, JoinIncident{first}, analyst()).has_value());
    EXPECT_THAT(telling_of("192.0.2.7"), ElementsAre("INC-2026-000001", "INC-2026-000003"));
    EXPECT_THAT(telling_of("192.0.2.8"), ElementsAre("INC-2026-000001", "INC-2026-000002"));
    ReportQuery query{.observable = observable_name("192.0.2.8"), .clearance = analyst().clearance};
    EXPECT_EQ(triage().list(query).value().total, 2);
}

TEST_P(ObservablesOfIncidents, are_of_those_merged_as_well) {
    auto const into = open_about("From 192.0.2.7.");
    auto const other = open_about("From 192.0.2.8.");
    EXPECT_TRUE(incidents->merge(other, 1, into, "", analyst()).has_value());
    EXPECT_THAT(observed(into), ::testing::UnorderedElementsAre("address:192.0.2.7", "address:192.0.2.8"));
    EXPECT_THAT(observed(other), ElementsAre("address:192.0.2.8"));
}

TEST_P(ObservablesOfIncidents, keep_what_is_red_to_its_readers) {
    auto red = ransomware();
    red.summary = "From 192.0.2.7.";
    red.marking = {base::Tlp::red, base::Pap::red};
    red.readers = *base::Readers::of({person(1), person(2)});
    auto const id = incidents->open_one(red, analyst(1)).value().id;
    auto const told = report({.subject = "For two",
                              .text = "From 192.0.2.8",
                              .marking = {base::Tlp::red, base::Pap::red},
                              .readers = *base::Readers::of({person(1)})});
    EXPECT_TRUE(triage().decide({told.id}, JoinIncident{id}, analyst(1)).has_value());
    EXPECT_THAT(telling_of("192.0.2.7", analyst(2)), ElementsAre("INC-2026-000001"));
    EXPECT_THAT(telling_of("192.0.2.7", analyst(3)), IsEmpty());
    EXPECT_THAT(observed(id, analyst(1)), ElementsAre("address:192.0.2.7", "address:192.0.2.8"));
    EXPECT_THAT(observed(id, analyst(2)), ElementsAre("address:192.0.2.7"));
    EXPECT_THAT(telling_of("192.0.2.8", analyst(2)), IsEmpty());
}

}  // namespace
}  // namespace kula::incidents
