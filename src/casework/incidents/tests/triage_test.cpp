// Reports wait in groups of what is similar, and the team decides what becomes of them.

#include "incidents/triage.hpp"

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

class TriageQueue : public testing::IncidentHouse {
protected:
    void SetUp() override {
        IncidentHouse::SetUp();
        if (IsSkipped()) return;
        triage = std::make_unique<Triage>(
            database(), *journal, clock,
            [](std::string const&, std::string const& value) { return value == "mail.example.com"; });
    }
    void TearDown() override {
        triage.reset();
        IncidentHouse::TearDown();
    }
    Report receive(std::string text, std::string email = {}, base::Actor const& actor = analyst()) {
        clock.advance(std::chrono::minutes(1));
        ReportContent content;
        content.subject = "Strange mail";
        content.text = std::move(text);
        content.reporter.email = std::move(email);
        auto received = triage->receive(content, actor);
        EXPECT_TRUE(received.has_value()) << received.error().detail;
        return *received;
    }
    [[nodiscard]] ReportPage list(ReportQuery query = {}) const {
        query.clearance = analyst().clearance;
        return triage->list(query).value();
    }
    [[nodiscard]] ReportState state_of(ReportId id) const {
        return triage->story(id, analyst().clearance).value().report.state;
    }
    std::string fault(std::vector<ReportId> const& ids, Decision const& decision,
                      base::Actor const& actor = analyst()) {
        auto const decided = triage->decide(ids, decision, actor);
        return decided ? "" : decided.error().detail;
    }

    std::unique_ptr<Triage> triage;
};
KULA_ON_BOTH_DATABASES(TriageQueue);

constexpr auto parcel =
    "Your parcel number 4471 waits. Pay the customs duty at {} within one day or it goes back to its sender.";

TEST_P(TriageQueue, groups_what_names_the_same) {
    auto const first = receive("see hxxps://login[.]example[.]net/card and mail.example.com");
    auto const same = receive("https://login.example.net/card again");
    auto const other = receive("only mail.example.com, which everybody has");
    EXPECT_EQ(first.grouped_by, GroupedBy::alone);
    EXPECT_EQ(same.group, first.id);
    EXPECT_EQ(same.grouped_by, GroupedBy::observable);
    EXPECT_EQ(same.shared, "url:https://login.example.net/card");
    EXPECT_EQ(other.grouped_by, GroupedBy::alone);
    auto const story = triage->story(same.id, analyst().clearance).value();
    ASSERT_EQ(story.similar.size(), 1u);
    EXPECT_EQ(story.similar[0].id, first.id);
    EXPECT_EQ(story.report.waiting_in_group, 2);
    EXPECT_TRUE(triage->story(first.id, analyst().clearance).value().observed.back().is_common);
}

TEST_P(TriageQueue, groups_what_reads_alike_or_is_by_one_sender) {
    auto const first = receive(fmt::format(fmt::runtime(parcel), "https://a.example.net/1"));
    auto const alike = receive(fmt::format(fmt::runtime(parcel), "https://b.example.org/2"), "citizen@mail.example");
    EXPECT_EQ(alike.group, first.id);
    EXPECT_EQ(alike.grouped_by, GroupedBy::text);
    auto const by_same = receive("Somebody called me and asked for my code.", "Citizen@Mail.example");
    EXPECT_EQ(by_same.group, first.id);
    EXPECT_EQ(by_same.grouped_by, GroupedBy::sender);
    clock.advance(std::chrono::hours(25));
    EXPECT_EQ(receive("And another thing.", "citizen@mail.example").grouped_by, GroupedBy::alone);
    clock.advance(std::chrono::days(31));
    EXPECT_EQ(receive(fmt::format(fmt::runtime(parcel), "https://a.example.net/1")).grouped_by, GroupedBy::alone);

    auto const apart = triage->separate(alike.id, analyst()).value();
    EXPECT_EQ(apart.group, alike.id);
    EXPECT_EQ(triage->separate(alike.id, analyst()).error().fault, base::Fault::conflict);
}

TEST_P(TriageQueue, lists_groups_and_counts_what_waits) {
    auto const first = receive("https://login.example.net/card");
    auto const second = receive("https://login.example.net/card");
    auto const third = receive("Нарушен е нашиот сервер");
    auto const page = list({.state = ReportState::waiting, .newest_of_group = true});
    ASSERT_EQ(page.items.size(), 2u);
    EXPECT_EQ(page.items[0].id, third.id);
    EXPECT_EQ(page.items[1].id, second.id);
    EXPECT_EQ(page.items[1].waiting_in_group, 2);
    EXPECT_EQ(page.total, 2);
    EXPECT_EQ(page.waiting, 3);
    EXPECT_EQ(page.waiting_groups, 2);
    EXPECT_EQ(page.oldest_waiting, first.received_at);
    EXPECT_EQ(list({.search = "narusen SERVER"}).items.size(), 1u);
    EXPECT_EQ(list({.group = first.id}).total, 2);
    EXPECT_EQ(list({.channel = Channel::mail}).total, 0);
    auto const paged = list({.limit = 2});
    EXPECT_EQ(list({.cursor = paged.next, .limit = 2}).items.front().id, first.id);
    EXPECT_EQ(triage->waiting_in(first.id, analyst().clearance).value(), (std::vector{first.id, second.id}));
    EXPECT_FALSE(triage->list({.limit = 0}).has_value());
    EXPECT_FALSE(triage->list({.cursor = "x"}).has_value());
}

