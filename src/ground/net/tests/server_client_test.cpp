// Who a client is to the server, and what one client may take of it.

#include <gtest/gtest.h>

#include "client.hpp"
#include "net/server.hpp"
#include "serving.hpp"

namespace kula::net {
namespace {

using testing::Client;
using testing::eventually;
using testing::serve;

/// Says who asked.
Router callers() {
    Router router;
    router.add(Method::get, "/who", [](Request const& request) {
        return content("text/plain", request.peer.text() + ' ' + std::string(to_text(request.scheme)));
    });
    router.add(Method::post, "/change", [](Request const&) { return no_content(); });
    return router;
}

std::string who(std::string const& fields) { return "GET /who HTTP/1.1\r\nHost: localhost\r\n" + fields + "\r\n"; }

ServerOptions behind_a_proxy() {
    ServerOptions options;
    options.trusted_proxies = {*base::Prefix::parse("127.0.0.0/8")};
    return options;
}

TEST(ServerBehindAProxy, knows_the_client_and_how_its_browser_came) {
    base::Address seen;
    auto const server =
        serve(callers(), behind_a_proxy(), {[&](Exchange const& exchange) { seen = exchange.peer; }, {}});
    Client client(server->port());
    auto const reply = client.ask(who("X-Forwarded-For: 198.51.100.7\r\nX-Forwarded-Proto: https\r\n"));
    EXPECT_EQ(reply.body, "198.51.100.7 https");
    EXPECT_EQ(reply.header("Strict-Transport-Security"), "max-age=31536000");
    EXPECT_EQ(seen.text(), "198.51.100.7");
    auto const next = client.ask(who(""));
    EXPECT_EQ(next.body, "127.0.0.1 http") << "each request on the proxy's connection is its own client's";
    EXPECT_FALSE(next.header("Strict-Transport-Security"));
}

TEST(ServerBehindAProxy, lets_no_page_in_the_clear_write) {
    auto const server = serve(callers(), behind_a_proxy());
    Client client(server->port());
    auto const change = [&](std::string const& origin) {
        return client
            .ask(
                "POST /change HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nX-Forwarded-For: 198.51.100.7\r\n"
                "X-Forwarded-Proto: https\r\nOrigin: " +
                origin + "\r\n\r\n")
            .status;
    };
    EXPECT_EQ(change("https://localhost"), 204);
    EXPECT_EQ(change("http://localhost"), 403);
}

TEST(ServerBehindAProxy, believes_nobody_else) {
    auto const server = serve(callers());
    Client client(server->port());
    EXPECT_EQ(client.ask(who("X-Forwarded-For: 198.51.100.7\r\nX-Forwarded-Proto: https\r\n")).body, "127.0.0.1 http");
}

TEST(ServerBehindAProxy, limits_the_rate_of_clients_and_not_of_the_proxy) {
    auto options = behind_a_proxy();
    options.limits.requests_at_once = 2;
    options.limits.requests_per_second = 1;
    options.limits.connections_per_client = 1;
    auto const server = serve(callers(), options);
    std::vector<Client> connections;
    for (int made = 0; made < 5; ++made) {
        connections.emplace_back(server->port());
        auto const address = "198.51.100." + std::to_string(made);
        EXPECT_EQ(connections.back().ask(who("X-Forwarded-For: " + address + "\r\n")).body, address + " http");
    }
    auto const fields = "X-Forwarded-For: 198.51.100.1\r\n";
    EXPECT_EQ(connections.front().ask(who(fields)).status, 200);
    EXPECT_EQ(connections.front().ask(who(fields)).status, 429);
    EXPECT_EQ(server->figures().crowded_out, 0u);
}

TEST(ServerRate, who_asks_too_often_is_told_when_to_come_back) {
    ServerOptions options;
    options.limits.requests_at_once = 3;
    options.limits.requests_per_second = 1;
    auto const server = serve(callers(), options);
    Client client(server->port());
    for (int request = 0; request < 3; ++request) EXPECT_EQ(client.ask(who("")).status, 200);
    auto const refused = client.ask(who(""));
    EXPECT_EQ(refused.status, 429);
    EXPECT_EQ(refused.header("Retry-After"), "1");
    EXPECT_EQ(refused.header("Connection"), "keep-alive");
    EXPECT_NE(refused.body.find("\"fault\":\"unavailable\""), std::string::npos);
    EXPECT_EQ(Client(server->port()).ask(who("")).status, 429) << "another connection changes nothing";
    EXPECT_EQ(server->figures().rate_limited, 2u);
    EXPECT_TRUE(eventually([&] { return client.ask(who("")).status == 200; }));
}

TEST(ServerRate, of_everyday_use_is_free) {
    auto const server = serve(callers());
    Client client(server->port());
    for (int request = 0; request < 200; ++request) ASSERT_EQ(client.ask(who("")).status, 200) << request;
    EXPECT_EQ(server->figures().rate_limited, 0u);
}

TEST(ServerCrowd, one_client_cannot_take_all_connections) {
    ServerOptions options;
    options.limits.connections_per_client = 3;
    auto const server = serve(callers(), options);
    std::vector<Client> mine;
    for (std::size_t made = 0; made < 3; ++made) {
        mine.emplace_back(server->port());
        mine.back().send("GET /who HT");
        ASSERT_TRUE(eventually([&] { return server->figures().connections == made + 1; }));
    }
    Client another(server->port());
    EXPECT_EQ(another.ask(who("")).status, 200);
    EXPECT_TRUE(mine.front().is_closed()) << "its own that waited longest gave way";
    EXPECT_EQ(server->figures().crowded_out, 1u);
    EXPECT_EQ(server->figures().connections, 3u);
    mine.back().send("TP/1.1\r\nHost: localhost\r\n\r\n");
    EXPECT_EQ(mine.back().reply().status, 200);
    mine.clear();
    another.close();
    EXPECT_TRUE(eventually([&] { return server->figures().connections == 0; }));
    Client later(server->port());
    EXPECT_EQ(later.ask(who("")).status, 200);
    EXPECT_EQ(server->figures().crowded_out, 1u) << "who left counts no more";
}

}  // namespace
}  // namespace kula::net
