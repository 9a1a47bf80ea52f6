// Folders of events that MISP publishes: what a manifest lists, and what of it is fetched.

#include "misp_folder.hpp"

#include <utility>

#include "feeds_house.hpp"
#include "intake/finished.hpp"
#include "net/problem.hpp"

namespace kula::intake {
namespace {

using std::chrono::hours;
using std::chrono::seconds;
using testing::analyst;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using Outcome = FeedRun::Outcome;

/// UUIDs of one digit.
std::string uuid_of(char digit) { return std::string("00000000-0000-4000-8000-00000000000") + digit; }
std::string file_of(char digit) { return uuid_of(digit) + ".json"; }

std::vector<std::string> told(std::vector<MispEvent> const& events) {
    std::vector<std::string> out;
    out.reserve(events.size());
    for (auto const& each : events) out.push_back(each.uuid.substr(35) + '@' + std::to_string(each.stamp));
    return out;
}

TEST(MispManifest, lists_events_by_uuid_with_their_timestamps) {
    auto const manifest =
        "{\"" + uuid_of('1') + R"(": {"info": "An event", "Orgc": {"timestamp": "7"}, "timestamp": "1700000001"}, ")" +
        uuid_of('2') + R"(": {"timestamp": 1700000002}, ")" + uuid_of('3') + R"(": {"info": "Nothing says when"}, ")" +
        uuid_of('4') + R"(": {"timestamp": "soon"}, "../../etc/passwd": {"timestamp": "5"}})";
    EXPECT_THAT(told(listed_events(manifest).value()), ElementsAre("1@1700000001", "2@1700000002", "3@0", "4@0"));
    EXPECT_THAT(listed_events("{}").value(), IsEmpty()) << "a folder may be empty";
}

TEST(MispManifest, says_that_it_is_none) {
    for (auto const* text :
         {"", "<html>", "[]", "7", R"({"error": "no"})", R"({"00000000-0000-4000-8000-000000000001")"})
        EXPECT_EQ(listed_events(text).error().detail, "the server answered with no manifest of events") << text;
}

TEST(MispManifest, events_are_taken_when_they_are_new_or_changed_the_oldest_first) {
    std::vector<MispEvent> const listed{{uuid_of('1'), 30}, {uuid_of('2'), 20}, {uuid_of('3'), 10}, {uuid_of('4'), 40}};
    EXPECT_THAT(told(events_to_take(listed, {})), ElementsAre("3@10", "2@20", "1@30", "4@40"));
    auto const known = [](char digit, std::int64_t stamp, std::uint64_t failures) {
        return std::pair(uuid_of(digit), MispEvent{uuid_of(digit), stamp, failures});
    };
    auto const wanted = events_to_take(
        listed, {known('1', 30, 0), known('2', 20, 3), known('3', 10, most_event_failures), known('4', 39, 9)});
    EXPECT_THAT(told(wanted), ElementsAre("4@40", "2@20")) << "what failed holds up nothing new";
    EXPECT_EQ(wanted.back().failures, 3u);
    EXPECT_EQ(wanted.front().failures, 0u) << "what changed is tried anew";
}