TEST_P(TriageQueue, a_wave_becomes_one_incident_and_can_be_taken_back) {
    std::vector<ReportId> wave;
    for (int number = 0; number < 30; ++number)
        wave.push_back(receive("https://login.example.net/card?victim=" + std::to_string(number)).id);
    auto const group = triage->story(wave.front(), analyst().clearance).value().report.group;
    auto const all = triage->waiting_in(group, analyst().clearance).value();
    EXPECT_EQ(all.size(), wave.size()) << "the server is the same";
    auto const accepted = triage->decide(all, OpenIncident{ransomware()}, analyst()).value();
    EXPECT_EQ(accepted.reports, wave.size());
    ASSERT_TRUE(accepted.incident.has_value());
    EXPECT_EQ(list({.incident = accepted.incident}).total, 30);
    EXPECT_EQ(list({.state = ReportState::waiting}).total, 0);
    EXPECT_EQ(list({}).incidents.at(*accepted.incident).number, "INC-2026-000001");
    auto const timeline = incidents->timeline(*accepted.incident, "", 100, analyst().clearance).value();
    EXPECT_EQ(std::count_if(timeline.items.begin(), timeline.items.end(),
                            [](Entry const& entry) { return entry.kind == EntryKind::reported; }),
              30);
    EXPECT_EQ(timeline.items.back().at, triage->story(wave.front(), analyst().clearance).value().report.received_at);
    EXPECT_EQ(fault({wave[3]}, Refuse{"no"}), "it does not wait any more");
    EXPECT_EQ(fault({wave[3]}, WaitAgain{}), "");
    EXPECT_EQ(state_of(wave[3]), ReportState::waiting);
    EXPECT_EQ(kinds(*accepted.incident).front(), EntryKind::withdrawn);
    EXPECT_EQ(fault({wave[3]}, JoinIncident{*accepted.incident}), "");
    EXPECT_EQ(state_of(wave[3]), ReportState::accepted);
    EXPECT_EQ(deeds().back(), "report.accepted");
}

TEST_P(TriageQueue, decides_for_all_or_for_none) {
    auto const first = receive("one").id, second = receive("two").id;
    EXPECT_EQ(fault({first}, Refuse{" "}), "reason: is empty");
    EXPECT_EQ(fault({first}, PassOn{"", "x"}), "to: is empty");
    EXPECT_EQ(fault({first}, PassOn{"Example Police", "A crime, not an incident."}), "");
    EXPECT_EQ(fault({second, first}, Refuse{"spam"}), "it does not wait any more");
    EXPECT_EQ(state_of(second), ReportState::waiting) << "none of them";
    EXPECT_EQ(fault({}, Refuse{"spam"}), "reports: are not from 1 to 1,000");
    EXPECT_EQ(fault({second, ReportId::make(clock.now())}, Refuse{"spam"}), "no such report");
    EXPECT_EQ(fault({second}, JoinIncident{IncidentId::make(clock.now())}), "no such incident");
    EXPECT_THAT(fault({second}, OpenIncident{}), HasSubstr("title"));
    EXPECT_EQ(fault({second}, WaitAgain{}), "it waits");
    auto const passed = triage->story(first, analyst().clearance).value().report;
    EXPECT_EQ(passed.passed_to, "Example Police");
    EXPECT_EQ(passed.decided_by, analyst().name);
    EXPECT_EQ(incidents->list({.clearance = analyst().clearance}).value().total, 0) << "no number was lost to it";
}

TEST_P(TriageQueue, keeps_labels_and_tells_reporters_only_on_a_reports_page) {
    ReportContent content;
    content.text = "Call me about 192.0.2.7.";
    content.reporter = {"Example Person", "Person@Mail.example", "+389 2 555 0100"};
    content.marking.tlp = base::Tlp::red;
    content.language = base::Language::sq;
    auto const red = triage->receive(content, analyst(1)).value();
    auto const story = triage->story(red.id, analyst(1).clearance).value();
    EXPECT_EQ(story.report.content.reporter.email, "person@mail.example");
    EXPECT_EQ(story.report.content.language, base::Language::sq);
    EXPECT_EQ(triage->list({.clearance = analyst(1).clearance}).value().items[0].content.reporter.email, "");
    EXPECT_FALSE(triage->story(red.id, analyst(2).clearance).has_value());
    EXPECT_EQ(triage->list({.clearance = analyst(2).clearance}).value().waiting, 0);
    EXPECT_EQ(triage->list({.clearance = base::Clearance::of({person(1)})}).value().total, 0);
    auto const other = receive("192.0.2.7 again", {}, analyst(2));
    EXPECT_EQ(other.grouped_by, GroupedBy::alone) << "nothing tells that there is another";
    EXPECT_EQ(fault({red.id}, OpenIncident{ransomware()}, analyst(1)), "its label is looser than that of a report");
    auto strict = ransomware();
    strict.marking.tlp = base::Tlp::red;
    EXPECT_EQ(fault({red.id}, OpenIncident{strict}, analyst(1)), "");
    for (auto const& entry : journal->list({}).value().items)
        EXPECT_EQ(entry.fact.after.find("Person"), std::string::npos) << entry.fact.after;
}

TEST_P(TriageQueue, names_every_field_that_is_wrong) {
    ReportContent content;
    content.subject = std::string(longest_subject + 1, 'a') + "\n";
    content.reporter = {"two\nlines", "nobody", std::string(51, '0')};
    content.received_at = clock.now() + std::chrono::hours(1);
    std::vector<std::string> fields;
    for (auto const& problem : triage->receive(content, analyst()).error().fields) fields.push_back(problem.field);
    EXPECT_THAT(fields, ::testing::UnorderedElementsAre("subject", "reporter.name", "reporter.email", "reporter.phone",
                                                        "received_at"));
    EXPECT_THAT(triage->receive({}, analyst()).error().detail, HasSubstr("text: is empty"));
}

}  // namespace
}  // namespace kula::incidents
