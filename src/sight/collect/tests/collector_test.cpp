#include "collect/collector.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <set>
#include <thread>
#include <utility>

#include "formats/export_encoder.hpp"
#include "loopback_exporter.hpp"

namespace kula::collect {
namespace {

using formats::ExportProtocol;
using testing::eventually;
using testing::LoopbackExporter;

/// What all takers together were given.
struct Heard {
    std::mutex mutex;
    std::vector<formats::Flow> flows;
    std::set<std::thread::id> threads;
    std::size_t undecodable = 0;
    std::size_t batches = 0;

    std::size_t size() {
        std::scoped_lock const lock(mutex);
        return flows.size();
    }
};

/// Keeps NetFlow v5 in place until its batch is done, as the matcher does.
class Keeper final : public FlowTaker {
public:
    explicit Keeper(Heard& heard) : heard_(heard) {}
    void flows(std::span<formats::Flow const> flows) override {
        flows_.insert(flows_.end(), flows.begin(), flows.end());
    }
    void netflow5(formats::Netflow5 const& datagram) override { views_.push_back(datagram); }
    void names(formats::Flow const&, std::span<formats::SeenName const>) override {}
    void undecodable(formats::Place, std::string_view) override { ++undecodable_; }
    void batch_done(base::Instant) override {
        for (auto const& view : views_) {
            for (std::size_t i = 0; i < view.size(); ++i) flows_.push_back(view.flow(i));
        }
        std::scoped_lock const lock(heard_.mutex);
        heard_.flows.insert(heard_.flows.end(), flows_.begin(), flows_.end());
        heard_.threads.insert(std::this_thread::get_id());
        heard_.undecodable += std::exchange(undecodable_, 0);
        ++heard_.batches;
        flows_.clear();
        views_.clear();
    }

private:
    Heard& heard_;
    std::vector<formats::Flow> flows_;
    std::vector<formats::Netflow5> views_;
    std::size_t undecodable_ = 0;
};

class CollectorTest : public ::testing::Test {
protected:
    base::Result<std::unique_ptr<Collector>> start(CollectSettings settings) {
        return Collector::start(settings, clock, [this] { return std::make_unique<Keeper>(heard); });
    }
    /// On any free port of the loopback.
    std::unique_ptr<Collector> listen(std::size_t sockets = 1, CollectSettings settings = {}) {
        settings.endpoints = {loopback4};
        settings.sockets_an_endpoint = sockets;
        auto started = start(settings);
        EXPECT_TRUE(started);
        return std::move(started).value();
    }

