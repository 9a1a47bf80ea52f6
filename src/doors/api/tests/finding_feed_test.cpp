// An organisation's findings as a feed: whose, in which order and words, and who is let in.

#include <gmock/gmock.h>

#include <utility>

#include "formats/base64.hpp"
#include "house.hpp"

namespace kula::api {
namespace {

using net::Method;
using ::testing::AllOf;
using testing::Answer;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::HeaderFields;
using ::testing::IsEmpty;
using ::testing::Not;
using testing::opened;
using testing::Plain;

struct FindingFeedTest : testing::House {
    void SetUp() override {
        parent = add_organisation("Example Ministry");
        own = add_organisation("Example Hospital <Lakeside>", {prefix("192.0.2.0/26")});
        other = add_organisation("Example Bank Hilltop", {prefix("192.0.2.64/26")});
        std::vector<vulnerabilities::Exploited> exploited{{.cve = "CVE-2026-10001",
                                                           .name = "A <hole>",
                                                           .added = "2026-11-01",
                                                           .due = "2026-11-22",
                                                           .action = "Patch."}};
        ASSERT_TRUE(vulnerabilities->tell(exploited).has_value());
        tell_findings(
            "192.0.2.7,53,udp,ddos-amplifier,open-dns,amber\n192.0.2.70,53,udp,ddos-amplifier,open-dns,amber\n"
            "192.0.2.8,53,udp,ddos-amplifier,open-dns,amber+strict\n");
        token = token_with({"findings.read"}, *base::Uuid::parse(own));
    }
    /// A minute later, rows of a report.
    void tell_findings(std::string const& rows) {
        clock.advance(std::chrono::minutes(1));
        std::string content =
            "classification.taxonomy,time.source,source.ip,source.port,protocol.transport,classification.type,"
            "classification.identifier,tlp\n";
        for (std::size_t from = 0; from < rows.size(); from = rows.find('\n', from) + 1)
            content += "vulnerable," + base::to_seconds_text(clock.now()) + ',' +
                       rows.substr(from, rows.find('\n', from) + 1 - from);
        deliver(content);
        ASSERT_TRUE(findings->follow().has_value());
    }
    static std::string path(std::string const& organisation, std::string const& ending = "json") {
        return "/api/v1/organisations/" + organisation + "/findings." + ending;
    }
    std::vector<std::string> places(std::string const& organisation) {
        std::vector<std::string> out;
        auto const feed = get(path(organisation)).json;
        for (auto const& item : feed.at("items")) out.push_back(item.at("_kula").at("place").get<std::string>());
        return out;
    }
    /// With nothing but a name and a password.
    Answer with_password(std::string const& target, std::string const& password, std::string const& scheme = "Basic ") {
        auto const kept = std::exchange(token, {});
        auto answer =
            ask(Method::get, target, {}, {}, {{"Authorization", scheme + formats::to_base64("anybody:" + password)}});
        token = kept;
        return answer;
    }
    std::string parent, own, other;
};

TEST_F(FindingFeedTest, holds_what_an_organisation_may_see_the_newest_change_first) {
    tell_findings("192.0.2.9,443,tcp,vulnerable-system,cve-2026-10001,green\n");
    EXPECT_THAT(places(own), ElementsAre("192.0.2.9", "192.0.2.7"));
    clock.advance(std::chrono::minutes(1));
    auto const first = get("/api/v1/findings", {{"search", "192.0.2.7"}}).json.at("items").at(0);
    auto const id = *findings::FindingId::parse(first.at("id").get<std::string>());
    ASSERT_TRUE(findings->take_step(id, {}, {findings::State::acknowledged, {}, {}}, findings::Party::team, {"desk"}));
    EXPECT_THAT(places(own), ElementsAre("192.0.2.7", "192.0.2.9"));

    auto const items = get(path(own), {{"language", "en"}}).json.at("items");
    EXPECT_EQ(items.at(0).at("id"), "urn:uuid:" + id.text());
    EXPECT_EQ(items.at(0).at("date_modified"), base::to_seconds_text(clock.now()));
    EXPECT_THAT(items.at(0).at("url").get<std::string>(), HasSubstr("/desk/findings/" + id.text()));
    EXPECT_THAT(
        items.at(0).at("summary").get<std::string>(),
        AllOf(HasSubstr("Place: 192.0.2.7 (udp 53)"), HasSubstr("State: Acknowledged"), HasSubstr("TLP:AMBER")));
    EXPECT_THAT(items.at(0).at("tags"),
                ElementsAre("TLP:AMBER", "vulnerable", "ddos-amplifier", "medium", "acknowledged"));
    EXPECT_EQ(items.at(1).at("_kula").at("exploited").at("due"), "2026-11-22");
    EXPECT_THAT(items.at(1).at("content_html").get<std::string>(),
                AllOf(HasSubstr("CVE-2026-10001: A &lt;hole&gt;"), HasSubstr("Patch."), Not(HasSubstr("<hole>"))));
    EXPECT_THAT(get(path(own)).text, Not(HasSubstr("example\""))) << "who told is the team's";
}

TEST_F(FindingFeedTest, tells_the_team_no_more_and_an_organisation_nothing_of_others) {
    EXPECT_EQ(get(path(other)).status, 404);
    EXPECT_EQ(get(path(other)).text, get(path(absent)).text);
    EXPECT_EQ(get(path("none")).status, 404);
    token = token_with({"findings.read"});
    EXPECT_THAT(places(own), ElementsAre("192.0.2.7")) << "TLP:AMBER+STRICT is not for a feed";
    EXPECT_THAT(places(other), ElementsAre("192.0.2.70"));
    EXPECT_THAT(places(parent), IsEmpty());
    token = token_with({"organisations.read"});
    EXPECT_EQ(get(path(own)).status, 403);
}

TEST_F(FindingFeedTest, holds_those_below_in_the_feed_of_who_stands_above) {
    auto const id = *registry::OrganisationId::parse(own);
    auto stored = opened(registry->find(id, base::Clearance::everything()));
    stored.content.parent = registry::OrganisationId::parse(parent);
    opened(registry->replace(id, stored.record.version, stored.content, {}, base::Actor{"desk"}));
    token = token_with({"findings.read"}, *base::Uuid::parse(parent));
    EXPECT_THAT(places(parent), ElementsAre("192.0.2.7"));
    EXPECT_THAT(places(own), ElementsAre("192.0.2.7"));
    token = token_with({"findings.read"}, *base::Uuid::parse(own));
    EXPECT_EQ(get(path(parent)).status, 404);
}

TEST_F(FindingFeedTest, speaks_the_language_that_is_asked_for) {
    auto const title = [&](testing::Query query, HeaderFields const& headers) {
        return ask(Method::get, path(own), std::move(query), {}, headers).json.at("title").get<std::string>();
    };
    EXPECT_THAT(title({}, {}), HasSubstr("Наоди: "));
    EXPECT_THAT(title({}, {{"Accept-Language", "de, sq;q=0.5"}}), HasSubstr("Gjetje: "));
    EXPECT_EQ(title({{"language", "en"}}, {{"Accept-Language", "sq"}}), "Findings: Example Hospital <Lakeside>");
    EXPECT_EQ(get(path(own), {{"language", "de"}}).status, 422);
    EXPECT_EQ(get(path(own), {{"limit", "7"}}).status, 422);
    EXPECT_THAT(get(path(own, "atom"), {{"language", "sq"}}).text, HasSubstr("xml:lang=\"sq\""));
}

TEST_F(FindingFeedTest, can_be_asked_whether_it_changed) {
    auto const before = get(path(own, "atom"));
    EXPECT_EQ(before.headers.find("Content-Type"), "application/atom+xml; charset=utf-8");
    EXPECT_EQ(before.headers.find("Cache-Control"), "private, no-cache");
    EXPECT_EQ(before.headers.find("Last-Modified"), "Sat, 21 Nov 2026 10:21:30 GMT");
    clock.advance(std::chrono::hours(1));
    EXPECT_EQ(get(path(own, "atom")).headers.find("ETag"), before.headers.find("ETag")) << "time alone changes nothing";
    tell_findings("192.0.2.7,53,udp,ddos-amplifier,open-dns,amber\n");
    auto const after = get(path(own, "atom"));
    EXPECT_NE(after.headers.find("ETag"), before.headers.find("ETag"));
    EXPECT_EQ(after.headers.find("Last-Modified"), "Sat, 21 Nov 2026 11:22:30 GMT") << "seen again";
    EXPECT_THAT(after.text, HasSubstr("<updated>2026-11-21T10:21:30Z</updated>")) << "which is no change of it";
}

TEST_F(FindingFeedTest, takes_a_token_as_a_password_and_nothing_else_does) {
    auto const secret = token;
    for (auto const* scheme : {"Basic ", "basic "})
        EXPECT_EQ(with_password(path(own), secret, scheme).json.at("items").size(), 1u) << scheme;
    EXPECT_EQ(with_password(path(other), secret).status, 404);
    for (auto const& wrong : {std::string(), std::string("kula_none"), secret + "x", ":" + secret}) {
        auto const refused = with_password(path(own), wrong);
        EXPECT_EQ(refused.status, 401) << wrong;
        EXPECT_EQ(refused.headers.find("WWW-Authenticate"), "Basic realm=\"kula\", charset=\"UTF-8\"");
    }
    token.clear();
    for (auto const& told : {std::string("Basic"), "Basic " + formats::to_base64(secret), std::string("Basic %%%"),
                             "Digest " + formats::to_base64("a:" + secret)})
        EXPECT_EQ(ask(Method::get, path(own), {}, {}, {{"Authorization", told}}).status, 401) << told;
    EXPECT_EQ(ask(Method::get, path(own, "atom")).status, 401);
    EXPECT_TRUE(ask(Method::get, path(own, "atom")).headers.has("WWW-Authenticate"));

    std::size_t tried = 0;
    for (auto const& route : router.routes()) {
        if (route.pattern.starts_with("/desk") || route.pattern.find("/findings.") != std::string::npos) continue;
        auto const answer =
            ask(route.method, route.pattern, {}, {}, {{"Authorization", "Basic " + formats::to_base64("a:" + secret)}});
        EXPECT_THAT(std::string(answer.headers.find("WWW-Authenticate").value_or("")), Not(HasSubstr("Basic")))
            << route.pattern;
        bool const is_of_findings = route.pattern.starts_with("/api/v1/findings");
        EXPECT_TRUE(!is_of_findings || answer.status == 401) << route.pattern;
        ++tried;
    }
    EXPECT_GT(tried, 100u);
}

TEST_F(FindingFeedTest, ends_with_its_token) {
    auto const made = opened(access->make_token("reader", {"findings.read"}, base::Uuid::parse(own),
                                                clock.now() + std::chrono::days(1), base::Actor{"console"}));
    EXPECT_EQ(with_password(path(own), made.secret).status, 200);
    ASSERT_TRUE(access->revoke_token(made.token.id, base::Actor{"console"}).has_value());
    EXPECT_EQ(with_password(path(own), made.secret).status, 401);
}

}  // namespace
}  // namespace kula::api
