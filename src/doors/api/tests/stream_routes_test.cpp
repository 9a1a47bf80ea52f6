#include <gmock/gmock.h>

#include <chrono>
#include <thread>

#include "announcer.hpp"
#include "house.hpp"

namespace kula::api {
namespace {

using net::Method;
using testing::House;
using testing::Plain;

/// Waits up to 20 s for an event of this name; its id and data.
struct Event {
    std::string id;
    Plain data;
};
Event next(net::EventStream& stream, std::string const& name) {
    auto const end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (std::chrono::steady_clock::now() < end) {
        for (auto const& frame : stream.take(1).frames) {
            if (frame->find("event: " + name + "\n") == std::string::npos) continue;
            auto const data = frame->find("data: ") + 6;
            return {frame->substr(4, frame->find('\n') - 4),
                    Plain::parse(frame->substr(data, frame->find('\n', data) - data))};
        }
        std::this_thread::yield();
    }
    ADD_FAILURE() << "no " << name << " within 20 s";
    return {};
}

struct Stream : House {};

TEST_F(Stream, tells_new_sightings_by_itself) {
    auto const stream = ask(Method::get, "/api/v1/stream").stream;
    ASSERT_TRUE(stream);
    see({observation("198.51.100.7", "192.0.2.9", 3)});
    auto const news = next(*stream, "sightings").data;
    for (auto const& fault : contract.faults_of(news, "SightingsNews")) ADD_FAILURE() << fault;
    EXPECT_EQ(news.at("flows").at("outbound"), 3);
    EXPECT_EQ(news.at("new"), 1);
    EXPECT_EQ(get("/api/v1/sightings/" + news.at("ids").at(0).get<std::string>()).status, 200);
}

TEST_F(Stream, tells_status_and_exporters_as_the_contract_says) {
    auto const stream = ask(Method::get, "/api/v1/stream").stream;
    for (auto const& fault : contract.faults_of(next(*stream, "exporters").data, "Collection")) ADD_FAILURE() << fault;
    for (auto const& fault : contract.faults_of(next(*stream, "status").data, "Status")) ADD_FAILURE() << fault;
}

TEST_F(Stream, resumes_behind_the_last_event_and_says_when_it_cannot) {
    auto const first = ask(Method::get, "/api/v1/stream").stream;
    see({observation("198.51.100.7", "192.0.2.9", 1)});
    auto const id = next(*first, "sightings").id;
    first->detach();
    see({observation("198.51.100.7", "192.0.2.9", 2)});
    auto const second = ask(Method::get, "/api/v1/stream", {}, {}, {{"Last-Event-ID", id}}).stream;
    EXPECT_EQ(next(*second, "sightings").data.at("flows").at("outbound"), 2);
    auto const third = ask(Method::get, "/api/v1/stream", {}, {}, {{"Last-Event-ID", "from-before"}}).stream;
    next(*third, "reset");
}

TEST_F(Stream, ends_when_the_doors_close) {
    auto const stream = ask(Method::get, "/api/v1/stream").stream;
    doors->close();
    EXPECT_FALSE(stream->is_open());
}

TEST(Announcer, adds_up_what_comes_too_fast_to_be_told) {
    Pace pace;
    pace.sightings = std::chrono::milliseconds(200);
    Announcer announcer([] { return Json::object(); }, [] { return Json::object(); }, pace);
    auto const stream = announcer.follow({}, access::Roles::shipped().permissions());
    events::News news;
    news.at = *base::parse_instant("2026-11-21T10:00:00Z");
    news.count = news.begun = 1;
    news.ids = {events::SightingId::make(news.at)};
    news.flows[0] = 5;
    std::uint64_t told = 0;
    int times = 0;
    for (int batch = 0; batch < 1000; ++batch) announcer.add(news);
    while (told < 1000) {
        told += next(*stream, "sightings").data.at("count").get<std::uint64_t>();
        ++times;
    }
    EXPECT_EQ(told, 1000u);
    EXPECT_LT(times, 10);
}

TEST(Announcer, tells_status_only_when_it_changed) {
    Pace pace;
    pace.others = std::chrono::milliseconds(20);
    std::atomic<int> value = 1;
    std::atomic<int> asked = 0;
    Announcer announcer(
        [&] {
            ++asked;
            return Json{{"now", asked.load()}, {"value", value.load()}};
        },
        [] {
            return Json{{"exporters", Json::array()}};
        },
        pace);
    auto const stream = announcer.follow({}, access::Roles::shipped().permissions());
    EXPECT_EQ(next(*stream, "status").data.at("value"), 1);
    auto const before = asked.load();
    while (asked < before + 5) std::this_thread::yield();
    EXPECT_TRUE(stream->take(1).frames.empty());
    value = 2;
    EXPECT_EQ(next(*stream, "status").data.at("value"), 2);
}

findings::Finding finding_at(registry::OrganisationId organisation, base::Tlp tlp = base::Tlp::amber) {
    findings::Finding out;
    out.id = findings::FindingId::make(*base::parse_instant("2026-11-21T10:00:00Z"));
    out.identity.organisation = organisation;
    out.record.marking.tlp = tlp;
    return out;
}

TEST(Announcer, tells_an_organisation_of_its_own_findings_and_of_nothing_else) {
    Announcer announcer([] { return Json::object(); }, [] { return Json::object(); });
    auto const at = *base::parse_instant("2026-11-21T10:00:00Z");
    auto const bank = registry::OrganisationId::make(at), school = registry::OrganisationId::make(at);
    auto const of_bank = announcer.follow_findings({}, base::Clearance::of({bank.uuid()}));
    auto const of_both = announcer.follow_findings({}, base::Clearance::of({bank.uuid(), school.uuid()}));
    auto const team = announcer.follow({}, access::Roles::shipped().permissions());
    auto const own = finding_at(bank), others = finding_at(school);
    announcer.add(others, at);
    announcer.add(finding_at(bank, base::Tlp::amber_strict), at);
    announcer.add(finding_at(bank, base::Tlp::red), at);
    announcer.tell_change(at, "finding.seen", "finding:" + others.id.text());
    announcer.tell_change(at, "message.sent", "message:" + own.id.text());
    std::set<std::string> seen{next(*of_both, "findings").data.at("organisation").get<std::string>()};
    announcer.add(own, at);
    announcer.add(own, at);
    auto const news = next(*of_bank, "findings");
    EXPECT_EQ(news.data.at("organisation"), bank.text());
    EXPECT_EQ(news.data.at("ids"), Plain{own.id.text()}) << "what is not for outsiders is not told";
    EXPECT_EQ(news.data.at("count"), 1);
    seen.insert(next(*of_both, "findings").data.at("organisation").get<std::string>());
    EXPECT_EQ(seen, (std::set{bank.text(), school.text()}));
    EXPECT_TRUE(of_bank->take(1).frames.empty());
    EXPECT_EQ(next(*team, "changed").data.at("deed"), "finding.seen");
}

TEST(Announcer, tells_of_a_record_those_who_may_read_its_kind) {
    Announcer announcer([] { return Json::object(); }, [] { return Json::object(); });
    auto const at = *base::parse_instant("2026-11-21T10:00:00Z");
    auto const stream = announcer.follow({}, {"organisations.read"});
    announcer.tell_change(at, "message.sent", "message:1");
    announcer.tell_change(at, "finding.seen", "finding:1");
    announcer.tell_change(at, "organisation.changed", "organisation:1");
    EXPECT_EQ(next(*stream, "changed").data.at("deed"), "organisation.changed");
    EXPECT_TRUE(stream->take(1).frames.empty());
}

}  // namespace
}  // namespace kula::api
