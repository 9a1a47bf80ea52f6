#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <span>
#include <thread>

#include "house.hpp"

namespace kula::api {
namespace {

using testing::House;

/// Wants none of the flows.
class Nobody final : public collect::FlowTaker {
public:
    void flows(std::span<formats::Flow const>) override {}
    void netflow5(formats::Netflow5 const&) override {}
    void names(formats::Flow const&, std::span<formats::SeenName const>) override {}
    void undecodable(formats::Place, std::string_view) override {}
    void batch_done(base::Instant) override {}
};

/// One NetFlow v5 datagram of one flow, its sequence number being `sequence`.
std::array<std::uint8_t, 72> datagram(std::uint8_t sequence) {
    std::array<std::uint8_t, 72> bytes{0, 5, 0, 1};
    bytes[19] = sequence;
    return bytes;
}

struct Exporters : House {
    Exporters() {
        collect::CollectSettings settings;
        settings.endpoints.push_back(*collect::Endpoint::parse("127.0.0.1:0"));
        collector =
            testing::opened(collect::Collector::start(settings, clock, [] { return std::make_unique<Nobody>(); }));
        doors->watch(collector.get());
    }
    ~Exporters() override {
        doors->close();
        ::close(udp);
    }

    void send(std::uint8_t sequence) const { send(datagram(sequence)); }
    void send(std::span<std::uint8_t const> bytes) const {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(collector->endpoints().front().port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        EXPECT_EQ(::sendto(udp, bytes.data(), bytes.size(), 0, reinterpret_cast<sockaddr*>(&address), sizeof address),
                  static_cast<ssize_t>(bytes.size()));
    }
    /// Asks until so many datagrams have come, 20 s at most.
    testing::Plain after(std::uint64_t datagrams) {
        auto const end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
        for (;;) {
            auto const json = get("/api/v1/exporters").json;
            auto const came = json.at("sockets").at(0).at("datagrams").get<std::uint64_t>();
            if (came >= datagrams || std::chrono::steady_clock::now() > end) return json;
            std::this_thread::yield();
        }
    }

    int const udp = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    std::unique_ptr<collect::Collector> collector;
};

TEST_F(Exporters, are_shown_with_sockets_and_counts) {
    auto const before = get("/api/v1/exporters").json;
    EXPECT_TRUE(before.at("exporters").empty());
    EXPECT_EQ(before.at("sockets").at(0).at("local"), collector->endpoints().front().text());
    send(10);
    auto const one = after(1).at("exporters").at(0);
    EXPECT_EQ(one.at("address"), "127.0.0.1");
    EXPECT_EQ(one.at("protocol"), "netflow5");
    EXPECT_EQ(one.at("records"), 1);
    EXPECT_EQ(one.at("bytes"), 72);
    EXPECT_EQ(one.at("lost"), 0);
    EXPECT_EQ(one.at("local"), collector->endpoints().front().text());
    EXPECT_EQ(one.at("first_seen"), "2026-11-21T10:20:30Z");
    EXPECT_TRUE(one.at("sampling").is_null());
}

TEST_F(Exporters, do_not_hide_what_is_no_export) {
    std::array<std::uint8_t, 4> const noise{'n', 'o', 'p', 'e'};
    send(noise);
    auto const came = after(1);
    EXPECT_TRUE(came.at("exporters").empty());
    EXPECT_EQ(came.at("sockets").at(0).at("undecodable"), 1);
}

TEST_F(Exporters, keep_the_moment_they_were_first_seen) {
    send(10);
    after(1);
    clock.advance(std::chrono::hours(1));
    send(11);
    auto const one = after(2).at("exporters").at(0);
    EXPECT_EQ(one.at("first_seen"), "2026-11-21T10:20:30Z");
    EXPECT_EQ(one.at("last_seen"), "2026-11-21T11:20:30Z");
}

TEST_F(Exporters, are_counted_for_prometheus) {
    send(10);
    after(1);
    auto const text = ask(net::Method::get, "/metrics").text;
    EXPECT_NE(text.find("kula_collect_datagrams_total{local=\"" + collector->endpoints().front().text()),
              std::string::npos)
        << text;
    EXPECT_NE(text.find("kula_exporter_records_total{exporter=\"127.0.0.1\""), std::string::npos);
}

}  // namespace
}  // namespace kula::api
