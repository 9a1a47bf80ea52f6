// From what deliveries tell, and do not tell any more, to findings.

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <set>

#include "findings_house.hpp"

namespace kula::findings {
namespace {

using std::chrono_literals::operator""h;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class Following : public testing::FindingsHouse {};
KULA_ON_BOTH_DATABASES(Following);

TEST_P(Following, makes_one_finding_of_one_problem_at_one_place) {
    deliver(row("192.0.2.7") + row("192.0.2.8"));
    EXPECT_EQ(follow().opened, 2u);
    next_day({"192.0.2.7"});
    auto const found = all();
    ASSERT_THAT(found, SizeIs(2));
    auto const& again = found[0];
    EXPECT_EQ(again.identity.place, "192.0.2.7");
    EXPECT_EQ(again.identity.organisation, bank);
    EXPECT_EQ(again.identity.port, 53);
    EXPECT_EQ(again.identity.transport, "udp");
    EXPECT_EQ(again.identity.problem, "open-dns");
    EXPECT_EQ(again.sector, "banking");
    EXPECT_EQ(again.severity, Severity::medium);
    EXPECT_EQ(again.state, State::open);
    EXPECT_EQ(again.events, 2);
    EXPECT_EQ(again.last_seen - again.first_seen, 24h);
    EXPECT_EQ(again.record.version, 1) << "being seen again is no step";
    EXPECT_EQ(found[1].events, 1);
}

TEST_P(Following, keeps_the_tags_of_the_newest_events) {
    auto const tell = [this](base::Instant moment, std::vector<std::string> const& tagged) {
        std::string content =
            "time.source,source.ip,source.port,protocol.transport,classification.taxonomy,"
            "classification.type,classification.identifier,extra.tag\n";
        for (auto const& tags : tagged)
            content +=
                base::to_seconds_text(moment) + ",192.0.2.7,53,udp,vulnerable,ddos-amplifier,open-dns," + tags + '\n';
        auto writer = intake->begin().value();
        ASSERT_TRUE(writer.add({reinterpret_cast<std::byte const*>(content.data()), content.size()}).has_value());
        ASSERT_TRUE(intake->read({"t.csv", "tagged", *intake::Mappings::shipped().find("csv")}, writer.finish().value())
                        .has_value());
        follow();
    };
    tell(clock.now(), {"VIP;dns", "dns;tier1", std::string(longest_tag + 1, 'x')});
    EXPECT_THAT(one().tags, ElementsAre("dns", "open-dns", "tier1", "vip")) << "of all that are as new";
    tell(clock.now() - 1h, {"stale"});
    EXPECT_THAT(one().tags, ElementsAre("dns", "open-dns", "tier1", "vip"));
    EXPECT_THAT(all({.tag = "Tier1"}), SizeIs(1));
    EXPECT_THAT(all({.tag = "tier"}), IsEmpty()) << "a tag is one as a whole";
    EXPECT_THAT(all({.tag = "%"}), IsEmpty());
    clock.advance(1h);
    tell(clock.now(), {"new one"});
    EXPECT_THAT(one().tags, ElementsAre("new one", "open-dns"));
    restart();
    EXPECT_THAT(one().tags, ElementsAre("new one", "open-dns"));
    std::string many;
    for (std::size_t number = 0; number <= most_tags; ++number) many += fmt::format("t{:02};", number);
    clock.advance(1h);
    tell(clock.now(), {many});
    EXPECT_THAT(one().tags, SizeIs(most_tags));
}

TEST_P(Following, was_seen_last_when_the_newest_event_of_a_delivery_says) {
    auto const newest = row("192.0.2.7");
    auto const moment = clock.now();
    clock.advance(-2h);
    auto const older = row("192.0.2.7");
    clock.advance(2h);
    deliver(newest + older);
    follow();
    EXPECT_EQ(one().last_seen, moment);
    EXPECT_EQ(one().first_seen, moment - 2h);
}

TEST_P(Following, makes_none_of_what_is_nobodys_or_what_others_did) {
    auto const now = base::to_seconds_text(clock.now());
    deliver(row("203.0.113.9") + now + ",192.0.2.7,,,test,test,x,,\n");
    auto writer = intake->begin().value();
    auto const scan =
        "source.ip,destination.ip,classification.type\n203.0.113.5,192.0.2.7,brute-force\n"
        "203.0.113.5,,blacklist\n";
    ASSERT_TRUE(writer.add({reinterpret_cast<std::byte const*>(scan), std::string_view(scan).size()}).has_value());
    ASSERT_TRUE(intake->read({"b.csv", "block", *intake::Mappings::shipped().find("csv")}, writer.finish().value())
                    .has_value());
    EXPECT_EQ(follow().deliveries, 2u);
    EXPECT_THAT(all(), IsEmpty());
}

TEST_P(Following, makes_one_at_the_address_in_a_url) {
    auto writer = intake->begin().value();
    auto const pages = "source.url,classification.type\nhttp://192.0.2.7:8080/login,phishing\n";
    ASSERT_TRUE(writer.add({reinterpret_cast<std::byte const*>(pages), std::string_view(pages).size()}).has_value());
    ASSERT_TRUE(intake->read({"p.csv", "pages", *intake::Mappings::shipped().find("csv")}, writer.finish().value())
                    .has_value());
    follow();
    EXPECT_EQ(one().identity.organisation, bank);
    EXPECT_EQ(one().identity.place, "192.0.2.7");
}

TEST_P(Following, makes_one_of_whoever_claims_the_country_where_it_is) {
    registry::OrganisationContent content;
    content.name = "Example CSIRT";
    content.networks = {*registry::Network::parse("country:QN")};
    auto const csirt = registry->create(content, {}, desk).value().id;
    auto writer = intake->begin().value();
    std::string_view const told =
        "source.ip,source.geolocation.cc,destination.ip,destination.geolocation.cc,classification.type\n"
        "203.0.113.9,QN,,,ddos-amplifier\n203.0.113.10,QM,203.0.113.11,QN,ddos-amplifier\n";
    ASSERT_TRUE(writer.add({reinterpret_cast<std::byte const*>(told.data()), told.size()}).has_value());
    ASSERT_TRUE(
        intake->read({"c.csv", "scan", *intake::Mappings::shipped().find("csv")}, writer.finish().value()).has_value());
    follow();
    EXPECT_EQ(one().identity.organisation, csirt) << "the other one's end is not where the country is";
    EXPECT_EQ(one().identity.place, "203.0.113.9");
}

TEST_P(Following, makes_one_at_the_host_of_a_url_beside_a_name_of_one_label) {
    auto writer = intake->begin().value();
    auto const pages = "source.fqdn,source.url,classification.type\nlocalhost,http://www.bank.example/,phishing\n";
    ASSERT_TRUE(writer.add({reinterpret_cast<std::byte const*>(pages), std::string_view(pages).size()}).has_value());
    ASSERT_TRUE(intake->read({"p.csv", "pages", *intake::Mappings::shipped().find("csv")}, writer.finish().value())
                    .has_value());
    follow();
    EXPECT_EQ(one().identity.organisation, bank);
    EXPECT_EQ(one().identity.place, "www.bank.example");
}

TEST_P(Following, sees_what_folds_as_long_as_it_is_told) {
    auto written = nlohmann::ordered_json::parse(intake::Mappings::shipped().find("csv")->text());
    written["folds"] = {{"within", "day"}};
    auto const folding = intake::Mapping::parse(written.dump()).value();
    auto const began = clock.now();
    deliver(row("192.0.2.7"), "scan", "report.csv", folding);
    follow();
    ASSERT_TRUE(take(State::claimed_fixed, Party::owner).has_value());
    clock.advance(std::chrono::minutes(10));
    deliver(row("192.0.2.7"), "scan", "report.csv", folding);
    EXPECT_EQ(follow().reopened, 1u) << "told again behind the claim, though the event is the same";
    EXPECT_EQ(one().first_seen, began);
    EXPECT_EQ(one().last_seen, clock.now());
    EXPECT_EQ(one().events, 1u);
}

TEST_P(Following, makes_one_without_owner_in_the_national_space) {
    deliver(row("198.51.100.4"));
    follow();
    EXPECT_FALSE(one().identity.organisation.has_value());
}

TEST_P(Following, takes_a_severity_that_is_told_and_a_problem_by_its_malware) {
    auto const now = base::to_seconds_text(clock.now());
    deliver(now + ",192.0.2.7,4711,tcp,malicious-code,infected-system,sinkhole,critical,Examplebot\n" + now +
            ",192.0.2.7,4712,tcp,malicious-code,infected-system,sinkhole,,otherbot\n");
    follow();
    auto const found = all();
    ASSERT_THAT(found, SizeIs(2));
    std::vector<std::string> told;
    for (auto const& each : found) {
        EXPECT_FALSE(each.identity.port.has_value()) << "of an infected system it means nothing";
        told.push_back(each.identity.problem + ' ' + std::string(to_text(each.severity)));
    }
    EXPECT_THAT(told, ::testing::UnorderedElementsAre("examplebot critical", "otherbot high"));
}

TEST_P(Following, verifies_what_is_absent_from_the_next_two_deliveries) {
    deliver(row("192.0.2.7") + row("192.0.2.8"));
    follow();
    EXPECT_EQ(next_day({"192.0.2.8"}).verified, 0u);
    EXPECT_EQ(next_day({"192.0.2.8"}).verified, 1u);
    FindingQuery query;
    query.states = {State::verified};
    ASSERT_THAT(all(query), SizeIs(1));
    EXPECT_EQ(all(query)[0].identity.place, "192.0.2.7");
    auto const story = findings->story(all(query)[0].id, base::Clearance::everything()).value();
    ASSERT_THAT(story.steps, SizeIs(2));
    EXPECT_EQ(story.steps[0].to, State::verified);
    EXPECT_EQ(story.steps[0].by, "system:findings");
    EXPECT_THAT(story.events, SizeIs(1));
    EXPECT_EQ(journal->list({.subject = "delivery:" + *story.steps[0].delivery}).value().items.at(0).fact.deed,
              "findings.followed");
}

TEST_P(Following, counts_an_empty_report_as_one) {
    deliver(row("192.0.2.7"));
    follow();
    next_day({});
    EXPECT_EQ(one().state, State::open);
    clock.advance(24h);
    deliver("\n");  // Other bytes than yesterday's.
    follow();
    EXPECT_EQ(one().state, State::verified);
}

TEST_P(Following, is_told_nothing_by_a_delivery_that_is_cut_or_has_rows_that_nobody_understood) {
    deliver(row("192.0.2.7"));
    follow();
    for (auto const* broken : {"2026-11-22,nonsense,53,udp,vulnerable,ddos-amplifier,x,,\n",
                               "2026-11-23,nonsense,53,udp,vulnerable,ddos-amplifier,x,,\n"}) {
        clock.advance(24h);
        ASSERT_EQ(deliver(row("192.0.2.8") + broken).quarantined, 1u);
        EXPECT_EQ(follow().verified, 0u);
    }
    clock.advance(24h);
    ASSERT_FALSE(deliver(row("192.0.2.9") + "2026-11-24,\"192.0").is_complete);
    follow();
    next_day({"192.0.2.8"});
    EXPECT_THAT(all({.states = {State::verified}}), IsEmpty()) << "one whole delivery so far";
}

TEST_P(Following, asks_every_source_that_showed_it_and_none_other) {
    deliver(row("192.0.2.7"), "scan");
    deliver(row("192.0.2.7"), "probe");
    follow();
    next_day({}, "scan");
    next_day({"192.0.2.9"}, "scan");
    next_day({"192.0.2.10"}, "other");
    next_day({"192.0.2.11"}, "other");
    EXPECT_THAT(all({.states = {State::verified}}), IsEmpty()) << "the probe fell silent";
    next_day({}, "probe");
    EXPECT_EQ(next_day({"192.0.2.12"}, "probe").verified, 1u);
}

TEST_P(Following, knows_what_a_delivery_tells_again) {
    auto const first = row("192.0.2.7");
    deliver(first);
    follow();
    for (int day = 0; day < 3; ++day) {
        clock.advance(24h);
        EXPECT_EQ(deliver(first + row("192.0.2.8")).duplicates, 1u) << "a list that tells since when";
        EXPECT_EQ(follow().verified, 0u);
    }
    auto const shown = findings->story(all().back().id, base::Clearance::everything()).value().shown;
    ASSERT_THAT(shown, SizeIs(1));
    EXPECT_EQ(shown[0].told, 4);
    EXPECT_EQ(shown[0].absent, 0);
    EXPECT_EQ(all().back().events, 1) << "it is one event";
    next_day({"192.0.2.8"});
    EXPECT_EQ(next_day({"192.0.2.8"}).verified, 1u);
    clock.advance(24h);
    deliver(first + row("192.0.2.8"));
    EXPECT_EQ(follow().reopened, 1u) << "listed anew";
}

TEST_P(Following, reopens_what_is_there_again_and_tells_how_long_it_was_silent) {
    deliver(row("192.0.2.7"));
    follow();
    next_day({});
    next_day({"192.0.2.8"});
    EXPECT_EQ(next_day({"192.0.2.7"}).reopened, 1u);
    auto const found = all({.states = {State::reopened}});
    ASSERT_THAT(found, SizeIs(1));
    EXPECT_EQ(found[0].relapses, 1);
    EXPECT_EQ(found[0].way.verified_at, std::nullopt);
    auto const step = findings->story(found[0].id, base::Clearance::everything()).value().steps.at(0);
    EXPECT_EQ(step.silent, 72h);
    next_day({"192.0.2.8"});
    EXPECT_EQ(next_day({"192.0.2.8"}).verified, 1u) << "and is verified anew";
}

TEST_P(Following, holds_a_claim_until_evidence_says_otherwise) {
    deliver(row("192.0.2.7"));
    follow();
    auto const scanned = row("192.0.2.7");
    clock.advance(1h);
    auto const before_the_claim = row("192.0.2.7");
    clock.advance(1h);
    ASSERT_TRUE(take(State::claimed_fixed, Party::owner).has_value());
    clock.advance(1h);
    deliver(before_the_claim);
    EXPECT_EQ(follow().reopened, 0u) << "seen before it was fixed, told behind it";
    EXPECT_EQ(one().state, State::claimed_fixed);
    next_day({"192.0.2.7"});
    EXPECT_EQ(one().state, State::reopened);
    EXPECT_EQ(one().relapses, 1);
    ASSERT_TRUE(take(State::claimed_fixed, Party::owner).has_value());
    next_day({});
    clock.advance(24h);
    deliver("\n");
    EXPECT_EQ(follow().verified, 1u);
}

TEST_P(Following, counts_nothing_that_came_before_a_claim) {
    deliver(row("192.0.2.7"));
    follow();
    next_day({});
    ASSERT_TRUE(take(State::claimed_fixed, Party::owner).has_value());
    clock.advance(24h);
    deliver("\n");
    EXPECT_EQ(follow().verified, 0u);
    clock.advance(24h);
    deliver("\n\n");
    EXPECT_EQ(follow().verified, 1u);
}

TEST_P(Following, waits_for_the_silence_that_a_type_asks_for) {
    auto const infected = [&] {
        return base::to_seconds_text(clock.now()) +
               ",192.0.2.7,4711,tcp,malicious-code,infected-system,sinkhole,,examplebot\n";
    };
    deliver(infected());
    follow();
    for (int day = 1; day <= 2; ++day) EXPECT_EQ(next_day({"192.0.2.8"}).verified, 0u) << day;
    EXPECT_EQ(next_day({"192.0.2.8"}).verified, 1u) << "72 hours";
}

TEST_P(Following, waits_for_so_many_hours_in_which_the_own_sensors_looked) {
    auto const sensors = *intake::Mappings::shipped().find("sightings");
    auto const hour_of = [&](std::string const& rows, std::string const& end = "# whole\n") {
        auto const begins = base::to_seconds_text(clock.now());
        clock.advance(1h);
        auto writer = intake->begin().value();
        auto const text = "# from " + begins + "\nfirst,last,address,remote,type\n" + rows + end;
        ASSERT_TRUE(writer.add({reinterpret_cast<std::byte const*>(text.data()), text.size()}).has_value());
        ASSERT_TRUE(intake->read({"sightings.csv", "sensors", sensors}, writer.finish().value()).has_value());
        follow();
    };
    auto const now = base::to_seconds_text(clock.now());
    hour_of(now + ',' + now + ",192.0.2.7,203.0.113.9,c2-server\n");
    EXPECT_EQ(one().identity.type, "infected-system");
    EXPECT_EQ(one().identity.organisation, bank);
    EXPECT_EQ(story().shown.at(0).needed, 72);
    clock.advance(96h);  // Nobody looked.
    for (int hour = 0; hour < 71; ++hour) hour_of("");
    EXPECT_EQ(one().state, State::open) << "silent for a week, but looked at for 71 hours";
    EXPECT_EQ(story().shown.at(0).absent, 71);
    hour_of("", "# not whole: 192.0.2.1\n");
    EXPECT_EQ(one().state, State::open) << "an hour in which an exporter was not heard";
    hour_of("");
    EXPECT_EQ(one().state, State::verified);
}

TEST_P(Following, is_told_nothing_by_the_silence_of_what_nobody_looks_out_for) {
    std::set<std::string> looked_out_for{"203.0.113.9"};
    findings = Findings::open(database(), *journal, *registry, *vulnerabilities, clock, [&](auto const& listed) {
                   std::set<std::string> out;
                   for (auto const& each : listed) {
                       if (looked_out_for.contains(each)) out.insert(each);
                   }
                   return out;
               }).value();
    auto const sensors = *intake::Mappings::shipped().find("sightings");
    auto const hour_of = [&](std::string const& rows) {
        auto const begins = base::to_seconds_text(clock.now());
        clock.advance(1h);
        auto writer = intake->begin().value();
        auto const text = "# from " + begins + "\nfirst,last,address,listed,remote,type\n" + rows + "# whole\n";
        ASSERT_TRUE(writer.add({reinterpret_cast<std::byte const*>(text.data()), text.size()}).has_value());
        ASSERT_TRUE(intake->read({"sightings.csv", "sensors", sensors}, writer.finish().value()).has_value());
        follow();
    };
    auto const now = base::to_seconds_text(clock.now());
    hour_of(now + ',' + now + ",192.0.2.7,203.0.113.9,203.0.113.9,c2-server\n");
    for (int hour = 0; hour < 71; ++hour) hour_of("");
    EXPECT_EQ(story().shown.at(0).absent, 71);
    looked_out_for.clear();
    hour_of("");
    EXPECT_EQ(one().state, State::open);
    EXPECT_EQ(story().shown.at(0).absent, 0);
    looked_out_for.insert("203.0.113.9");
    for (int hour = 0; hour < 72; ++hour) hour_of("");
    EXPECT_EQ(one().state, State::verified);
}

TEST_P(Following, reopens_what_is_said_to_be_fixed_where_the_own_sensors_see_it) {
    auto const sensors = *intake::Mappings::shipped().find("sightings");
    auto const see = [&] {
        auto const moment = base::to_seconds_text(clock.now());
        clock.advance(1h);
        auto writer = intake->begin().value();
        auto const text =
            "first,last,address,remote,type\n" + moment + ',' + moment + ",192.0.2.7,203.0.113.9,c2-server\n# whole\n";
        ASSERT_TRUE(writer.add({reinterpret_cast<std::byte const*>(text.data()), text.size()}).has_value());
        ASSERT_TRUE(intake->read({"sightings.csv", "sensors", sensors}, writer.finish().value()).has_value());
        follow();
    };
    see();
    ASSERT_TRUE(take(State::claimed_fixed).has_value());
    clock.advance(1h);
    see();
    EXPECT_EQ(one().state, State::reopened);
    EXPECT_EQ(one().relapses, 1);
}

TEST_P(Following, only_renews_what_is_closed_by_people) {
    deliver(row("192.0.2.7"));
    follow();
    ASSERT_TRUE(take(State::false_positive).has_value());
    next_day({"192.0.2.7"});
    EXPECT_EQ(one().state, State::false_positive);
    EXPECT_EQ(one().events, 2);
    EXPECT_EQ(one().relapses, 0);
}

TEST_P(Following, reopens_an_accepted_risk_when_its_date_has_come) {
    deliver(row("192.0.2.7"));
    follow();
    ASSERT_TRUE(take(State::accepted_risk, Party::team, "replaced in spring", clock.now() + 48h).has_value());
    EXPECT_EQ(next_day({"192.0.2.7"}).ended, 0u);
    EXPECT_EQ(one().state, State::accepted_risk);
    clock.advance(24h);
    EXPECT_EQ(follow().ended, 1u);
    EXPECT_EQ(one().state, State::reopened);
    EXPECT_EQ(one().relapses, 0) << "no relapse";
    EXPECT_FALSE(one().accepted_until.has_value());
    EXPECT_EQ(journal->list({.subject = "finding:" + one().id.text()}).value().items.at(0).actor, "system:findings");
}

TEST_P(Following, goes_on_where_it_was_stopped_and_does_nothing_twice) {
    std::string rows;
    for (int host = 1; host < 15; ++host) rows += row("192.0.2." + std::to_string(host));
    for (int host = 0; host < 250; ++host) rows += row("198.51.100." + std::to_string(host));
    for (int host = 16; host < 255; ++host) rows += row("192.0.2." + std::to_string(host));
    for (int port = 1; port < 400; ++port)
        rows += base::to_seconds_text(clock.now()) + ",192.0.2.7," + std::to_string(port) +
                ",tcp,vulnerable,vulnerable-system,x,,\n";
    deliver(rows);
    // Each transaction is one way to end; whatever was committed stays.
    for (int round = 0; round < 10; ++round) {
        std::stop_source source;
        source.request_stop();
        ASSERT_TRUE(findings->follow(source.get_token()).has_value());
        restart();
    }
    EXPECT_EQ(follow().opened, 14u + 250u + 239u + 399u);
    restart();
    EXPECT_EQ(follow().deliveries, 0u);
    auto const page = findings->list({.limit = 1, .clearance = base::Clearance::everything()}).value();
    EXPECT_EQ(page.totals.total, 902);
    EXPECT_EQ(page.items[0].events, 1);
}

TEST_P(Following, follows_a_delivery_that_is_read_anew_for_what_is_new) {
    deliver(row("192.0.2.7") + "nonsense,192.0.2.8,53,udp,vulnerable,ddos-amplifier,x,,\n");
    follow();
    EXPECT_EQ(one().events, 1);
    auto writer = intake->begin().value();
    auto const content =
        std::string(head) + row("192.0.2.7") + "nonsense,192.0.2.8,53,udp,vulnerable,ddos-amplifier,x,,\n";
    ASSERT_TRUE(writer.add({reinterpret_cast<std::byte const*>(content.data()), content.size()}).has_value());
    auto const mended = intake::Mapping::parse(R"({"name": "mended", "reads": {"form": "csv"},
        "columns": {"source.ip": "source.ip", "source.port": "source.port", "protocol.transport": "protocol.transport",
        "classification.type": "classification.type", "classification.identifier": "classification.identifier"}})");
    ASSERT_TRUE(mended.has_value()) << mended.error().detail;
    ASSERT_TRUE(intake->read({"report.csv", "scan", *mended}, writer.finish().value()).has_value());
    EXPECT_EQ(follow().deliveries, 1u);
    EXPECT_EQ(follow().deliveries, 0u);
    EXPECT_EQ(findings->list({.clearance = base::Clearance::everything()}).value().totals.total, 2);
}

}  // namespace
}  // namespace kula::findings
