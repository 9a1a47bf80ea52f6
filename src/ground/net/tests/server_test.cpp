#include "net/server.hpp"

#include <gtest/gtest.h>

#include <future>
#include <mutex>

#include "client.hpp"
#include "net/problem.hpp"
#include "serving.hpp"

namespace kula::net {
namespace {

using testing::Client;
using testing::eventually;
using testing::real_time;
using testing::serve;

/// Says what was asked.
Router echo() {
    Router router;
    router.add(Method::get, "/echo/{name}",
               [](Request const& request) { return content("text/plain", std::string(request.parameter("name"))); });
    router.add(Method::post, "/echo", [](Request const& request) { return content("text/plain", request.body); },
               {100'000});
    router.add(Method::get, "/throws", [](Request const&) -> Response { throw std::runtime_error("secret detail"); });
    return router;
}

TEST(Server, answers_on_a_port_the_kernel_chose) {
    auto const server = serve(echo());
    EXPECT_EQ(server->url(), "http://127.0.0.1:" + std::to_string(server->port()));
    Client client(server->port());
    auto const reply = client.get("/echo/abc");
    EXPECT_EQ(reply.status, 200);
    EXPECT_EQ(reply.body, "abc");
    EXPECT_EQ(reply.header("Connection"), "keep-alive");
    EXPECT_EQ(reply.header("X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(client.get("/echo/again").body, "again") << "on the same connection";
}

TEST(Server, will_not_listen_where_strangers_reach_it) {
    for (auto const* address : {"0.0.0.0", "192.0.2.1", "::", "2001:db8::1", "::ffff:127.0.0.1"}) {
        ServerOptions options;
        options.address = *base::Address::parse(address);
        auto const server = Server::start(Router(), options, real_time);
        ASSERT_FALSE(server) << address;
        EXPECT_EQ(server.error().fault, base::Fault::refused);
        EXPECT_NE(server.error().detail.find(address), std::string::npos) << server.error().detail;
    }
}

TEST(Server, will_not_send_secrets_in_the_clear_to_strangers) {
    ServerOptions options;
    options.address = *base::Address::parse("0.0.0.0");
    options.reach = Reach::anywhere;
    auto const refused = Server::start(Router(), options, real_time);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().fault, base::Fault::refused);
    EXPECT_NE(refused.error().detail.find("certificate"), std::string::npos) << refused.error().detail;
}

TEST(Server, says_which_address_is_taken) {
    auto const first = serve(echo());
    ServerOptions options;
    options.port = first->port();
    auto const second = Server::start(Router(), options, real_time);
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().fault, base::Fault::unavailable);
    EXPECT_NE(second.error().detail.find("127.0.0.1:" + std::to_string(first->port())), std::string::npos);
}

TEST(Server, listens_on_ipv6_loopback) {
    ServerOptions options;
    options.address = *base::Address::parse("::1");
    auto const server = Server::start(echo(), options, real_time);
    if (!server) GTEST_SKIP() << "no IPv6 here: " << server.error().detail;
    EXPECT_EQ((*server)->url().substr(0, 13), "http://[::1]:");
}

TEST(Server, keeps_pipelined_answers_in_order) {
    Router router;
    std::promise<void> open;
    auto const gate = open.get_future().share();
    router.add(Method::get, "/slow", [gate](Request const&) {
        gate.wait();
        return content("text/plain", "slow");
    });
    router.add(Method::get, "/quick", [](Request const&) { return content("text/plain", "quick"); });
    auto const server = serve(std::move(router));
    Client client(server->port());
    client.send(
        "GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n"
        "GET /quick HTTP/1.1\r\nHost: localhost\r\n\r\n"
        "GET /none HTTP/1.1\r\nHost: localhost\r\n\r\n"
        "HEAD /quick HTTP/1.1\r\nHost: localhost\r\n\r\n"
        "GET /quick HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    Client other(server->port());
    EXPECT_EQ(other.get("/quick").body, "quick") << "while the first waits";
    open.set_value();
    EXPECT_EQ(client.reply().body, "slow");
    EXPECT_EQ(client.reply().body, "quick");
    EXPECT_EQ(client.reply().status, 404);
    EXPECT_EQ(client.reply(true).header("Content-Length"), "5");
    EXPECT_EQ(client.reply().body, "quick");
    EXPECT_TRUE(client.is_closed());
}

TEST(Server, takes_a_request_in_the_smallest_pieces) {
    auto const server = serve(echo());
    Client client(server->port());
    for (char const c : std::string_view("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\nabc")) {
        client.send({&c, 1});
    }
    EXPECT_EQ(client.reply().body, "abc");
}

TEST(Server, takes_a_chunked_body_byte_by_byte) {
    auto const server = serve(echo());
    Client client(server->port());
    client.send("POST /echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (char const c : std::string("3\r\nabc\r\n0\r\nX: y\r\n\r\n")) client.send(std::string(1, c));
    EXPECT_EQ(client.reply().body, "abc");
}

TEST(Server, takes_chunked_bodies_and_ignores_their_trailers) {
    auto const server = serve(echo());
    Client client(server->port());
    auto const reply = client.ask(
        "POST /echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
        "3;note=x\r\nabc\r\n10\r\n0123456789abcdef\r\n0\r\nX-Trailer: y\r\n\r\n");
    EXPECT_EQ(reply.body, "abc0123456789abcdef");
    EXPECT_EQ(client.get("/echo/next").body, "next");
}

TEST(Server, tells_a_client_that_asks_first_to_go_on) {
    auto const server = serve(echo());
    Client client(server->port());
    client.send("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_EQ(client.until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
    client.send("abc");
    EXPECT_EQ(client.reply().body, "abc");
}

TEST(Server, answers_options_and_wrong_methods_with_allow) {
    auto const server = serve(echo());
    Client client(server->port());
    auto const options = client.ask("OPTIONS /echo HTTP/1.1\r\nHost: localhost\r\n\r\n");
    EXPECT_EQ(options.status, 204);
    EXPECT_EQ(options.header("Allow"), "POST, OPTIONS");
    auto const wrong = client.get("/echo");
    EXPECT_EQ(wrong.status, 405);
    EXPECT_EQ(wrong.header("Allow"), "POST, OPTIONS");
    EXPECT_EQ(wrong.header("Content-Type"), "application/problem+json");
}

TEST(Server, head_has_no_body) {
    auto const server = serve(echo());
    Client client(server->port());
    client.send("HEAD /echo/abc HTTP/1.1\r\nHost: localhost\r\n\r\n");
    EXPECT_EQ(client.reply(true).header("Content-Length"), "3");
    EXPECT_EQ(client.get("/echo/next").body, "next");
}

TEST(Server, an_exception_in_a_handler_is_reported_and_not_shown) {
    std::mutex mutex;
    std::string reported;
    auto const server = serve(echo(), {}, {{}, [&](std::string_view sentence) {
                                               std::lock_guard const lock(mutex);
                                               reported = sentence;
                                           }});
    Client client(server->port());
    auto const reply = client.get("/throws");
    EXPECT_EQ(reply.status, 500);
    EXPECT_EQ(reply.body.find("secret"), std::string::npos);
    EXPECT_EQ(client.get("/echo/next").body, "next");
    std::lock_guard const lock(mutex);
    EXPECT_EQ(reported, "GET /throws: secret detail");
}

TEST(Server, tells_every_exchange) {
    std::mutex mutex;
    std::vector<std::string> seen;
    auto const server =
        serve(echo(), {},
              {[&](Exchange const& exchange) {
                   std::lock_guard const lock(mutex);
                   seen.push_back(std::string(exchange.method) + ' ' + std::string(exchange.pattern) + ' ' +
                                  std::to_string(number(exchange.status)) + ' ' + exchange.peer.text());
               },
               {}});
    Client client(server->port());
    client.get("/echo/abc");
    client.get("/none");
    client.ask("nonsense\r\n\r\n");
    std::lock_guard const lock(mutex);
    EXPECT_EQ(seen,
              (std::vector<std::string>{"GET /echo/{name} 200 127.0.0.1", "GET  404 127.0.0.1", "  400 127.0.0.1"}));
}

TEST(Server, tells_handlers_how_and_under_which_name_it_was_asked) {
    Router router;
    router.add(Method::get, "/how", [](Request const& request) {
        return content("text/plain", std::string(to_text(request.scheme)) + "://" + request.authority);
    });
    auto const server = serve(std::move(router));
    Client client(server->port());
    EXPECT_EQ(client.ask("GET /how HTTP/1.1\r\nHost: localhost:8080\r\n\r\n").body, "http://localhost:8080");
    EXPECT_EQ(client.ask("GET http://[::1]/how HTTP/1.1\r\nHost: localhost\r\n\r\n").body, "http://[::1]");
}

TEST(Server, refuses_other_names_and_other_pages) {
    auto const server = serve(echo());
    Client client(server->port());
    EXPECT_EQ(client.ask("GET /echo/a HTTP/1.1\r\nHost: evil.example\r\n\r\n").status, 421);
    EXPECT_EQ(client.ask("GET /echo/a HTTP/1.1\r\n\r\n").status, 400);
    EXPECT_EQ(
        client.ask("POST /echo HTTP/1.1\r\nHost: localhost\r\nOrigin: http://evil.example\r\nContent-Length: 0\r\n\r\n")
            .status,
        403);
}

TEST(Server, refuses_what_is_malformed_and_closes) {
    auto const server = serve(echo());
    for (
        auto const* bad : {
            "nonsense\r\n\r\n",
            "GET /echo/a HTTP/3.0\r\nHost: localhost\r\n\r\n",
            "GET /%zz HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\n\r\n",
            "GET /echo/a HTTP/1.1\r\nHost localhost\r\n\r\n",
            "GET /echo/a HTTP/1.1\r\nHost: localhost\r\nBad Name: x\r\n\r\n",
            "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
            "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
            "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "POST /echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip\r\nConnection: close\r\n\r\n",
            "POST /echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
            "POST /echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            "POST /echo HTTP/1.0\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "\x16\x03\x01\x02\x01\x01\r\n\r\n",
        }) {
        Client client(server->port());
        auto const reply = client.ask(bad);
        EXPECT_EQ(reply.status, 400) << bad;
        EXPECT_EQ(reply.header("Content-Type"), "application/problem+json") << bad;
        EXPECT_TRUE(client.is_closed()) << bad;
    }
    Client wondering(server->port());
    EXPECT_EQ(wondering.get("/echo/a?b=%00%ff").status, 422) << "the address is good, what it asks is not";
    Client client(server->port());
    EXPECT_EQ(client.ask("BREW /pot HTTP/1.1\r\nHost: localhost\r\n\r\n").status, 501);
    Client fine(server->port());
    EXPECT_EQ(fine.get("/echo/a").status, 200);
}

TEST(Server, compresses_for_those_who_ask) {
    Router router;
    router.add(Method::get, "/long", [](Request const&) { return json(std::string(10'000, ' ') + "{}"); });
    auto const server = serve(std::move(router));
    Client client(server->port());
    auto const reply = client.ask("GET /long HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n\r\n");
    EXPECT_EQ(reply.header("Content-Encoding"), "gzip");
    EXPECT_LT(reply.body.size(), 200u);
    EXPECT_EQ(client.get("/long").body.size(), 10'002u);
}

TEST(Server, many_clients_at_once_each_get_their_own_answer) {
    ServerOptions options;
    options.limits.requests_per_second = 0;
    auto const server = serve(echo(), options);
    std::vector<std::future<int>> clients;
    for (int client = 0; client < 8; ++client) {
        clients.push_back(std::async(std::launch::async, [&server, client] {
            Client connection(server->port());
            int right = 0;
            for (int request = 0; request < 200; ++request) {
                auto const name = std::to_string(client) + "-" + std::to_string(request);
                right += connection.get("/echo/" + name).body == name ? 1 : 0;
            }
            return right;
        }));
    }
    for (auto& client : clients) EXPECT_EQ(client.get(), 200);
    EXPECT_EQ(server->figures().requests, 1600u);
}

}  // namespace
}  // namespace kula::net