/// Their web server.
class MispFolder : public testing::FeedsHouse {
protected:
    FeedContent following() {
        auto const url = serve([this](net::Request const& request) { return answer(request); });
        auto content = content_of(FeedKind::misp);
        content.format = "auto";
        content.url = url.substr(0, url.rfind('/')) + "/osint";
        return content;
    }
    net::Response answer(net::Request const& request) {
        asked.push_back(request.path.substr(request.path.rfind('/') + 1));
        if (asked.back() == "manifest.json") {
            if (request.header("If-None-Match") == etag) return {.status = net::Status::not_modified};
            auto out = net::content("application/json", manifest());
            out.headers.add("ETag", etag);
            return out;
        }
        auto const found = files.find(asked.back());
        if (found == files.end()) return net::to_response(net::Problem{missing, "no such file"});
        return net::content("application/json", found->second);
    }
    [[nodiscard]] std::string manifest() const {
        std::string out = "{";
        for (auto const& [digit, stamp] : listed) {
            out += (out.size() > 1 ? ", \"" : "\"") + uuid_of(digit) + R"(": {"timestamp": ")" + std::to_string(stamp) +
                   "\"}";
        }
        return out + '}';
    }
    /// Publishes an event with one address.
    void publish(char digit, std::int64_t stamp, std::string const& address) {
        listed[digit] = stamp;
        files[file_of(digit)] =
            R"({"Event": {"uuid": ")" + uuid_of(digit) + R"(", "info": "x", "timestamp": ")" + std::to_string(stamp) +
            R"(", "Attribute": [{"type": "ip-dst", "timestamp": "1700000000", "value": ")" + address + R"("}]}})";
        etag = '"' + std::to_string(++version) + '"';
    }
    std::vector<std::string> asked_now() { return std::exchange(asked, {}); }

    std::map<char, std::int64_t> listed{};
    std::map<std::string, std::string, std::less<>> files{};
    std::string etag{};
    int version = 0;
    net::Status missing = net::Status::not_found;
    std::vector<std::string> asked{};
};
KULA_ON_BOTH_DATABASES(MispFolder);

TEST_P(MispFolder, only_events_that_are_new_or_changed_are_fetched) {
    publish('1', 1700000002, "192.0.2.1");
    publish('2', 1700000001, "192.0.2.2");
    auto const feed = added(following());
    EXPECT_TRUE(feed.content.url.ends_with("/osint/")) << feed.content.url;
    EXPECT_EQ(feed.content.format, "misp");
    EXPECT_TRUE(look_after(seconds(1)));
    EXPECT_EQ(last_run(feed).outcome, Outcome::delivered) << last_run(feed).fault;
    EXPECT_THAT(asked_now(), ElementsAre("manifest.json", file_of('2'), file_of('1')));
    EXPECT_EQ(stored(), 2u);
    EXPECT_TRUE(look_after(hours(1)));
    EXPECT_THAT(asked_now(), ElementsAre("manifest.json"));
    EXPECT_EQ(last_run(feed).outcome, Outcome::nothing_new);
    publish('1', 1700000003, "192.0.2.3");
    listed.erase('2');
    EXPECT_TRUE(look_after(hours(1)));
    EXPECT_THAT(asked_now(), ElementsAre("manifest.json", file_of('1')));
    EXPECT_EQ(stored(), 3u) << "what was told stays";
    EXPECT_EQ(health(feed), FeedHealth::ok);
}

TEST_P(MispFolder, a_crash_before_an_event_is_noted_doubles_nothing) {
    publish('1', 1700000001, "192.0.2.1");
    auto const feed = added(following());
    EXPECT_TRUE(look_after(seconds(1)));
    auto const forgotten = database().write(storage::Priority::interactive, [](storage::Session& session) {
        session.execute("delete from feed_event");
        session.execute("update feed_state set etag = ''");
    });
    ASSERT_TRUE(forgotten.has_value());
    asked.clear();
    EXPECT_TRUE(look_after(hours(1)));
    EXPECT_THAT(asked_now(), ElementsAre("manifest.json", file_of('1')));
    EXPECT_EQ(stored(), 1u);
}

TEST_P(MispFolder, an_event_that_cannot_be_read_holds_up_no_other_and_is_tried_ten_times) {
    publish('1', 1700000001, "192.0.2.1");
    publish('2', 1700000002, "192.0.2.2");
    files.erase(file_of('1'));
    auto const feed = added(following());
    EXPECT_TRUE(look_after(seconds(1)));
    EXPECT_EQ(stored(), 1u);
    EXPECT_EQ(last_run(feed).outcome, Outcome::delivered);
    EXPECT_THAT(last_run(feed).fault, HasSubstr(file_of('1') + ": the server answered 404"));
    EXPECT_EQ(health(feed), FeedHealth::incomplete);
    for (int look = 1; look < 12; ++look) EXPECT_TRUE(look_after(hours(1)));
    EXPECT_EQ(std::count(asked.begin(), asked.end(), file_of('1')), 10);
    EXPECT_EQ(std::count(asked.begin(), asked.end(), file_of('2')), 1);
    publish('1', 1700000003, "192.0.2.1");
    EXPECT_TRUE(look_after(hours(1)));
    EXPECT_EQ(stored(), 2u) << "it changed";
    EXPECT_EQ(health(feed), FeedHealth::ok);
}

