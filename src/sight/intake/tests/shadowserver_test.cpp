// Shadowserver's reports API: what it is asked, what its list means, and what of it is fetched.

#include "shadowserver.hpp"

#include "feeds_house.hpp"
#include "net/problem.hpp"
#include "seals/digest.hpp"

namespace kula::intake {
namespace {

using std::chrono::hours;
using std::chrono::seconds;
using testing::analyst;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::team;
using Outcome = FeedRun::Outcome;

constexpr auto header = "timestamp,ip,protocol,port\n";
std::string rows_of(std::string const& ip) { return header + ("2026-01-30 04:00:00," + ip + ",udp,53\n"); }

TEST(ShadowserverList, asks_for_the_days_before_and_today) {
    auto const now = *base::parse_instant("2026-03-01T10:00:00Z");
    EXPECT_EQ(list_question({}, "key", now), R"({"apikey":"key","date":"2026-02-26:2026-03-01"})");
    EXPECT_EQ(list_question({.reports = {"invented-land"}, .days = 1}, "key", now),
              R"({"apikey":"key","date":"2026-02-28:2026-03-01","reports":["invented-land"]})");
}

TEST(ShadowserverList, is_read_oldest_first_and_only_of_wanted_types) {
    constexpr auto answer = R"([
        {"id": "b2", "type": "scan_ntp", "file": "2026-01-31-scan_ntp-invented.csv", "timestamp": "2026-01-31"},
        {"id": "a1", "type": "scan_dns", "file": "2026-01-30-scan_dns-invented.csv", "timestamp": "2026-01-30"},
        {"id": "../etc", "type": "scan_dns", "file": "2026-01-30-scan_dns-x.csv"},
        {"id": "c3", "type": "scan_dns", "file": "../2026-01-30-scan_dns.csv"}, {"id": 7}, "text", null])";
    auto const all = listed_in(answer, {}).value();
    ASSERT_EQ(all.size(), 2u);
    EXPECT_EQ(all.front().id, "a1");
    auto const some = listed_in(answer, {"scan_ntp"}).value();
    ASSERT_EQ(some.size(), 1u);
    EXPECT_EQ(some.front().file, "2026-01-31-scan_ntp-invented.csv");
    EXPECT_EQ(listed_in("[]", {}).value().size(), 0u);
}

TEST(ShadowserverList, says_why_it_is_none) {
    EXPECT_EQ(listed_in(R"({"error": "Invalid report date"})", {}).error().detail,
              "Shadowserver answered: Invalid report date");
    for (auto const* text : {"<html>", "", "{}", "7", R"([{"id": "a)"})
        EXPECT_EQ(listed_in(text, {}).error().detail, "the server answered with no list of reports") << text;
}

/// Their API and their downloads.
class ShadowserverHouse : public testing::FeedsHouse {
protected:
    FeedContent asking() {
        auto url = serve([this](net::Request const& request) { return answer(request); });
        url.erase(url.rfind('/') + 1);
        auto content = content_of(FeedKind::shadowserver);
        content.format = "auto";
        content.url = url + "api2/";
        content.shadowserver = FeedShadowserver{.key = "our-key", .secret = "our-secret", .downloads = url + "dl/"};
        return content;
    }
    net::Response answer(net::Request const& request) {
        if (request.path != "/api2/reports/list") {
            asked.push_back(request.path);
            auto const found = files.find(request.path.substr(request.path.rfind('/') + 1));
            if (found == files.end()) return net::to_response(net::Problem{net::Status::not_found, "no such report"});
            return net::content("text/csv", found->second);
        }
        auto const signature = seals::hex(seals::hmac_sha256("our-secret", request.body));
        if (request.header("HMAC2") != signature || request.body.find("\"our-key\"") == std::string::npos)
            return net::to_response(net::Problem{net::Status::unauthorized, "no"});
        return net::content("application/json", list);
    }
    static std::string listed(std::string const& id, std::string const& type) {
        return R"({"id": ")" + id + R"(", "type": ")" + type + R"(", "file": "2026-01-30-)" + type + '-' + id +
               R"(.csv", "timestamp": "2026-01-30"})";
    }
    std::vector<std::string> sources() { return intake->sources(team).value(); }

    std::string list = "[" + listed("a1", "scan_dns") + "," + listed("b2", "scan_ntp") + "]";
    std::map<std::string, std::string, std::less<>> files{{"a1", rows_of("192.0.2.1")}, {"b2", rows_of("192.0.2.2")}};
    std::vector<std::string> asked{};
};
KULA_ON_BOTH_DATABASES(ShadowserverHouse);

TEST_P(ShadowserverHouse, reports_are_fetched_once) {
    auto const feed = added(asking());
    EXPECT_EQ(feed.content.source, "shadowserver");
    EXPECT_TRUE(look_after(seconds(1)));
    EXPECT_EQ(last_run(feed).outcome, Outcome::delivered) << last_run(feed).fault;
    EXPECT_EQ(stored(), 2u);
    EXPECT_THAT(sources(), ElementsAre("shadowserver/scan_dns", "shadowserver/scan_ntp"));
    EXPECT_THAT(asked, ElementsAre("/dl/a1", "/dl/b2"));
    list.insert(list.size() - 1, "," + listed("c3", "scan_dns"));
    files["c3"] = rows_of("192.0.2.3");
    EXPECT_TRUE(look_after(hours(1)));
    EXPECT_THAT(asked, ElementsAre("/dl/a1", "/dl/b2", "/dl/c3"));
    EXPECT_EQ(stored(), 3u);
    EXPECT_TRUE(look_after(hours(1)));
    EXPECT_EQ(last_run(feed).outcome, Outcome::nothing_new);
    EXPECT_EQ(health(feed), FeedHealth::ok);
}

