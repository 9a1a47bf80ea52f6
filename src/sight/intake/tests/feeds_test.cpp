// Feeds: what people say of them, looking for what they bring, and what is told of it.

#include <gmock/gmock.h>
#include <sys/stat.h>

#include "feeds_house.hpp"
#include "intake/feed_runner.hpp"
#include "net/problem.hpp"

namespace kula::intake {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using Outcome = FeedRun::Outcome;
using testing::analyst;
using testing::team;
using testing::two_rows;

class FeedsHouse : public testing::FeedsHouse {};
KULA_ON_BOTH_DATABASES(FeedsHouse);

TEST_P(FeedsHouse, a_feed_is_kept_and_its_change_stands_in_the_trail) {
    auto content = content_of(FeedKind::pull);
    content.url = "https://feeds.example/list.csv";
    content.headers = {{"X-Key", "sesame"}};
    content.expected = hours(2);
    auto const feed = added(content);
    EXPECT_EQ(feed.content.source, "example");
    EXPECT_EQ(feed.record.created_by, analyst.name);
    EXPECT_EQ(feeds->list(team).value().size(), 1u);

    content.title = "Another title";
    content.headers = {{"X-Key"}};
    auto const changed = feeds->replace(feed.id, feed.record.version, content, analyst).value();
    EXPECT_EQ(changed.content.title, "Another title");
    EXPECT_EQ(changed.record.version, 2);
    EXPECT_EQ(feeds->replace(feed.id, 1, content, analyst).error().fault, base::Fault::conflict);
    EXPECT_EQ(feeds->add(content, analyst).error().fault, base::Fault::invalid) << "its header has no value";

    EXPECT_TRUE(feeds->remove(feed.id, 2, analyst).has_value());
    EXPECT_EQ(feeds->find(feed.id, team).error().fault, base::Fault::not_found);
    auto const trail = journal->list({.order = journal::EntryOrder::oldest_first}).value();
    std::vector<std::string> deeds;
    std::string all;
    for (auto const& entry : trail.items) {
        deeds.push_back(entry.fact.deed);
        all += entry.fact.before + entry.fact.after;
    }
    EXPECT_THAT(deeds, ElementsAre("feed.added", "feed.changed", "feed.removed"));
    EXPECT_THAT(all, Not(HasSubstr("sesame")));
}

TEST_P(FeedsHouse, a_key_goes_to_the_server_it_was_told_for) {
    auto content = content_of(FeedKind::pull);
    content.headers = {{"X-Key", "sesame"}};
    std::string came;
    content.url = serve([&](net::Request const& request) {
        came = request.header("X-Key").value_or("none");
        return net::content("text/csv", two_rows);
    });
    auto const feed = added(content);
    EXPECT_FALSE(feed.content.headers.front().value.has_value());
    EXPECT_TRUE(look_after(seconds(1)));
    EXPECT_EQ(came, "sesame");

    content.url = "https://elsewhere.example/list.csv";
    content.headers = {{"x-key"}};
    auto const moved = feeds->replace(feed.id, 1, content, analyst);
    ASSERT_TRUE(moved.has_error());
    EXPECT_THAT(moved.error().detail, HasSubstr("leads to another server"));
    content.headers.front().value = "sesame";
    EXPECT_TRUE(feeds->replace(feed.id, 1, content, analyst).has_value());
}

TEST_P(FeedsHouse, what_is_wrong_is_named) {
    auto const wrong = [&](FeedContent const& content) {
        auto const added = feeds->add(content, analyst);
        return added ? std::string() : added.error().fields.empty() ? "?" : added.error().fields.front().field;
    };
    auto content = content_of(FeedKind::pull);
    EXPECT_EQ(wrong(content), "url");
    for (auto const* url : {"ftp://feeds.example/a", "https://", "https://name:secret@feeds.example/", "https://a b/",
                            "https://feeds.example/#part", "file:///etc/passwd"}) {
        content.url = url;
        EXPECT_EQ(wrong(content), "url") << url;
    }
    content.url = "http://feeds.example/a";
    content.headers = {{"X-Key", "sesame"}};
    EXPECT_EQ(wrong(content), "headers") << "anybody on the way could read it";
    content.url = "https://feeds.example/a";
    content.headers = {{"X-Key", "a\r\nHost: b"}};
    EXPECT_EQ(wrong(content), "headers[0].value");
    content.headers = {{"Host", "b"}};
    EXPECT_EQ(wrong(content), "headers[0].name");
    content.headers = {};
    content.name = "../etc";
    EXPECT_EQ(wrong(content), "name");
    content.name = "example";
    content.format = "no-such";
    EXPECT_EQ(wrong(content), "format");
    content.format = "csv";
    content.mapping = "{}";
    EXPECT_EQ(wrong(content), "mapping");
    content.mapping = "";
    content.period = seconds(1);
    EXPECT_EQ(wrong(content), "period");
}

TEST_P(FeedsHouse, the_web_is_asked_only_for_what_changed) {
    std::vector<std::string> asked;
    auto const feed = pulled([&](net::Request const& request) {
        asked.emplace_back(request.header("If-None-Match").value_or("-"));
        if (asked.back() == "\"one\"") return net::Response{net::Status::not_modified, {}, {}};
        auto response = net::content("text/csv", two_rows);
        response.headers.set("ETag", "\"one\"");
        return response;
    });
    EXPECT_EQ(health(feed), FeedHealth::never);
    EXPECT_TRUE(look_after(seconds(1)));
    EXPECT_EQ(stored(), 2u);
    EXPECT_EQ(health(feed), FeedHealth::ok);
    EXPECT_EQ(last_run(feed).outcome, Outcome::delivered);
    EXPECT_EQ(last_run(feed).accepted, 2u);
    EXPECT_FALSE(look_after(minutes(30))) << "it is not due";
    EXPECT_TRUE(look_after(minutes(31)));
    EXPECT_EQ(last_run(feed).outcome, Outcome::nothing_new);
    EXPECT_THAT(asked, ElementsAre("-", "\"one\""));
    EXPECT_EQ(health(feed), FeedHealth::ok);
}

TEST_P(FeedsHouse, a_web_page_is_no_report) {
    auto const feed = pulled([](net::Request const&) {
        return net::content("text/csv", "\n<!DOCTYPE html><html>" + std::string(5000, 'x') + "</html>");
    });
    EXPECT_TRUE(look_after(seconds(1)));
    EXPECT_EQ(last_run(feed).outcome, Outcome::failed);
    EXPECT_THAT(last_run(feed).fault, HasSubstr("web page"));
    EXPECT_EQ(health(feed), FeedHealth::failing);
    EXPECT_EQ(now(feed).state.condition, DeliveryCondition::none) << "it is no delivery";
}

TEST_P(FeedsHouse, a_server_that_refuses_is_asked_more_and_more_rarely) {
    unsigned asked = 0;
    auto const feed = pulled([&](net::Request const&) {
        ++asked;
        return net::to_response(net::Problem{net::Status::internal_error, "no"});
    });
    EXPECT_TRUE(look_after(seconds(1)));
    EXPECT_EQ(now(feed).state.fault, "the server answered 500");
    for (auto const pause : {1, 2, 4, 8, 16, 32, 60, 60}) {
        EXPECT_FALSE(look_after(minutes(pause) - seconds(1))) << pause;
        EXPECT_TRUE(look_after(seconds(1))) << pause;
    }
    EXPECT_EQ(asked, 9u);
    EXPECT_EQ(now(feed).state.failures, 9u);
    ASSERT_TRUE(feeds->deliver(feed.id, "r.csv", two_rows, analyst).has_value());
    EXPECT_EQ(health(feed), FeedHealth::failing) << "a file that somebody sends does not mend the server";
}

TEST_P(FeedsHouse, a_server_may_wish_to_be_asked_later) {
    auto const feed = pulled([](net::Request const&) {
        return net::to_response(net::Problem{
            .status = net::Status::service_unavailable, .detail = "later", .retry_after = std::chrono::seconds(7200)});
    });
    EXPECT_TRUE(look_after(seconds(1)));
    EXPECT_EQ(now(feed).state.next_due, clock.now() + hours(2));
}

TEST_P(FeedsHouse, redirects_are_told_and_not_followed) {
    auto const feed =
        pulled([](net::Request const&) { return net::redirect("https://new.example/list.csv?key=sesame"); });
    EXPECT_TRUE(look_after(seconds(1)));
    EXPECT_EQ(now(feed).state.fault,
              "the server answered 302: it is at `https://new.example/list.csv` now, which is not followed");
}

TEST_P(FeedsHouse, what_is_too_long_ends_there) {
    auto content = content_of(FeedKind::pull);
    content.url = serve([](net::Request const&) { return net::content("text/csv", std::string(3'000'000, 'x')); });
    content.most_bytes = 1000;
    auto const feed = added(content);
    EXPECT_TRUE(look_after(seconds(1)));
    EXPECT_EQ(now(feed).state.fault, "it is longer than 1000 bytes");
}

TEST_P(FeedsHouse, addresses_that_are_not_public_are_not_reached) {
    feeds = Feeds::open(*intake, database(), *journal, seals::SecretBox({}), clock).value();
    bool was_asked = false;
    auto const feed = pulled([&](net::Request const&) {
        was_asked = true;
        return net::content("text/csv", two_rows);
    });
    EXPECT_TRUE(look_after(seconds(1)));
    EXPECT_THAT(now(feed).state.fault, HasSubstr("may not be reached"));
    EXPECT_FALSE(was_asked);
}

TEST_P(FeedsHouse, a_dropped_file_is_taken_when_it_is_whole) {
    auto const feed = added(content_of(FeedKind::folder));
    drop("a.csv", two_rows);
    drop("b.csv.part", two_rows);
    EXPECT_TRUE(look_after(seconds(1)));
    EXPECT_EQ(stored(), 0u) << "it may be written to";
    drop("a.csv", std::string(two_rows) + "192.0.2.3,spam\n");
    EXPECT_TRUE(look_after(seconds(2)));
    EXPECT_EQ(stored(), 0u) << "it was written to";
    EXPECT_TRUE(look_after(seconds(2)));
    EXPECT_EQ(stored(), 3u);
    EXPECT_FALSE(is_there("a.csv"));
    EXPECT_TRUE(is_there("taken/a.csv"));
    EXPECT_TRUE(is_there("b.csv.part"));
    EXPECT_EQ(health(feed), FeedHealth::ok);
    EXPECT_EQ(feeds->runs(feed.id, team).value().size(), 1u) << "looks at which nothing came are not told";
}

TEST_P(FeedsHouse, a_dropped_file_that_is_none_is_put_aside) {
    auto content = content_of(FeedKind::folder);
    content.most_bytes = 200;
    auto const feed = added(content);
    drop("page.csv", "<html>Sorry</html>");
    drop("long.csv", std::string(300, 'x'));
    std::filesystem::create_symlink("/etc/hostname", feeds->drop_folder("example") / "link.csv");
    ASSERT_EQ(::mkfifo((feeds->drop_folder("example") / "pipe.csv").c_str(), 0600), 0);
    EXPECT_TRUE(look_after(seconds(1)));
    EXPECT_TRUE(look_after(seconds(2)));
    EXPECT_TRUE(is_there("refused/page.csv"));
    EXPECT_TRUE(is_there("refused/long.csv"));
    EXPECT_TRUE(is_there("link.csv")) << "links are not followed";
    EXPECT_EQ(last_run(feed).outcome, Outcome::refused);
    EXPECT_EQ(health(feed), FeedHealth::incomplete);
}

TEST_P(FeedsHouse, a_crash_before_a_file_is_put_away_doubles_nothing) {
    auto const feed = added(content_of(FeedKind::folder));
    drop("a.csv", two_rows);
    look_after(seconds(1));
    look_after(seconds(2));
    EXPECT_EQ(stored(), 2u);
    // As if it had not been moved: the same file lies there again.
    std::filesystem::rename(feeds->drop_folder("example") / "taken/a.csv", feeds->drop_folder("example") / "a.csv");
    stop();
    reopen();
    start();
    look_after(hours(2));
    look_after(seconds(2));
    EXPECT_EQ(stored(), 2u);
    EXPECT_TRUE(is_there("taken/a.csv"));
    EXPECT_EQ(health(feed), FeedHealth::ok);
}

TEST_P(FeedsHouse, what_is_sent_is_read_at_once) {
    auto const feed = added(content_of(FeedKind::push));
    auto const sent = feeds->deliver(feed.id, "r.csv", two_rows, analyst);
    ASSERT_TRUE(sent.has_value()) << sent.error().detail;
    ASSERT_EQ(sent->size(), 1u);
    EXPECT_EQ(sent->front().account->accepted, 2u);
    auto const again = feeds->deliver(feed.id, "r.csv", two_rows, analyst).value();
    EXPECT_TRUE(again.front().account->came_before);
    EXPECT_EQ(last_run(feed).outcome, Outcome::nothing_new);
    EXPECT_EQ(stored(), 2u);
    EXPECT_TRUE(feeds->deliver(feed.id, "../r.csv", two_rows, analyst).has_error());
    EXPECT_EQ(feeds->look_soon(feed.id, analyst).error().fault, base::Fault::conflict);
    auto off = feed.content;
    off.is_enabled = false;
    ASSERT_TRUE(feeds->replace(feed.id, 1, off, analyst).has_value());
    EXPECT_EQ(feeds->deliver(feed.id, "r.csv", two_rows, analyst).error().fault, base::Fault::conflict);
    EXPECT_EQ(health(feed), FeedHealth::off);
}

TEST_P(FeedsHouse, alarms_tell_what_is_missing) {
    auto content = content_of(FeedKind::push);
    content.expected = hours(24);
    auto const feed = added(content);
    EXPECT_EQ(health(feed), FeedHealth::never);
    clock.advance(hours(25));
    EXPECT_EQ(health(feed), FeedHealth::late);
    ASSERT_TRUE(feeds->deliver(feed.id, "r.csv", two_rows, analyst).has_value());
    EXPECT_EQ(health(feed), FeedHealth::ok);
    clock.advance(hours(1));
    ASSERT_TRUE(feeds->deliver(feed.id, "e.csv", "source.ip\n", analyst).has_value());
    EXPECT_EQ(health(feed), FeedHealth::incomplete);
    EXPECT_EQ(now(feed).state.condition, DeliveryCondition::empty);
    ASSERT_TRUE(feeds->deliver(feed.id, "p.csv", "<html></html>", analyst).has_value());
    EXPECT_EQ(now(feed).state.condition, DeliveryCondition::refused);
    EXPECT_THAT(now(feed).state.delivery_fault, HasSubstr("web page"));
    clock.advance(hours(25));
    EXPECT_EQ(health(feed), FeedHealth::late);
}

TEST_P(FeedsHouse, do_not_exist_for_an_organisation) {
    auto const feed = added(content_of(FeedKind::push));
    auto const own = base::Clearance::of({base::Uuid::v7(clock.now())});
    EXPECT_TRUE(feeds->list(own).value().empty());
    EXPECT_EQ(feeds->find(feed.id, own).error().fault, base::Fault::not_found);
    EXPECT_EQ(feeds->runs(feed.id, own).error().fault, base::Fault::not_found);
    base::Actor const outsider{"token:x", {}, {}, own};
    EXPECT_EQ(feeds->deliver(feed.id, "r.csv", two_rows, outsider).error().fault, base::Fault::not_found);
    EXPECT_EQ(feeds->look_soon(feed.id, outsider).error().fault, base::Fault::not_found);
    EXPECT_EQ(feeds->replace(feed.id, 1, feed.content, outsider).error().fault, base::Fault::not_found);
    EXPECT_EQ(feeds->remove(feed.id, 1, outsider).error().fault, base::Fault::not_found);
}

TEST_P(FeedsHouse, threads_look_when_somebody_asks) {
    std::mutex mutex;
    std::condition_variable came;
    unsigned asked = 0;
    auto const feed = pulled([&](net::Request const&) {
        {
            std::lock_guard const lock(mutex);
            ++asked;
        }
        came.notify_all();
        return net::content("text/csv", two_rows);
    });
    FeedRunner const runner(*feeds, clock, [](std::string_view fault) { ADD_FAILURE() << fault; });
    std::unique_lock lock(mutex);
    EXPECT_TRUE(came.wait_for(lock, seconds(20), [&] { return asked == 1; }));
    lock.unlock();
    while (now(feed).is_running || !now(feed).state.tried_at) std::this_thread::yield();
    ASSERT_TRUE(feeds->look_soon(feed.id, analyst).has_value());
    lock.lock();
    EXPECT_TRUE(came.wait_for(lock, seconds(20), [&] { return asked == 2; }));
}

}  // namespace
}  // namespace kula::intake
