#include <gtest/gtest.h>

#include <atomic>

#include "client.hpp"
#include "net/server.hpp"
#include "serving.hpp"

namespace kula::net {
namespace {

using testing::Client;
using testing::eventually;

std::string const export_request = "GET /export HTTP/1.1\r\nHost: localhost\r\n\r\n";

struct ServerParts : ::testing::Test {
    /// `count` parts of this text.
    std::unique_ptr<Server> serve(std::size_t count, std::string const& text, Limits limits = {}) {
        Router router;
        router.add(Method::get, "/export", [this, count, text](Request const&) {
            auto response = content("text/plain", "");
            response.body = Parts{[this, left = count, text]() mutable -> std::optional<std::string> {
                if (breaks_at == made.load()) throw std::runtime_error("the database went");
                if (left == 0) return std::nullopt;
                --left;
                ++made;
                return text;
            }};
            return response;
        });
        router.add(Method::get, "/ok", [](Request const&) { return content("text/plain", "ok"); });
        ServerOptions options;
        options.limits = limits;
        Observers observers;
        observers.fault = [this](std::string_view sentence) {
            std::lock_guard const lock(mutex);
            faults.emplace_back(sentence);
        };
        auto server = Server::start(std::move(router), std::move(options), testing::real_time, std::move(observers));
        EXPECT_TRUE(server);
        return std::move(*server);
    }
    std::atomic<std::size_t> made = 0;
    std::optional<std::size_t> breaks_at{};
    std::mutex mutex;
    std::vector<std::string> faults;
};

TEST_F(ServerParts, are_sent_in_chunks_and_the_connection_goes_on) {
    auto const server = serve(3, "part\n");
    Client client(server->port());
    client.send(export_request);
    auto const answer = client.until("0\r\n\r\n");
    ASSERT_TRUE(answer);
    EXPECT_NE(answer->find("Transfer-Encoding: chunked\r\n"), std::string::npos);
    EXPECT_EQ(answer->find("Content-Length"), std::string::npos);
    EXPECT_NE(answer->find("\r\n\r\n5\r\npart\n\r\n5\r\npart\n\r\n5\r\npart\n\r\n0\r\n\r\n"), std::string::npos);
    client.send("GET /ok HTTP/1.1\r\nHost: localhost\r\n\r\n");
    EXPECT_TRUE(client.until("\r\n\r\nok"));
}

TEST_F(ServerParts, without_bytes_end_nothing) {
    auto const server = serve(3, "");
    Client client(server->port());
    client.send(export_request);
    EXPECT_TRUE(client.until("\r\n\r\n0\r\n\r\n"));
    EXPECT_EQ(made, 3u);
}

TEST_F(ServerParts, are_not_made_ahead_of_who_does_not_read) {
    constexpr std::size_t count = 1000;
    auto const server = serve(count, std::string(1024 * 1024, 'x'));
    Client client(server->port());
    client.send(export_request);
    ASSERT_TRUE(client.until("\r\n\r\n"));
    EXPECT_TRUE(eventually([&] { return made > 0; }));
    Client other(server->port());
    other.send("GET /ok HTTP/1.1\r\nHost: localhost\r\n\r\n");
    EXPECT_TRUE(other.until("\r\n\r\nok"));
    EXPECT_LT(made, 100u) << "only what fits into the sockets is made";
}

TEST_F(ServerParts, that_break_off_lack_their_end_and_are_reported) {
    breaks_at = 2;
    auto const server = serve(5, "part\n");
    Client client(server->port());
    client.send(export_request);
    auto const all = client.rest();
    EXPECT_NE(all.find("part\n"), std::string::npos);
    EXPECT_EQ(all.find("\r\n0\r\n\r\n"), std::string::npos);
    std::lock_guard const lock(mutex);
    ASSERT_EQ(faults.size(), 1u);
    EXPECT_NE(faults.front().find("the database went"), std::string::npos);
}

TEST_F(ServerParts, are_none_for_head_and_refused_to_clients_that_know_no_chunks) {
    auto const server = serve(3, "part\n");
    Client old(server->port());
    old.send("GET /export HTTP/1.0\r\nHost: localhost\r\n\r\n");
    EXPECT_TRUE(old.until("HTTP/1.1 501"));
    Client client(server->port());
    client.send("HEAD /export HTTP/1.1\r\nHost: localhost\r\n\r\nGET /ok HTTP/1.1\r\nHost: localhost\r\n\r\n");
    EXPECT_TRUE(client.until("\r\n\r\nok"));
    EXPECT_EQ(made, 0u);
}

}  // namespace
}  // namespace kula::net
