#pragma once
// Feeds and the rooms below them, on both databases, with a server on loopback for them to ask.

#include <gmock/gmock.h>

#include <fstream>

#include "house.hpp"
#include "intake/feeds.hpp"
#include "net/server.hpp"

namespace kula::intake::testing {

inline constexpr auto two_rows = "source.ip,classification.type\n192.0.2.1,scanner\n192.0.2.2,spam\n";
inline base::Actor const analyst{"user:analyst", "192.0.2.9"};
inline base::Clearance const team = base::Clearance::of_team(std::nullopt);

class FeedsHouse : public House {
protected:
    void SetUp() override {
        House::SetUp();
        if (!IsSkipped()) open_feeds();
    }
    void TearDown() override {
        close_feeds();
        House::TearDown();
    }
    void start() {
        House::start();
        open_feeds();
    }
    void stop() {
        close_feeds();
        House::stop();
    }
    void open_feeds() {
        auto opened = Feeds::open(*intake, database(), *journal, seals::SecretBox({}), clock,
                                  {*base::Prefix::parse("127.0.0.0/8")});
        ASSERT_TRUE(opened.has_value()) << opened.error().detail;
        feeds = std::move(*opened);
    }
    void close_feeds() {
        server.reset();
        feeds.reset();
    }
    static FeedContent content_of(FeedKind kind, std::string name = "example") {
        return {.name = std::move(name), .title = "Example", .kind = kind, .format = "csv"};
    }
    Feed added(FeedContent content) {
        auto feed = feeds->add(std::move(content), analyst);
        EXPECT_TRUE(feed.has_value()) << feed.error().detail;
        return *feed;
    }
    /// A server on loopback that answers as the test says.
    std::string serve(std::function<net::Response(net::Request const&)> answer) {
        net::Router router;
        router.add(net::Method::post, "/api2/reports/list", answer);
        router.otherwise(std::move(answer));
        server = net::Server::start(std::move(router), {}, real_time).value();
        return server->url() + "/report.csv";
    }
    Feed pulled(std::function<net::Response(net::Request const&)> answer) {
        auto content = content_of(FeedKind::pull);
        content.url = serve(std::move(answer));
        return added(content);
    }
    Feed now(Feed const& feed) { return feeds->find(feed.id, team).value(); }
    FeedRun last_run(Feed const& feed) {
        auto const runs = feeds->runs(feed.id, team).value();
        EXPECT_FALSE(runs.empty());
        return runs.empty() ? FeedRun{} : runs.front();
    }
    FeedHealth health(Feed const& feed) { return health_of(now(feed), clock.now()); }
    /// Looks, a while later, whatever is due then.
    bool look_after(std::chrono::microseconds while_) {
        clock.advance(while_);
        auto const looked = feeds->look({});
        EXPECT_TRUE(looked.has_value()) << looked.error().detail;
        return *looked;
    }
    void drop(std::string const& name, std::string_view text) {
        std::filesystem::create_directories(feeds->drop_folder("example"));
        std::ofstream(feeds->drop_folder("example") / name, std::ios::binary) << text;
    }
    [[nodiscard]] bool is_there(std::string const& name) const {
        return std::filesystem::exists(feeds->drop_folder("example") / name);
    }

    base::SystemClock const real_time{};
    std::unique_ptr<Feeds> feeds;
    std::unique_ptr<net::Server> server;
};

}  // namespace kula::intake::testing
