// The client against the server of this room.
#include <gtest/gtest.h>

#include <csignal>

#include "certificates.hpp"
#include "net/client.hpp"
#include "net/event_stream.hpp"
#include "net/problem.hpp"
#include "net/server.hpp"
#include "serving.hpp"

namespace kula::net {
namespace {

class ServerAndClient : public ::testing::Test {
protected:
    testing::Folder folder;
    Broadcast broadcast{100};

    static void SetUpTestSuite() { static_cast<void>(std::signal(SIGPIPE, SIG_IGN)); }

    std::unique_ptr<Server> serve(std::optional<TlsOptions> tls = {},
                                  base::Address address = base::Address::v4(0x7f000001)) {
        Router router;
        router.add(Method::get, "/who", [](Request const& request) {
            return content("text/plain", std::string(request.header("Authorization").value_or("nobody")) + ' ' +
                                             std::string(request.query_value("x").value_or("-")));
        });
        router.add(Method::post, "/echo",
                   [](Request const& request) { return content(request.media_type(), request.body, Status::created); });
        router.add(Method::get, "/large",
                   [](Request const&) { return content("text/plain", std::string(3'000'000, 'x')); });
        router.add(Method::get, "/elsewhere", [](Request const&) { return redirect("/who"); });
        router.add(Method::get, "/refuses", [](Request const&) {
            return to_response(Problem{Status::service_unavailable, "later", {}, std::chrono::seconds(7)});
        });
        router.add(Method::get, "/stream", [this](Request const&) { return events(broadcast.subscribe({})); });
        ServerOptions options;
        options.tls = std::move(tls);
        options.address = address;
        options.deadlines.heartbeat = std::chrono::milliseconds(2'000);  // Longer than the silence that is tried.
        auto server = Server::start(std::move(router), std::move(options), testing::real_time);
        EXPECT_TRUE(server) << server.error().detail;
        return std::move(*server);
    }

    static std::unique_ptr<Client> client(ClientOptions options) {
        auto opened = Client::open(std::move(options));
        EXPECT_TRUE(opened) << opened.error().detail;
        return std::move(*opened);
    }
    static ClientAnswer asked(Client& client, std::string target) {
        auto answer = client.ask({.target = std::move(target)});
        EXPECT_TRUE(answer) << answer.error().detail;
        return answer ? std::move(*answer) : ClientAnswer{};
    }
};

TEST_F(ServerAndClient, the_token_goes_with_every_request) {
    auto const server = serve();
    auto const known = client({.server = server->url() + '/', .bearer_token = "kula_secret"});
    EXPECT_EQ(asked(*known, "/who").body, "Bearer kula_secret -");
    EXPECT_EQ(asked(*known, "/who?x=" + percent_encoded("Скопје & +")).body, "Bearer kula_secret Скопје & +");
    EXPECT_EQ(asked(*client({.server = server->url()}), "/who").body, "nobody -");
}

TEST_F(ServerAndClient, sends_a_body_and_takes_one) {
    auto const server = serve();
    auto const one = client({.server = server->url()});
    ClientRequest request{.method = Method::post, .target = "/echo", .body = std::string("a\0b", 3)};
    request.headers.set("Content-Type", "text/csv");
    auto const answer = one->ask(request);
    ASSERT_TRUE(answer) << answer.error().detail;
    EXPECT_EQ(answer->status, 201u);
    EXPECT_EQ(answer->body, std::string("a\0b", 3));
    EXPECT_EQ(answer->headers.find("content-type"), "text/csv");
    EXPECT_EQ(asked(*one, "/who").body, "nobody -") << "nothing of the request before is left";
}

TEST_F(ServerAndClient, a_redirect_is_an_answer_and_not_followed) {
    auto const server = serve();
    auto const answer = asked(*client({.server = server->url(), .bearer_token = "kula_secret"}), "/elsewhere");
    EXPECT_EQ(answer.status, 302u);
    EXPECT_EQ(answer.headers.find("Location"), "/who");
    EXPECT_FALSE(answer.is_good());
}

TEST_F(ServerAndClient, a_refusal_is_an_answer_with_its_headers) {
    auto const server = serve();
    std::string sunk;
    auto const answer = client({.server = server->url()})->ask({.target = "/refuses"}, [&](auto bytes) {
        sunk += bytes;
        return true;
    });
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 503u);
    EXPECT_EQ(answer->headers.find("Retry-After"), "7");
    EXPECT_NE(answer->body.find("later"), std::string::npos) << "only a good answer goes into the sink";
    EXPECT_EQ(sunk, "");
}

TEST_F(ServerAndClient, an_answer_has_a_bound_and_a_sink_has_none) {
    auto const server = serve();
    auto const one = client({.server = server->url(), .largest_answer = 1024 * 1024});
    auto const answer = one->ask({.target = "/large"});
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().detail, "the answer is larger than 1 MiB");
    std::size_t taken = 0;
    EXPECT_TRUE(one->ask({.target = "/large"}, [&](auto bytes) { return taken += bytes.size(), true; }));
    EXPECT_EQ(taken, 3'000'000u);
}

TEST_F(ServerAndClient, a_sink_ends_a_stream) {
    auto const server = serve();
    auto const one = client({.server = server->url()});
    std::string taken;
    auto const answer = one->ask({.target = "/stream"}, [&](auto bytes) {
        taken += bytes;
        broadcast.publish("sightings", "{}");
        return taken.find("data: {}") == std::string::npos;
    });
    ASSERT_TRUE(answer) << answer.error().detail;
    EXPECT_EQ(answer->status, 200u);
}

TEST_F(ServerAndClient, says_that_nobody_is_there) {
    auto server = serve();
    auto const url = server->url();
    server.reset();
    auto const answer = client({.server = url})->ask({});
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().fault, base::Fault::unavailable);
    EXPECT_EQ(answer.error().detail.find("`" + url + "` cannot be reached: "), 0u) << answer.error().detail;
}