TEST_P(ShadowserverHouse, a_crash_before_a_report_is_noted_doubles_nothing) {
    auto const feed = added(asking());
    EXPECT_TRUE(look_after(seconds(1)));
    auto const forgotten = database().write(storage::Priority::interactive, [&](storage::Session& session) {
        session.execute("delete from feed_report where report = ?", std::string("a1"));
    });
    ASSERT_TRUE(forgotten.has_value());
    EXPECT_TRUE(look_after(hours(1)));
    EXPECT_THAT(asked, ElementsAre("/dl/a1", "/dl/b2", "/dl/a1"));
    EXPECT_EQ(stored(), 2u);
}

TEST_P(ShadowserverHouse, a_report_that_is_none_holds_up_no_other) {
    files["a1"] = "<!DOCTYPE html><html>Sorry</html>";
    auto const feed = added(asking());
    EXPECT_TRUE(look_after(seconds(1)));
    EXPECT_EQ(stored(), 1u);
    EXPECT_EQ(last_run(feed).outcome, Outcome::delivered);
    EXPECT_THAT(last_run(feed).fault, HasSubstr("scan_dns-a1.csv: the server answered with a web page"));
    EXPECT_EQ(health(feed), FeedHealth::incomplete);
    files["a1"] = rows_of("192.0.2.1");
    EXPECT_TRUE(look_after(hours(1)));
    EXPECT_EQ(stored(), 2u) << "it is fetched anew";
    EXPECT_EQ(health(feed), FeedHealth::ok);
    list = "[" + listed("gone", "scan_dns") + "]";
    EXPECT_TRUE(look_after(hours(1)));
    EXPECT_THAT(last_run(feed).fault, HasSubstr("the server answered 404"));
}

TEST_P(ShadowserverHouse, tells_that_the_key_is_refused_and_not_which) {
    auto content = asking();
    content.shadowserver->secret = "another-secret";
    auto const feed = added(content);
    EXPECT_TRUE(look_after(seconds(1)));
    EXPECT_EQ(now(feed).state.fault, "Shadowserver refused the key or the secret");
    list = R"({"error": "no such key our-key"})";
    content.shadowserver->secret = "our-secret";
    ASSERT_TRUE(feeds->replace(feed.id, 1, content, analyst).has_value());
    EXPECT_TRUE(look_after(seconds(1)));
    EXPECT_EQ(now(feed).state.fault, "Shadowserver refused the key or the secret") << "its words are not repeated";
    std::string all;
    for (auto const& entry : journal->list({}).value().items) all += entry.fact.before + entry.fact.after;
    EXPECT_THAT(all, AllOf(HasSubstr("keys_replaced"), Not(HasSubstr("our-key")), Not(HasSubstr("-secret"))));
}

TEST_P(ShadowserverHouse, keys_go_where_they_were_told_for) {
    auto content = asking();
    auto const feed = added(content);
    content.shadowserver->key.reset();
    content.shadowserver->secret.reset();
    content.title = "Another title";
    auto const kept = feeds->replace(feed.id, 1, content, analyst);
    ASSERT_TRUE(kept.has_value()) << kept.error().detail;
    EXPECT_TRUE(look_after(seconds(1)));
    EXPECT_EQ(stored(), 2u);
    content.shadowserver->downloads = "https://elsewhere.example/";
    auto const moved = feeds->replace(feed.id, 2, content, analyst);
    ASSERT_TRUE(moved.has_error());
    EXPECT_THAT(moved.error().detail, HasSubstr("leads to another server"));
}

TEST_P(ShadowserverHouse, what_is_wrong_is_named) {
    auto const wrong = [&](std::function<void(FeedContent&)> const& change) {
        auto content = content_of(FeedKind::shadowserver);
        content.format = "auto";
        content.shadowserver = FeedShadowserver{.key = "k", .secret = "s"};
        change(content);
        auto const added = feeds->add(content, analyst);
        return added ? std::string() : added.error().fields.empty() ? "?" : added.error().fields.front().field;
    };
    EXPECT_EQ(wrong([](FeedContent&) {}), "") << "addresses are the known ones unless told";
    EXPECT_EQ(wrong([](FeedContent& content) { content.shadowserver->key.reset(); }), "shadowserver.key");
    EXPECT_EQ(wrong([](FeedContent& content) { content.url = "http://api.example/"; }), "url");
    EXPECT_EQ(wrong([](FeedContent& content) { content.shadowserver->downloads = "https://a.example/x"; }),
              "shadowserver.downloads");
    EXPECT_EQ(wrong([](FeedContent& content) { content.shadowserver->types = {"Scan"}; }), "shadowserver.types[0]");
    EXPECT_EQ(wrong([](FeedContent& content) { content.shadowserver->days = 91; }), "shadowserver.days");
    EXPECT_EQ(wrong([](FeedContent& content) { content.format = "csv"; }), "format");
    EXPECT_EQ(wrong([](FeedContent& content) { content.shadowserver.reset(); }), "shadowserver");
}

}  // namespace
}  // namespace kula::intake
