// What is to be thought of in an incident, and how far the team has come.

#include "incidents/playbook.hpp"

#include <fmt/format.h>
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

constexpr auto whole = R"({"en":"e","mk":"m","sq":"s"})";

std::string playbooks_of(std::string const& steps, std::string const& playbooks) {
    return fmt::format(R"({{"phases":[{{"id":"find","name":{0}}}],"steps":[{1}],"playbooks":[{2}]}})", whole, steps,
                       playbooks);
}
std::string step(std::string const& id, std::string const& phase = "find", std::string const& text = whole) {
    return fmt::format(R"({{"id":"{}","phase":"{}","text":{}}})", id, phase, text);
}
std::string playbook(std::string const& id, std::string const& classes, std::string const& steps) {
    return fmt::format(R"({{"id":"{}","name":{},"classes":[{}],"types":[],"steps":[{}]}})", id, whole, classes, steps);
}
std::string fault(std::string const& steps, std::string const& playbooks) {
    auto const parsed = Playbooks::parse(playbooks_of(steps, playbooks));
    return parsed ? "none" : parsed.error().detail;
}

TEST(Playbooks, are_of_the_type_before_the_class) {
    auto const& shipped = Playbooks::shipped();
    EXPECT_EQ(shipped.of("malicious-code", "infected-system")->id, "malicious-code");
    EXPECT_EQ(shipped.of("fraud", "phishing")->id, "phishing");
    EXPECT_EQ(shipped.of("fraud", "copyright")->id, "fraud");
    EXPECT_EQ(shipped.of("availability", "ddos")->id, "denial-of-service");
    EXPECT_EQ(shipped.of("nothing", "nothing"), nullptr);
    ASSERT_NE(shipped.step("owner"), nullptr);
    EXPECT_EQ(shipped.step("owner")->phase, "inform");
    EXPECT_EQ(shipped.step("nothing"), nullptr);
}

TEST(Playbooks, are_refused_where_they_do_not_hold_together) {
    EXPECT_EQ(fault(step("a"), playbook("p", R"("fraud")", R"("a")")), "none");
    EXPECT_THAT(fault(step("a") + ',' + step("a"), ""), HasSubstr("`a` is there twice"));
    EXPECT_THAT(fault(step(""), ""), HasSubstr("one has no id"));
    EXPECT_THAT(fault(step("a", "nowhere"), ""), HasSubstr("`a` is of no phase"));
    EXPECT_THAT(fault(step("a", "find", R"({"en":"e"})"), ""), HasSubstr("`a` has not all languages"));
    EXPECT_THAT(fault(step("a"), playbook("p", "", R"("b")")), HasSubstr("a step `b` that is none"));
    EXPECT_THAT(fault(step("a"), playbook("p", "", R"("a","a")")), HasSubstr("a step `a` that is none, or twice"));
    EXPECT_THAT(fault(step("a"), playbook("p", "", "")), HasSubstr("`p` has no steps"));
    EXPECT_THAT(fault(step("a"), playbook("p", R"("fraud")", R"("a")") + ',' + playbook("q", R"("fraud")", R"("a")")),
                HasSubstr("`fraud` has two"));
    EXPECT_THAT(fault("7", ""), HasSubstr("is not in the form"));
}

class ChecksOfPlaybooks : public testing::IncidentHouse {
protected:
    [[nodiscard]] std::vector<std::string> settled(IncidentId id) const {
        std::vector<std::string> out;
        for (auto const& each : story(id).checks) out.push_back(each.step + ' ' + std::string(to_text(each.state)));
        return out;
    }
    base::Result<void> check(IncidentId id, std::string const& step, CheckState state, std::string note = {}) {
        clock.advance(std::chrono::seconds(1));
        return incidents->check(id, step, state, std::move(note), analyst());
    }
};
KULA_ON_BOTH_DATABASES(ChecksOfPlaybooks);

TEST_P(ChecksOfPlaybooks, tell_who_did_what_and_when) {
    auto const id = open().id;
    EXPECT_TRUE(check(id, "owner", CheckState::done).has_value());
    EXPECT_TRUE(check(id, "personal_data", CheckState::left_out, " None lay there. ").has_value());
    EXPECT_THAT(settled(id), ElementsAre("owner done", "personal_data left_out"));
    auto const left_out = story(id).checks[1];
    EXPECT_EQ(left_out.note, "None lay there.");
    EXPECT_EQ(left_out.by, analyst().name);
    EXPECT_EQ(left_out.at, clock.now());
    EXPECT_THAT(kinds(id), ElementsAre(EntryKind::checked, EntryKind::checked, EntryKind::opened));
    auto const entry = story(id).timeline.items[0];
    EXPECT_EQ(entry.change, (Json{{"step", "personal_data"}, {"state", "left_out"}}));
    EXPECT_EQ(entry.text, "None lay there.");
    EXPECT_THAT(deeds(), ElementsAre("incident.opened", "incident.checked", "incident.checked"));
}

TEST_P(ChecksOfPlaybooks, are_taken_back_and_told_once) {
    auto const id = open().id;
    EXPECT_TRUE(check(id, "owner", CheckState::done).has_value());
    EXPECT_TRUE(check(id, "owner", CheckState::done).has_value());
    EXPECT_THAT(kinds(id), ElementsAre(EntryKind::checked, EntryKind::opened));
    EXPECT_TRUE(check(id, "owner", CheckState::open).has_value());
    EXPECT_TRUE(check(id, "owner", CheckState::open).has_value());
    EXPECT_THAT(settled(id), IsEmpty());
    EXPECT_THAT(kinds(id), ElementsAre(EntryKind::checked, EntryKind::checked, EntryKind::opened));
    EXPECT_EQ(story(id).incident.record.version, 1);
}

TEST_P(ChecksOfPlaybooks, are_refused_where_they_say_nothing) {
    auto const id = open().id;
    EXPECT_EQ(check(id, "nothing", CheckState::done).error().fields.at(0).field, "step");
    EXPECT_EQ(check(id, "owner", CheckState::left_out, "  ").error().fields.at(0).field, "note");
    EXPECT_EQ(
        incidents->check(id, "owner", CheckState::done, "", {"user:x", {}, {}, base::Clearance::of({})}).error().fault,
        base::Fault::not_found);
    auto const into = open("Into").id;
    EXPECT_TRUE(incidents->merge(id, 1, into, "", analyst()).has_value());
    EXPECT_EQ(check(id, "owner", CheckState::done).error().fault, base::Fault::conflict);
}

}  // namespace
}  // namespace kula::incidents