TEST_P(MispFolder, what_is_no_event_yet_is_read_when_it_is_one) {
    publish('1', 1700000001, "192.0.2.1");
    auto const whole = std::exchange(files[file_of('1')], "not written yet");
    auto const feed = added(following());
    EXPECT_TRUE(look_after(seconds(1)));
    EXPECT_THAT(last_run(feed).fault, HasSubstr("is no JSON of MISP"));
    files[file_of('1')] = whole;
    EXPECT_TRUE(look_after(hours(1)));
    EXPECT_EQ(stored(), 1u);
}

TEST_P(MispFolder, a_server_that_fails_does_not_count_against_an_event) {
    publish('1', 1700000001, "192.0.2.1");
    auto const whole = std::exchange(files, {});
    missing = net::Status::service_unavailable;
    auto const feed = added(following());
    EXPECT_TRUE(look_after(seconds(1)));
    EXPECT_THAT(now(feed).state.fault, HasSubstr(file_of('1') + ": the server answered 503"));
    for (int look = 1; look < 12; ++look) EXPECT_TRUE(look_after(hours(1)));
    files = whole;
    EXPECT_TRUE(look_after(hours(1)));
    EXPECT_EQ(stored(), 1u);
}

TEST_P(MispFolder, another_address_begins_anew_and_any_change_tries_failed_events_again) {
    publish('1', 1700000001, "192.0.2.1");
    publish('2', 1700000002, "192.0.2.2");
    files.erase(file_of('2'));
    auto content = following();
    auto const feed = added(content);
    for (int look = 0; look < 12; ++look) EXPECT_TRUE(look_after(hours(1)));
    asked.clear();
    content.title = "Another title";
    ASSERT_TRUE(feeds->replace(feed.id, 1, content, analyst).has_value());
    EXPECT_TRUE(look_after(seconds(1)));
    EXPECT_THAT(asked_now(), ElementsAre("manifest.json", file_of('2')));
    content.url += "/elsewhere/manifest.json";
    ASSERT_TRUE(feeds->replace(feed.id, 2, content, analyst).has_value());
    EXPECT_TRUE(look_after(seconds(1)));
    EXPECT_THAT(asked_now(), ElementsAre("manifest.json", file_of('1'), file_of('2')));
    EXPECT_TRUE(feeds->remove(feed.id, 3, analyst).has_value());
}

TEST_P(MispFolder, each_event_is_a_series_of_its_own) {
    publish('1', 1700000001, "192.0.2.1");
    added(following());
    EXPECT_TRUE(look_after(seconds(1)));
    auto const finished =
        database().read([](storage::Session const& session) { return finished_behind(session, 0); }).value();
    EXPECT_EQ(finished.value().series, "misp/" + file_of('1'));
    EXPECT_EQ(finished->source, "example");
}

TEST_P(MispFolder, what_is_wrong_is_named) {
    auto const wrong = [&](std::function<void(FeedContent&)> const& change) {
        auto content = content_of(FeedKind::misp);
        content.format = "auto";
        content.url = "https://feeds.example/misp";
        change(content);
        auto const added = feeds->add(content, analyst);
        return added ? std::string() : added.error().fields.empty() ? "?" : added.error().fields.front().field;
    };
    EXPECT_EQ(wrong([](FeedContent&) {}), "");
    EXPECT_EQ(wrong([](FeedContent& content) { content.url.clear(); }), "url");
    EXPECT_EQ(wrong([](FeedContent& content) { content.url += "?key=1"; }), "url");
    EXPECT_EQ(wrong([](FeedContent& content) { content.url = "ftp://feeds.example/"; }), "url");
    EXPECT_EQ(wrong([](FeedContent& content) { content.format = "csv"; }), "format");
    EXPECT_EQ(wrong([](FeedContent& content) {
                  content.url = "http://feeds.example/misp/";
                  content.headers = {{"X-Key", "secret"}};
              }),
              "headers");
}

}  // namespace
}  // namespace kula::intake