TEST_F(ServerAndClient, says_that_a_server_is_silent) {
    auto const server = serve();
    auto const answer =
        client({.server = server->url(), .silence = std::chrono::seconds(1)})->ask({.target = "/stream"});
    ASSERT_FALSE(answer);
    EXPECT_NE(answer.error().detail.find("does not answer"), std::string::npos) << answer.error().detail;
}

TEST_F(ServerAndClient, believes_only_the_authorities_it_was_told) {
    testing::TestIdentity const identity("first");
    auto const server = serve(identity.in(folder));
    auto const ours = folder / "certificate.pem";
    EXPECT_EQ(asked(*client({.server = server->url(), .authorities = ours}), "/who").status, 200u);
    for (auto const& authorities :
         {std::filesystem::path(), folder.write("other.pem", testing::TestIdentity("other").certificate_pem())}) {
        auto const answer = client({.server = server->url(), .authorities = authorities})->ask({.target = "/who"});
        ASSERT_FALSE(answer);
        EXPECT_NE(answer.error().detail.find("is not to be believed"), std::string::npos) << answer.error().detail;
    }
}

TEST_F(ServerAndClient, the_certificate_must_be_for_the_name_that_was_asked) {
    testing::TestIdentity const identity("first");  // For `localhost` and 127.0.0.1.
    auto const server = serve(identity.in(folder), base::Address::v4(0x7f000002));
    auto const answer =
        client({.server = server->url(), .authorities = folder / "certificate.pem"})->ask({.target = "/who"});
    ASSERT_FALSE(answer);
    EXPECT_NE(answer.error().detail.find("is not to be believed"), std::string::npos) << answer.error().detail;
}

TEST(ClientServers, plain_http_is_for_this_machine_alone) {
    for (auto const* url : {"http://localhost:8080", "http://127.0.0.1", "http://127.9.9.9:1", "http://[::1]:8080",
                            "https://kula.example"})
        EXPECT_TRUE(Client::open({.server = url})) << url;
    for (auto const* url : {"http://kula.example", "http://192.0.2.1:8080", "http://localhost.example",
                            "http://127.0.0.1.example", "http://[::2]/", "ftp://localhost", "kula", "", "https://",
                            "https://name:word@kula.example", "https://kula.example?x", "https://kula.example#x"})
        EXPECT_FALSE(Client::open({.server = url})) << url;
    EXPECT_TRUE(Client::open({.server = "http://192.0.2.1:8080", .in_the_clear = InTheClear::anywhere}));
}

TEST(ClientServers, a_token_that_would_break_a_header_is_refused_and_not_told) {
    auto const opened = Client::open({.server = "https://kula.example", .bearer_token = "kula_a\r\nX: y"});
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().detail.find("kula_a"), std::string::npos);
}

TEST_F(ServerAndClient, reaches_only_addresses_it_may) {
    auto const server = serve();
    base::Address asked_for;
    auto const none = client({.server = server->url(), .may_reach = [&](base::Address to) {
                                  asked_for = to;
                                  return false;
                              }});
    auto const answer = none->ask({.target = "/who"});
    ASSERT_TRUE(answer.has_error());
    EXPECT_EQ(answer.error().fault, base::Fault::refused) << answer.error().detail;
    EXPECT_EQ(asked_for.text(), "127.0.0.1");
    auto const any = client({.server = server->url(), .may_reach = [](base::Address) { return true; }});
    EXPECT_EQ(asked(*any, "/who").body, "nobody -");
}

TEST_F(ServerAndClient, ends_what_it_is_at_when_it_is_stopped) {
    auto const server = serve();
    std::stop_source source;
    auto const one = client({.server = server->url(), .stop = source.get_token()});
    auto const answer = one->ask({.target = "/stream"}, [&](std::string_view) {
        source.request_stop();
        return true;
    });
    ASSERT_TRUE(answer.has_error());
    EXPECT_EQ(answer.error().detail, "it was stopped");
}

}  // namespace
}  // namespace kula::net