    Endpoint const loopback4 = *Endpoint::parse("127.0.0.1:0");
    Endpoint const loopback6 = *Endpoint::parse("[::1]:0");
    base::SystemClock clock;
    Heard heard;
};

std::vector<formats::Flow> some_flows(std::size_t count) {
    std::vector<formats::Flow> flows(count);
    for (std::size_t i = 0; i < count; ++i) {
        flows[i].source = base::Address::v4(0xC6336400U + static_cast<std::uint32_t>(i));
        flows[i].packets = i + 1;
    }
    return flows;
}

TEST_F(CollectorTest, hands_on_what_exporters_of_every_kind_send) {
    auto const collector = listen();
    auto const flows = some_flows(100);
    std::size_t expected = 0;
    for (auto const protocol : {ExportProtocol::netflow5, ExportProtocol::netflow9, ExportProtocol::ipfix}) {
        LoopbackExporter exporter(collector->endpoints().at(0), {.protocol = protocol});
        exporter.send(flows);
        expected += flows.size();
        ASSERT_TRUE(eventually([&] { return heard.size() == expected; }));
    }
    auto const state = collector->state();
    EXPECT_EQ(state.exporters.size(), 3U);
    EXPECT_EQ(state.sockets.at(0).records, 300U);
    EXPECT_GE(state.sockets.at(0).datagrams, 10U);
    EXPECT_GT(state.sockets.at(0).bytes, 300U * 40U);
    EXPECT_EQ(state.sockets.at(0).kernel_drops, 0U);
    EXPECT_EQ(state.lost, 0U);
    EXPECT_EQ(heard.flows[99].packets, 100U);
}

TEST_F(CollectorTest, listens_on_several_endpoints_of_both_families) {
    CollectSettings settings;
    settings.endpoints = {loopback4, loopback4, loopback6};
    auto const collector = start(settings);
    if (!collector && collector.error().fault == base::Fault::invalid) GTEST_SKIP() << collector.error().detail;
    ASSERT_TRUE(collector) << collector.error().detail;
    auto const endpoints = (*collector)->endpoints();
    ASSERT_EQ(endpoints.size(), 3U);
    EXPECT_NE(endpoints[0].port, endpoints[1].port);
    for (auto const& endpoint : endpoints) LoopbackExporter(endpoint, {}).send(some_flows(10));
    EXPECT_TRUE(eventually([&] { return heard.size() == 30; }));
    auto const exporters = (*collector)->state().exporters;
    ASSERT_EQ(exporters.size(), 3U);
    EXPECT_EQ(exporters[2].exporter.address.text(), "::1");
}

TEST_F(CollectorTest, shares_one_port_among_several_threads) {
    auto const collector = listen(4);
    EXPECT_EQ(collector->endpoints().size(), 1U);
    std::vector<std::unique_ptr<LoopbackExporter>> exporters;
    for (int i = 0; i < 64; ++i) {
        exporters.push_back(std::make_unique<LoopbackExporter>(
            collector->endpoints()[0], formats::ExportSettings{.protocol = ExportProtocol::netflow9}));
        exporters.back()->send(some_flows(50));
    }
    ASSERT_TRUE(eventually([&] { return heard.size() == 64 * 50; }));
    auto const state = collector->state();
    EXPECT_EQ(state.sockets.size(), 4U);
    EXPECT_EQ(state.exporters.size(), 64U);
    EXPECT_EQ(state.lost, 0U);
    auto const busy = std::count_if(state.sockets.begin(), state.sockets.end(),
                                    [](SocketState const& socket) { return socket.records > 0; });
    EXPECT_GT(busy, 1);
}

TEST_F(CollectorTest, decodes_data_with_the_template_that_came_to_another_socket) {
    auto const collector = listen(4);
    std::vector<std::unique_ptr<LoopbackExporter>> exporters;
    for (int i = 0; i < 16; ++i) {
        exporters.push_back(std::make_unique<LoopbackExporter>(collector->endpoints()[0], formats::ExportSettings{}));
    }
    exporters[0]->send(some_flows(1));
    ASSERT_TRUE(eventually([&] { return heard.size() == 1; }));
    for (std::size_t i = 1; i < exporters.size(); ++i) exporters[i]->send_without_templates(some_flows(1));
    EXPECT_TRUE(eventually([&] { return heard.size() == 16; }));
}

TEST_F(CollectorTest, names_the_endpoint_that_is_taken) {
    auto const collector = listen();
    auto const taken = collector->endpoints()[0];
    for (std::size_t const sockets : {1U, 2U}) {
        CollectSettings settings;
        settings.endpoints = {taken};
        settings.sockets_an_endpoint = sockets;
        auto const second = start(settings);
        ASSERT_FALSE(second);
        EXPECT_EQ(second.error().fault, base::Fault::unavailable);
        EXPECT_NE(second.error().detail.find(taken.text()), std::string::npos) << second.error().detail;
    }
}

TEST_F(CollectorTest, does_not_slip_into_a_port_that_others_share) {
    auto const collector = listen(2);
    CollectSettings settings;
    settings.endpoints = collector->endpoints();
    settings.sockets_an_endpoint = 2;
    EXPECT_FALSE(start(settings));
}

TEST_F(CollectorTest, refuses_settings_that_cannot_be) {
    CollectSettings settings;
    EXPECT_EQ(start(settings).error().fault, base::Fault::invalid);
    settings.endpoints = {*Endpoint::parse("192.0.2.1:0")};
    auto const nowhere = start(settings);
    ASSERT_FALSE(nowhere);
    EXPECT_EQ(nowhere.error().fault, base::Fault::invalid);
    EXPECT_NE(nowhere.error().detail.find("192.0.2.1"), std::string::npos);
    settings.endpoints = {loopback4};
    settings.sockets_an_endpoint = 0;
    EXPECT_EQ(start(settings).error().fault, base::Fault::invalid);
    settings.sockets_an_endpoint = 1000;
    EXPECT_EQ(start(settings).error().fault, base::Fault::invalid);
}

TEST_F(CollectorTest, gives_the_port_back_and_takes_up_again) {
    auto collector = listen();
    CollectSettings settings;
    settings.endpoints = collector->endpoints();
    LoopbackExporter exporter(collector->endpoints()[0], {.protocol = ExportProtocol::netflow9});
    exporter.send(some_flows(5));
    ASSERT_TRUE(eventually([&] { return heard.size() == 5; }));
    collector->stop();
    auto again = start(settings);
    ASSERT_TRUE(again) << again.error().detail;
    exporter.send(some_flows(5));
    EXPECT_TRUE(eventually([&] { return (*again)->state().exporters.size() == 1; }));
    exporter.send_templates();
    EXPECT_TRUE(eventually([&] { return heard.size() == 10; }));
    EXPECT_EQ((*again)->state().lost, 0U);
}

TEST_F(CollectorTest, takes_what_has_arrived_before_it_stops) {
    for (int round = 0; round < 20; ++round) {
        auto const collector = listen();
        LoopbackExporter(collector->endpoints()[0], {.protocol = ExportProtocol::netflow5}).send(some_flows(300));
        collector->stop();
        collector->stop();
        EXPECT_EQ(collector->state().sockets[0].records, 300U);
    }
    EXPECT_EQ(heard.size(), 20U * 300U);
}

TEST_F(CollectorTest, tells_data_whose_template_never_came_when_it_stops) {
    auto const collector = listen();
    LoopbackExporter exporter(collector->endpoints()[0], {});
    exporter.send_without_templates(some_flows(5));
    ASSERT_TRUE(eventually([&] { return collector->state().sockets[0].datagrams == 1; }));
    EXPECT_EQ(collector->state().sockets[0].undecodable, 0U);
    collector->stop();
    EXPECT_EQ(collector->state().sockets[0].undecodable, 1U);
    EXPECT_EQ(heard.undecodable, 1U);
}

TEST_F(CollectorTest, counts_what_is_no_export) {
    auto const collector = listen();
    LoopbackExporter exporter(collector->endpoints()[0], {});
    exporter.send_bytes(std::vector<std::byte>(60'000));
    exporter.send_bytes({});
    EXPECT_TRUE(eventually([&] { return collector->state().sockets[0].undecodable == 2; }));
    EXPECT_EQ(collector->state().sockets[0].bytes, 60'000U);
}

TEST_F(CollectorTest, shows_what_sequence_numbers_miss) {
    auto const collector = listen();
    LoopbackExporter exporter(collector->endpoints()[0], {.protocol = ExportProtocol::netflow5});
    exporter.send(some_flows(30));
    exporter.skip(some_flows(90));
    exporter.send(some_flows(30));
    EXPECT_TRUE(eventually([&] { return collector->state().lost == 90; }));
    EXPECT_EQ(collector->state().sockets[0].kernel_drops, 0U);
}

/// Does not come back from its first batch until it is let.
class Blocker final : public FlowTaker {
public:
    explicit Blocker(std::atomic<bool> const& may_go) : may_go_(may_go) {}
    void flows(std::span<formats::Flow const>) override {}
    void netflow5(formats::Netflow5 const&) override {
        while (!may_go_) std::this_thread::yield();
    }
    void names(formats::Flow const&, std::span<formats::SeenName const>) override {}
    void undecodable(formats::Place, std::string_view) override {}
    void batch_done(base::Instant) override {}

private:
    std::atomic<bool> const& may_go_;
};

TEST_F(CollectorTest, shows_what_the_kernel_dropped_and_the_sequence_numbers_agree) {
    CollectSettings settings;
    settings.endpoints = {loopback4};
    settings.receive_buffer = 64 * 1024;
    std::atomic<bool> may_go = false;
    auto started = Collector::start(settings, clock, [&] { return std::make_unique<Blocker>(may_go); });
    ASSERT_TRUE(started);
    auto const collector = std::move(started).value();
    EXPECT_LE(collector->state().sockets[0].receive_buffer, 64U * 1024U);
    LoopbackExporter exporter(collector->endpoints()[0], {.protocol = ExportProtocol::netflow5});
    std::uint64_t sent = 0;
    EXPECT_TRUE(eventually([&] {
        exporter.send(some_flows(300));
        sent += 10;
        return collector->state().sockets[0].kernel_drops > 0;
    }));
    may_go = true;
    EXPECT_TRUE(eventually([&] {
        auto const socket = collector->state().sockets[0];
        return socket.datagrams + socket.kernel_drops == sent;
    }));
    exporter.send(some_flows(30));
    EXPECT_TRUE(eventually([&] {
        auto const state = collector->state();
        return state.lost == state.sockets[0].kernel_drops * 30;
    }));
}

TEST_F(CollectorTest, keeps_to_its_bound_of_exporters) {
    CollectSettings settings;
    settings.limits.exporters = 4;
    auto const collector = listen(1, settings);
    for (int i = 0; i < 20; ++i) {
        LoopbackExporter(collector->endpoints()[0], {.protocol = ExportProtocol::netflow5}).send(some_flows(1));
    }
    EXPECT_TRUE(eventually([&] { return heard.size() == 20; }));
    EXPECT_EQ(collector->state().exporters.size(), 4U);
}

TEST_F(CollectorTest, calls_its_takers_also_while_nothing_comes) {
    CollectSettings settings;
    settings.tick = std::chrono::milliseconds(5);
    auto const collector = listen(2, settings);
    EXPECT_TRUE(eventually([&] {
        std::scoped_lock const lock(heard.mutex);
        return heard.batches >= 10 && heard.threads.size() == 2;
    }));
}

TEST_F(CollectorTest, measures_rates_over_an_interval) {
    CollectSettings settings;
    settings.tick = std::chrono::milliseconds(5);
    settings.rate_interval = std::chrono::milliseconds(50);
    auto const collector = listen(1, settings);
    LoopbackExporter exporter(collector->endpoints()[0], {.protocol = ExportProtocol::netflow5});
    EXPECT_TRUE(eventually([&] {
        exporter.send(some_flows(30));
        return collector->state().sockets[0].records_a_second > 0;
    }));
    EXPECT_GT(collector->state().sockets[0].datagrams_a_second, 0.0);
    EXPECT_TRUE(eventually([&] { return collector->state().sockets[0].records_a_second == 0.0; }));
}

}  // namespace
}  // namespace kula::collect
