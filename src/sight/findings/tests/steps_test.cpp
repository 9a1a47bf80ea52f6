// What people may do with findings, who sees them, and what is counted.

#include <gmock/gmock.h>

#include "findings_house.hpp"

namespace kula::findings {
namespace {

using std::chrono_literals::operator""h;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class Steps : public testing::FindingsHouse {
protected:
    void SetUp() override {
        FindingsHouse::SetUp();
        if (IsSkipped()) return;
        deliver(row("192.0.2.7"));
        follow();
    }
    static base::Fault fault(base::Result<Finding> const& result) { return result.error().fault; }
};
KULA_ON_BOTH_DATABASES(Steps);

TEST_P(Steps, stand_in_the_story_and_in_the_trail) {
    ASSERT_TRUE(take(State::notified, Party::sender, "").has_value());
    clock.advance(1h);
    auto const taken = take(State::acknowledged, Party::owner, "on it");
    ASSERT_TRUE(taken.has_value()) << taken.error().detail;
    EXPECT_EQ(taken->record.version, 3);
    auto const told = story();
    ASSERT_THAT(told.steps, SizeIs(3));
    EXPECT_EQ(told.steps[0].reason, "on it");
    EXPECT_EQ(told.steps[0].from, State::notified);
    EXPECT_EQ(told.steps[0].by, "user:example.analyst");
    EXPECT_EQ(told.finding.way.acknowledged_at, clock.now());
    auto const entry = journal->list({.subject = "finding:" + told.finding.id.text()}).value().items.at(0);
    EXPECT_EQ(entry.fact.deed, "finding.acknowledged");
    EXPECT_THAT(entry.fact.after, HasSubstr("on it"));
}

TEST_P(Steps, are_refused_where_the_table_says_so_and_change_nothing) {
    EXPECT_EQ(fault(take(State::verified)), base::Fault::conflict);
    EXPECT_EQ(fault(take(State::accepted_risk, Party::owner, "no money", clock.now() + 24h)), base::Fault::conflict);
    EXPECT_EQ(fault(take(State::false_positive, Party::team, "  ")), base::Fault::invalid);
    EXPECT_EQ(fault(take(State::false_positive, Party::team, std::string(1001, 'x'))), base::Fault::invalid);
    EXPECT_EQ(fault(take(State::false_positive, Party::team, "a\tb")), base::Fault::invalid);
    EXPECT_EQ(fault(take(State::accepted_risk)), base::Fault::invalid) << "until when?";
    EXPECT_EQ(fault(take(State::accepted_risk, Party::team, "x", clock.now())), base::Fault::invalid);
    EXPECT_EQ(fault(take(State::accepted_risk, Party::team, "x", clock.now() + 1200 * 24h)), base::Fault::invalid);
    EXPECT_EQ(fault(take(State::acknowledged, Party::team, "x", clock.now() + 24h)), base::Fault::invalid);
    auto const stale = findings->take_step(one().id, 7, {State::acknowledged}, Party::team, desk);
    EXPECT_EQ(fault(stale), base::Fault::conflict);
    EXPECT_EQ(fault(findings->take_step(FindingId::make(clock.now()), {}, {State::acknowledged}, Party::team, desk)),
              base::Fault::not_found);
    EXPECT_THAT(story().steps, SizeIs(1));
}

TEST_P(Steps, are_taken_by_many_at_once_each_on_its_own) {
    deliver(row("192.0.2.8"));
    follow();
    auto const found = all();
    ASSERT_TRUE(findings->take_step(found[0].id, {}, {State::acknowledged}, Party::team, desk).has_value());
    auto const taken = findings->take_steps({found[0].id, found[1].id, FindingId::make(clock.now())},
                                            {State::acknowledged}, Party::team, desk);
    ASSERT_TRUE(taken.has_value());
    EXPECT_EQ(taken->at(0).finding.error().fault, base::Fault::conflict);
    EXPECT_TRUE(taken->at(1).finding.has_value());
    EXPECT_EQ(taken->at(2).finding.error().fault, base::Fault::not_found);
    EXPECT_EQ(findings->take_steps({}, {State::acknowledged}, Party::team, desk).error().fault, base::Fault::invalid);
}

TEST_P(Steps, are_taken_within_the_work_of_a_room_above) {
    auto const id = one().id;
    auto const failed = database().write(storage::Priority::interactive, [&](storage::Session& session) {
        EXPECT_TRUE(findings->take_step(session, id, {State::notified}, Party::sender, {"system:mail"}).has_value());
        return base::Result<void>(base::unavailable("the mail could not be written"));
    });
    EXPECT_FALSE(failed.has_value());
    EXPECT_EQ(one().state, State::open) << "both or neither";
}

TEST_P(Steps, let_a_claim_be_taken_back) {
    ASSERT_TRUE(take(State::claimed_fixed, Party::owner).has_value());
    ASSERT_TRUE(take(State::acknowledged, Party::owner).has_value());
    EXPECT_FALSE(one().way.claimed_at.has_value());
}

TEST_P(Steps, are_nobodys_business_outside_the_organisation) {
    deliver(row("198.51.100.4"));
    follow();
    auto const own = base::Clearance::of({bank.uuid()});
    auto const other = base::Clearance::of({registry::OrganisationId::make(clock.now()).uuid()});
    FindingQuery query;
    query.clearance = own;
    EXPECT_THAT(findings->list(query).value().items, SizeIs(1)) << "nobody's is the team's";
    EXPECT_EQ(findings->list(query).value().totals.total, 1);
    auto const id = findings->list(query).value().items[0].id;
    query.clearance = other;
    EXPECT_THAT(findings->list(query).value().items, IsEmpty());
    EXPECT_EQ(findings->find(id, other).error().fault, base::Fault::not_found);
    EXPECT_EQ(findings->story(id, other).error().fault, base::Fault::not_found);
    EXPECT_EQ(findings->take_step(id, {}, {State::acknowledged}, Party::owner, {"user:x", {}, {}, other}).error().fault,
              base::Fault::not_found);
    FiguresQuery figures{clock.now() - 24h, clock.now() + 24h, {}, other};
    EXPECT_EQ(findings->figures(figures).value().funnel.opened, 0);
    figures.clearance = own;
    EXPECT_EQ(findings->figures(figures).value().funnel.opened, 1);
}

TEST_P(Steps, keep_what_is_stricter_than_amber_within_the_team) {
    clock.advance(24h);
    auto writer = intake->begin().value();
    std::string const strict =
        "source.ip,classification.type,tlp\n192.0.2.9,phishing,amber+strict\n192.0.2.10,phishing,red\n";
    ASSERT_TRUE(writer.add({reinterpret_cast<std::byte const*>(strict.data()), strict.size()}).has_value());
    ASSERT_TRUE(intake->read({"s.csv", "strict", *intake::Mappings::shipped().find("csv")}, writer.finish().value())
                    .has_value());
    follow();
    EXPECT_THAT(all(), SizeIs(2)) << "TLP:RED makes none";
    FindingQuery query;
    query.clearance = base::Clearance::of({bank.uuid()});
    EXPECT_THAT(findings->list(query).value().items, SizeIs(1));
}

TEST_P(Steps, are_listed_filtered_sorted_and_paged) {
    std::string rows;
    for (int host = 1; host < 6; ++host) rows += row("192.0.2." + std::to_string(host), ",high,");
    deliver(rows, "probe");
    follow();
    FindingQuery query;
    query.source = "probe";
    EXPECT_THAT(all(query), SizeIs(5));
    query = {};
    query.severity = Severity::medium;
    EXPECT_THAT(all(query), SizeIs(1));
    query = {};
    query.search = "192.0.2.7";
    EXPECT_THAT(all(query), SizeIs(1));
    query = {};
    query.sector = "health";
    EXPECT_THAT(all(query), IsEmpty());
    for (int sort = 0; sort < 10; ++sort) {
        query = {};
        query.clearance = base::Clearance::everything();
        query.sort = static_cast<FindingSort>(sort);
        query.limit = 2;
        std::set<std::string> seen;
        do {
            auto const page = findings->list(query).value();
            for (auto const& each : page.items) EXPECT_TRUE(seen.insert(each.id.text()).second) << sort;
            EXPECT_EQ(page.totals.total, 6);
            query.cursor = page.next;
        } while (!query.cursor.empty());
        EXPECT_EQ(seen.size(), 6u) << sort;
    }
    query.cursor = "nonsense";
    EXPECT_EQ(findings->list(query).error().fault, base::Fault::invalid);
}

TEST_P(Steps, are_overdue_by_severity) {
    auto page = findings->list({.clearance = base::Clearance::everything()}).value();
    EXPECT_EQ(page.totals.open, 1);
    EXPECT_EQ(page.totals.organisations, 1);
    EXPECT_EQ(page.totals.overdue, 0);
    clock.advance(31 * 24h);
    page = findings->list({.overdue_at = clock.now(), .clearance = base::Clearance::everything()}).value();
    EXPECT_EQ(page.totals.overdue, 1);
    EXPECT_THAT(page.items, SizeIs(1));
}

TEST_P(Steps, are_told_in_figures) {
    deliver(row("192.0.2.8"));
    follow();
    auto const found = all();
    auto const step = [&](FindingId id, State to, Party party) {
        ASSERT_TRUE(findings->take_step(id, {}, {to, "x"}, party, desk).has_value());
    };
    auto const opened = clock.now();
    clock.advance(2h);
    for (auto const& each : found) step(each.id, State::notified, Party::sender);
    clock.advance(4h);
    step(found[0].id, State::seen, Party::owner);
    step(found[0].id, State::claimed_fixed, Party::owner);
    next_day({"192.0.2.9"});
    next_day({"192.0.2.9"});
    auto const told = findings->figures({opened - 24h, clock.now() + 24h, {}, base::Clearance::everything()}).value();
    EXPECT_EQ(told.funnel.opened, 3);
    EXPECT_EQ(told.funnel.notified, 2);
    EXPECT_EQ(told.funnel.seen, 1);
    EXPECT_EQ(told.funnel.claimed, 1);
    EXPECT_EQ(told.funnel.verified, 2);
    EXPECT_EQ(told.medians.to_notified, 2h);
    EXPECT_EQ(told.medians.to_claimed, 4h);
    EXPECT_EQ(told.medians.to_verified, 54h);
    EXPECT_FALSE(told.medians.to_acknowledged.has_value());
    ASSERT_THAT(told.sectors, SizeIs(1));
    EXPECT_EQ(told.sectors[0].sector, "banking");
    EXPECT_EQ(told.sectors[0].open, 1);
    std::int64_t opened_in_all = 0, verified_in_all = 0;
    for (auto const& week : told.weeks) {
        opened_in_all += week.opened;
        verified_in_all += week.verified;
    }
    EXPECT_EQ(opened_in_all, 3);
    EXPECT_EQ(verified_in_all, 2);
    EXPECT_EQ(findings->figures({opened, opened, {}, base::Clearance::everything()}).error().fault,
              base::Fault::invalid);
}

TEST_P(Steps, are_what_the_latest_are_ordered_by) {
    next_day({"192.0.2.8"});
    auto const places = [&](base::Clearance const& clearance, std::size_t limit = 10) {
        std::vector<std::string> out;
        for (auto const& found : findings->latest(clearance, limit).value()) out.push_back(found.identity.place);
        return out;
    };
    auto const everything = base::Clearance::everything();
    EXPECT_THAT(places(everything), ElementsAre("192.0.2.8", "192.0.2.7"));
    clock.advance(1h);
    auto const older = findings->latest(everything, 10).value().back().id;
    ASSERT_TRUE(findings->take_step(older, {}, {State::acknowledged, {}, {}}, Party::team, desk).has_value());
    EXPECT_THAT(places(everything), ElementsAre("192.0.2.7", "192.0.2.8"));
    EXPECT_THAT(places(base::Clearance::of({bank.uuid()}), 1), ElementsAre("192.0.2.7"));
    EXPECT_THAT(places(base::Clearance::of({})), IsEmpty());
    EXPECT_EQ(findings->latest(everything, 0).error().fault, base::Fault::invalid);
}

}  // namespace
}  // namespace kula::findings
