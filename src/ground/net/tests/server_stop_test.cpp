#include <gtest/gtest.h>

#include <atomic>
#include <future>
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

TEST(ServerStop, lets_a_request_under_way_finish) {
    Router router;
    std::promise<void> open;
    auto const gate = open.get_future().share();
    router.add(Method::get, "/slow", [gate](Request const&) {
        gate.wait();
        return content("text/plain", "done");
    });
    auto const server = serve(std::move(router));
    Client idle(server->port());
    Client busy(server->port());
    busy.send("GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n");
    ASSERT_TRUE(eventually([&] { return server->figures().requests == 1 && server->figures().connections == 2; }));
    auto stopping = std::async(std::launch::async, [&] { server->stop(); });
    EXPECT_TRUE(idle.is_closed());
    open.set_value();
    EXPECT_EQ(busy.reply().body, "done");
    stopping.get();
    EXPECT_FALSE(Client(server->port()).connected());
}

TEST(ServerStop, ends_streams_at_once) {
    Broadcast broadcast(1);
    Router router;
    router.add(Method::get, "/stream", [&](Request const&) { return events(broadcast.subscribe({})); });
    auto const server = serve(std::move(router));
    Client client(server->port());
    client.send("GET /stream HTTP/1.1\r\nHost: localhost\r\n\r\n");
    client.until("\r\n\r\n");
    ASSERT_TRUE(eventually([&] { return server->figures().streams == 1; }));
    auto const began = std::chrono::steady_clock::now();
    server->stop();
    EXPECT_LT(std::chrono::steady_clock::now() - began, milliseconds(2000));
    EXPECT_EQ(client.rest(), "");
}

TEST(ServerStop, does_not_wait_for_slow_clients_beyond_its_grace) {
    ServerOptions options;
    options.deadlines.stop = milliseconds(200);
    auto const server = serve(Router(), options);
    Client client(server->port());
    client.send("GET /x HT");
    ASSERT_TRUE(eventually([&] { return server->figures().connections == 1; }));
    server->stop();
    EXPECT_TRUE(client.is_closed());
    server->stop();
}

TEST(ServerStop, returns_only_when_no_handler_runs) {
    Router router;
    std::promise<void> open;
    auto const gate = open.get_future().share();
    std::atomic<bool> finished = false;
    router.add(Method::get, "/slow", [gate, &finished](Request const&) {
        gate.wait();
        finished = true;
        return no_content();
    });
    ServerOptions options;
    options.deadlines.stop = milliseconds(50);
    auto const server = serve(std::move(router), options);
    Client client(server->port());
    client.send("GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n");
    ASSERT_TRUE(eventually([&] { return server->figures().requests == 1; }));
    auto stopping = std::async(std::launch::async, [&] { server->stop(); });
    EXPECT_EQ(stopping.wait_for(milliseconds(200)), std::future_status::timeout);
    open.set_value();
    stopping.get();
    EXPECT_TRUE(finished);
}

TEST(ServerStop, under_load_loses_no_thread_and_no_memory) {
    Broadcast broadcast(10);
    Router router;
    router.add(Method::get, "/ok", [](Request const&) { return content("text/plain", std::string(20'000, 'x')); });
    router.add(Method::get, "/stream", [&](Request const&) { return events(broadcast.subscribe({})); });
    ServerOptions options;
    options.deadlines.stop = milliseconds(500);
    options.limits.requests_per_second = 0;
    auto const server = serve(std::move(router), options);
    std::atomic<bool> over = false;
    std::atomic<int> answered = 0;
    std::vector<std::thread> clients;
    for (int made = 0; made < 4; ++made) {
        clients.emplace_back([&, made] {
            while (!over) {
                Client client(server->port());
                if (!client.connected()) return;
                if (made == 0) {
                    client.send("GET /stream HTTP/1.1\r\nHost: localhost\r\n\r\n");
                    static_cast<void>(client.until("\n\n"));
                    continue;
                }
                for (int request = 0; request < 20 && client.get("/ok").status == 200; ++request) ++answered;
            }
        });
    }
    clients.emplace_back([&] {
        while (!over) broadcast.publish("x", "y");
    });
    ASSERT_TRUE(eventually([&] { return answered > 200; }));
    server->stop();
    over = true;
    for (auto& client : clients) client.join();
}

}  // namespace
}  // namespace kula::net
