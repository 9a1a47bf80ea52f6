#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <mutex>
#include <thread>

#include "certificates.hpp"
#include "net/event_stream.hpp"
#include "net/server.hpp"
#include "serving.hpp"
#include "tls_client.hpp"

namespace kula::net {
namespace {

using std::chrono::milliseconds;
using testing::Client;
using testing::eventually;
using testing::TestIdentity;
using testing::TlsClient;
using testing::TlsWishes;

class ServerTls : public ::testing::Test {
protected:
    testing::Folder folder;
    TestIdentity const first{"first"};
    Broadcast broadcast{100};
    std::mutex mutex;
    std::vector<std::string> faults;

    std::unique_ptr<Server> serve(ServerOptions options = {}) {
        Router router;
        router.add(Method::get, "/how", [](Request const& request) {
            return content("text/plain", std::string(to_text(request.scheme)) + "://" + request.authority);
        });
        router.add(Method::post, "/echo",
                   [](Request const& request) { return content("application/octet-stream", request.body); },
                   {64u * 1024 * 1024, Lane::heavy});
        router.add(Method::get, "/huge",
                   [](Request const&) { return content("application/octet-stream", std::string(50'000'000, 'x')); });
        router.add(Method::get, "/stream", [this](Request const&) { return events(broadcast.subscribe({})); });
        if (!options.tls) options.tls = first.in(folder);
        auto server = Server::start(std::move(router), std::move(options), testing::real_time,
                                    {{}, [this](auto sentence) {
                                         std::lock_guard const lock(mutex);
                                         faults.emplace_back(sentence);
                                     }});
        EXPECT_TRUE(server) << server.error().detail;
        return std::move(*server);
    }
};

TEST_F(ServerTls, answers_in_the_newest_version_and_says_so_for_a_year) {
    auto const server = serve();
    EXPECT_EQ(server->url().substr(0, 18), "https://127.0.0.1:");
    TlsClient client(server->port());
    ASSERT_TRUE(client.shook_hands());
    EXPECT_EQ(client.version(), TLS1_3_VERSION);
    EXPECT_EQ(client.protocol(), "http/1.1");
    EXPECT_EQ(client.peer(), "first");
    auto const reply = client.get("/how");
    EXPECT_EQ(reply.body, "https://localhost");
    EXPECT_EQ(reply.header("Strict-Transport-Security"), "max-age=31536000");
    EXPECT_TRUE(client.get("/none").header("Strict-Transport-Security")) << "on the same connection, on errors too";
    EXPECT_TRUE(client.ask("nonsense\r\n\r\n").header("Strict-Transport-Security"));
}

TEST_F(ServerTls, takes_1_2_with_forward_secrecy_and_nothing_older) {
    auto const server = serve();
    TlsClient older(server->port(), {.most = TLS1_2_VERSION});
    ASSERT_TRUE(older.shook_hands());
    EXPECT_EQ(std::string(SSL_get_cipher(older.session())).substr(0, 6), "ECDHE-");
    EXPECT_EQ(older.get("/how").status, 200);
    EXPECT_FALSE(TlsClient(server->port(), {.least = TLS1_VERSION, .most = TLS1_1_VERSION}).shook_hands());
    EXPECT_TRUE(eventually([&] { return server->figures().failed_handshakes == 1; }));
}

TEST_F(ServerTls, speaks_http_1_1_and_says_so_to_those_who_want_another) {
    auto const server = serve();
    EXPECT_EQ(TlsClient(server->port(), {.protocol = ""}).get("/how").status, 200);
    EXPECT_FALSE(TlsClient(server->port(), {.protocol = "h2"}).shook_hands());
}

TEST_F(ServerTls, resumes_a_session_with_its_ticket) {
    auto const server = serve();
    TlsClient client(server->port());
    ASSERT_EQ(client.get("/how").status, 200);
    std::unique_ptr<SSL_SESSION, decltype(&SSL_SESSION_free)> const session(SSL_get1_session(client.session()),
                                                                            SSL_SESSION_free);
    EXPECT_EQ(SSL_SESSION_is_resumable(session.get()), 1);
}

TEST_F(ServerTls, closes_plain_http_without_a_reset) {
    auto const server = serve();
    Client plain(server->port());
    plain.send("GET /how HTTP/1.1\r\nHost: localhost\r\n\r\n");
    plain.rest();
    EXPECT_FALSE(plain.was_reset());
    EXPECT_EQ(server->figures().failed_handshakes, 1u);
    EXPECT_EQ(TlsClient(server->port()).get("/how").status, 200);
}

TEST_F(ServerTls, takes_a_request_byte_by_byte_and_pipelined_ones_in_order) {
    auto const server = serve();
    TlsClient client(server->port());
    for (char const c : std::string_view("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\nabc")) {
        client.send({&c, 1});
    }
    EXPECT_EQ(client.reply().body, "abc");
    client.send(
        "GET /how HTTP/1.1\r\nHost: localhost:1\r\n\r\nGET /none HTTP/1.1\r\nHost: localhost\r\n\r\n"
        "GET /how HTTP/1.1\r\nHost: localhost:3\r\nConnection: close\r\n\r\n");
    EXPECT_EQ(client.reply().body, "https://localhost:1");
    EXPECT_EQ(client.reply().status, 404);
    EXPECT_EQ(client.reply().body, "https://localhost:3");
    EXPECT_TRUE(client.is_closed());
    EXPECT_TRUE(client.was_told_the_end());
}

TEST_F(ServerTls, tells_a_client_that_asks_first_to_go_on) {
    auto const server = serve();
    TlsClient client(server->port());
    client.send("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_EQ(client.until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
    client.send("abc");
    EXPECT_EQ(client.reply().body, "abc");
}

TEST_F(ServerTls, carries_large_bodies_both_ways) {
    auto const server = serve();
    TlsClient client(server->port());
    std::string body(20'000'000, 'x');
    for (std::size_t at = 0; at < body.size(); at += 997) body[at] = static_cast<char>('a' + at % 23);
    client.send("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 20000000\r\n\r\n");
    client.send(body);
    EXPECT_TRUE(client.reply().body == body);
    EXPECT_EQ(client.get("/how").status, 200);
}

TEST_F(ServerTls, streams_events_and_tells_their_end) {
    auto const server = serve();
    TlsClient client(server->port());
    client.send("GET /stream HTTP/1.1\r\nHost: localhost\r\n\r\n");
    ASSERT_TRUE(client.until("\r\n\r\n"));
    for (int count = 0; count < 200; ++count) broadcast.publish("x", std::to_string(count));
    for (int count = 0; count < 200; ++count) {
        ASSERT_NE(client.until("\n\n")->find("data: " + std::to_string(count)), std::string::npos);
    }
    broadcast.close();
    EXPECT_TRUE(client.is_closed());
    EXPECT_TRUE(client.was_told_the_end()) << "a cut stream looks different";
    EXPECT_TRUE(eventually([&] { return server->figures().streams == 0; }));
}

TEST_F(ServerTls, notices_that_a_streams_client_has_left) {
    auto const server = serve();
    auto client = std::make_unique<TlsClient>(server->port());
    client->send("GET /stream HTTP/1.1\r\nHost: localhost\r\n\r\n");
    ASSERT_TRUE(client->until("\r\n\r\n"));
    ASSERT_TRUE(eventually([&] { return server->figures().streams == 1; }));
    client.reset();
    EXPECT_TRUE(eventually([&] { return server->figures().streams == 0; }));
}

TEST_F(ServerTls, slow_handshakes_hold_up_nobody_and_end_in_time) {
    ServerOptions options;
    options.deadlines.header = milliseconds(1500);
    options.limits.requests_per_second = 0;
    options.limits.connections_per_client = 0;
    auto const server = serve(options);
    std::vector<Client> slow;
    for (int made = 0; made < 400; ++made) {
        slow.emplace_back(server->port());
        slow.back().send(made % 2 == 0 ? std::string_view("") : std::string_view("\x16\x03\x01\x02\x00\x01\x00", 7));
    }
    ASSERT_TRUE(eventually([&] { return server->figures().accepted >= 400; }));
    auto const began = std::chrono::steady_clock::now();
    for (int made = 0; made < 10; ++made) ASSERT_EQ(TlsClient(server->port()).get("/how").status, 200);
    EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(5));
    EXPECT_TRUE(eventually([&] { return server->figures().failed_handshakes == 400; }));
    EXPECT_TRUE(slow.front().is_closed());
    EXPECT_TRUE(slow.back().is_closed());
}

TEST_F(ServerTls, keeps_the_deadlines_of_requests) {
    ServerOptions options;
    options.deadlines.header = milliseconds(300);
    options.deadlines.grace = milliseconds(300);
    options.deadlines.idle = milliseconds(300);
    auto const server = serve(options);
    TlsClient slow_head(server->port());
    slow_head.send("GET /how HTTP/1.1\r\n");
    EXPECT_EQ(slow_head.reply().status, 408);
    EXPECT_TRUE(slow_head.is_closed());
    TlsClient slow_body(server->port());
    slow_body.send("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nabc");
    EXPECT_EQ(slow_body.reply().status, 408);
    TlsClient idle(server->port());
    EXPECT_EQ(idle.get("/how").status, 200);
    EXPECT_TRUE(idle.is_closed());
    EXPECT_TRUE(idle.was_told_the_end());
}

TEST_F(ServerTls, closes_on_a_client_that_never_reads) {
    ServerOptions options;
    options.deadlines.grace = milliseconds(300);
    options.deadlines.slowest_rate = 1024 * 1024 * 1024;
    auto const server = serve(options);
    TlsClient client(server->port(), {.receive_buffer = 4096});
    client.send("GET /huge HTTP/1.1\r\nHost: localhost\r\n\r\n");
    EXPECT_TRUE(eventually([&] { return server->figures().timed_out == 1 && server->figures().connections == 0; }));
}

TEST_F(ServerTls, a_client_that_sends_on_still_reads_the_refusal) {
    auto const server = serve();
    TlsClient client(server->port());
    client.send("POST /how HTTP/1.1\r\nHost: localhost\r\nContent-Length: 500000\r\n\r\n" + std::string(500'000, 'x'));
    EXPECT_EQ(client.reply().status, 405);
}

TEST_F(ServerTls, takes_a_new_certificate_without_a_pause) {
    auto const server = serve();
    TlsClient before(server->port());
    EXPECT_EQ(before.get("/how").status, 200);
    TestIdentity const second("second", 7200);
    static_cast<void>(second.in(folder));
    auto const earlier = server->figures().certificate_expires;
    ASSERT_TRUE(server->reload_tls());
    EXPECT_EQ(TlsClient(server->port()).peer(), "second");
    EXPECT_EQ(before.get("/how").status, 200) << "who is connected stays";
    EXPECT_GT(server->figures().certificate_expires, earlier);
}

TEST_F(ServerTls, keeps_the_old_certificate_where_the_new_one_is_wrong) {
    auto const server = serve();
    folder.write("key.pem", TestIdentity("other").key_pem());
    auto const wrong_pair = server->reload_tls();
    ASSERT_FALSE(wrong_pair);
    EXPECT_NE(wrong_pair.error().detail.find("key.pem"), std::string::npos);
    static_cast<void>(TestIdentity("expired", -60).in(folder));
    auto const expired = server->reload_tls();
    ASSERT_FALSE(expired);
    EXPECT_EQ(expired.error().fault, base::Fault::invalid);
    EXPECT_NE(expired.error().detail.find("expired at"), std::string::npos);
    EXPECT_EQ(TlsClient(server->port()).peer(), "first");
}

TEST_F(ServerTls, starts_with_an_expired_certificate_and_reports_it) {
    ServerOptions options;
    options.tls = TestIdentity("expired", -60).in(folder);
    auto const server = serve(options);
    EXPECT_EQ(TlsClient(server->port()).get("/how").status, 200);
    std::lock_guard const lock(mutex);
    ASSERT_EQ(faults.size(), 1u);
    EXPECT_NE(faults[0].find("expired at"), std::string::npos);
}

TEST_F(ServerTls, does_not_start_without_its_key_and_names_it) {
    ServerOptions options;
    options.tls = first.in(folder);
    std::filesystem::remove(folder / "key.pem");
    auto const server = Server::start(Router(), options, testing::real_time);
    ASSERT_FALSE(server);
    EXPECT_NE(server.error().detail.find((folder / "key.pem").string()), std::string::npos);
}

TEST_F(ServerTls, listens_where_strangers_reach_it) {
    ServerOptions options;
    options.address = *base::Address::parse("0.0.0.0");
    options.reach = Reach::anywhere;
    auto const server = serve(options);
    EXPECT_EQ(TlsClient(server->port()).get("/how").status, 200);
}

TEST_F(ServerTls, stops_under_load_and_while_hands_are_shaken) {
    ServerOptions options;
    options.limits.requests_per_second = 0;
    options.deadlines.stop = milliseconds(500);
    auto const server = serve(options);
    Client half(server->port());
    half.send("\x16\x03\x01");
    std::atomic<bool> over = false;
    std::atomic<int> answered = 0;
    std::vector<std::thread> clients;
    for (int made = 0; made < 4; ++made) {
        clients.emplace_back([&, made] {
            while (!over) {
                TlsClient client(server->port());
                if (!client.shook_hands()) continue;
                if (made == 0) {
                    client.send("GET /stream HTTP/1.1\r\nHost: localhost\r\n\r\n");
                    static_cast<void>(client.until("\n\n"));
                    continue;
                }
                for (int request = 0; request < 10 && client.get("/how").status == 200; ++request) ++answered;
                if (made == 1) static_cast<void>(server->reload_tls());
            }
        });
    }
    clients.emplace_back([&] {
        while (!over) broadcast.publish("x", "y");
    });
    EXPECT_TRUE(eventually([&] { return answered > 200; }));
    server->stop();
    over = true;
    for (auto& client : clients) client.join();
    EXPECT_TRUE(half.is_closed());
}

}  // namespace
}  // namespace kula::net
