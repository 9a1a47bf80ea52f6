#include <gtest/gtest.h>

#include <thread>

#include "client.hpp"
#include "net/event_stream.hpp"
#include "net/server.hpp"
#include "serving.hpp"

namespace kula::net {
namespace {

using std::chrono::milliseconds;
using testing::Client;
using testing::eventually;
using testing::serve;

std::string const subscribe_request = "GET /stream HTTP/1.1\r\nHost: localhost\r\n\r\n";

Router streaming(Broadcast& broadcast) {
    Router router;
    router.add(Method::get, "/stream", [&broadcast](Request const& request) {
        return events(broadcast.subscribe(request.header("Last-Event-ID")));
    });
    router.add(Method::get, "/ok", [](Request const&) { return content("text/plain", "ok"); });
    return router;
}

TEST(ServerStream, sends_events_as_they_happen) {
    Broadcast broadcast(100);
    auto const server = serve(streaming(broadcast));
    Client client(server->port());
    client.send(subscribe_request);
    auto const head = client.until("\r\n\r\n");
    ASSERT_TRUE(head);
    EXPECT_NE(head->find("Content-Type: text/event-stream"), std::string::npos);
    for (int count = 0; count < 3; ++count) {
        broadcast.publish("sighting", std::to_string(count));
        EXPECT_EQ(client.until("\n\n")->find("data: " + std::to_string(count)) != std::string::npos, true);
    }
    EXPECT_EQ(server->figures().streams, 1u);
    client.close();
    EXPECT_TRUE(eventually([&] { return server->figures().streams == 0; }))
        << "a client that leaves is noticed without an event";
    EXPECT_EQ(broadcast.subscribers(), 0u);
}

TEST(ServerStream, resumes_where_the_client_left) {
    Broadcast broadcast(100);
    auto const server = serve(streaming(broadcast));
    std::string id;
    {
        Client client(server->port());
        client.send(subscribe_request);
        client.until("\r\n\r\n");
        broadcast.publish("x", "1");
        auto const event = *client.until("\n\n");
        id = event.substr(4, event.find('\n') - 4);
    }
    broadcast.publish("x", "2");
    broadcast.publish("x", "3");
    Client client(server->port());
    client.send("GET /stream HTTP/1.1\r\nHost: localhost\r\nLast-Event-ID: " + id + "\r\n\r\n");
    client.until("\r\n\r\n");
    EXPECT_NE(client.until("\n\n")->find("data: 2"), std::string::npos);
    EXPECT_NE(client.until("\n\n")->find("data: 3"), std::string::npos);
}

TEST(ServerStream, beats_when_there_is_nothing_to_say) {
    Broadcast broadcast(1);
    ServerOptions options;
    options.deadlines.heartbeat = milliseconds(100);
    auto const server = serve(streaming(broadcast), options);
    Client client(server->port());
    client.send(subscribe_request);
    client.until("\r\n\r\n");
    EXPECT_EQ(client.until("\n\n"), ":\n\n");
    EXPECT_EQ(client.until("\n\n"), ":\n\n");
}

TEST(ServerStream, drops_a_client_that_does_not_read_and_keeps_the_others) {
    Broadcast broadcast(10, {64, 1024 * 1024});
    auto const server = serve(streaming(broadcast));
    Client stuck(server->port(), 4096);
    stuck.send(subscribe_request);
    Client reading(server->port());
    reading.send(subscribe_request);
    reading.until("\r\n\r\n");
    ASSERT_TRUE(eventually([&] { return server->figures().streams == 2; }));
    std::string const large(50'000, 'x');
    for (int count = 0; server->figures().dropped_streams == 0 && count < 2000; ++count) {
        broadcast.publish("x", large);
        ASSERT_TRUE(reading.until("\n\n"));
    }
    EXPECT_EQ(server->figures().dropped_streams, 1u);
    broadcast.publish("x", "still here");
    EXPECT_TRUE(reading.until("still here"));
    EXPECT_EQ(broadcast.subscribers(), 1u);
}

TEST(ServerStream, takes_events_from_many_threads) {
    Broadcast broadcast(10, {100'000, 64u * 1024 * 1024});
    auto const server = serve(streaming(broadcast));
    std::vector<Client> clients;
    for (int made = 0; made < 4; ++made) {
        clients.emplace_back(server->port());
        clients.back().send(subscribe_request);
        clients.back().until("\r\n\r\n");
    }
    ASSERT_TRUE(eventually([&] { return broadcast.subscribers() == 4; }));
    std::vector<std::thread> sources;
    for (int source = 0; source < 4; ++source) {
        sources.emplace_back([&broadcast] {
            for (int count = 0; count < 250; ++count) broadcast.publish("x", "event");
        });
    }
    for (auto& source : sources) source.join();
    for (auto& client : clients) {
        for (int count = 0; count < 1000; ++count) ASSERT_TRUE(client.until("data: event\n\n")) << count;
    }
}

TEST(ServerStream, ends_when_its_source_closes_it) {
    Broadcast broadcast(1);
    auto const server = serve(streaming(broadcast));
    Client client(server->port());
    client.send(subscribe_request);
    client.until("\r\n\r\n");
    broadcast.publish("x", "last");
    broadcast.close();
    EXPECT_NE(client.rest().find("data: last"), std::string::npos);
}

TEST(ServerStream, head_opens_no_stream) {
    Broadcast broadcast(1);
    auto const server = serve(streaming(broadcast));
    Client client(server->port());
    client.send("HEAD /stream HTTP/1.1\r\nHost: localhost\r\n\r\n");
    EXPECT_EQ(client.reply(true).status, 200);
    EXPECT_TRUE(client.is_closed());
    EXPECT_EQ(server->figures().streams, 0u);
}

TEST(ServerStream, may_outlive_the_server) {
    Broadcast broadcast(10);
    auto server = serve(streaming(broadcast));
    Client client(server->port());
    client.send(subscribe_request);
    client.until("\r\n\r\n");
    server.reset();
    broadcast.publish("x", "to nobody");
    EXPECT_EQ(client.rest(), "");
}

}  // namespace
}  // namespace kula::net
