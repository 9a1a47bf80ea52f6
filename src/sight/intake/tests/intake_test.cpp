// Deliveries: raw first, every row accounted for, nothing twice.

#include "intake/intake.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <array>
#include <span>
#include <thread>

#include "formats/compression.hpp"
#include "house.hpp"

namespace kula::intake {
namespace {

using testing::report;

class Deliveries : public testing::House {
protected:
    static std::string packed(std::string const& text) {
        std::string out(text.size() + 1000, '\0');
        auto const room = std::as_writable_bytes(std::span(out));
        formats::Compressor compressor;
        auto made = compressor.step(std::as_bytes(std::span(text)), room).made;
        made += compressor.finish(room.subspan(made)).made;
        out.resize(made);
        return out;
    }
};
KULA_ON_BOTH_DATABASES(Deliveries);

TEST_P(Deliveries, account_for_every_row) {
    auto const account = read(report);
    EXPECT_EQ(account.rows, 4u);
    EXPECT_EQ(account.accepted, 2u);
    EXPECT_EQ(account.duplicates, 1u);
    EXPECT_EQ(account.quarantined, 1u);
    EXPECT_EQ(account.events, 2u);
    EXPECT_TRUE(account.is_complete);
    EXPECT_EQ(stored(), 2u);
    EXPECT_THAT(quarantined(), ::testing::ElementsAre("2@3 source.ip: is no address bm9uc2Vuc2Usd2VhdGhlcg=="));
}

TEST_P(Deliveries, of_the_same_content_and_source_are_one) {
    auto const first = read(report);
    auto const again = read(report);
    EXPECT_EQ(again.id, first.id);
    EXPECT_TRUE(again.came_before);
    EXPECT_EQ(stored(), 2u);
    EXPECT_EQ(quarantined().size(), 1u);
    auto const other = read(report, "other");
    EXPECT_EQ(other.duplicates, 3u) << "of the same happenings";
    EXPECT_EQ(stored(), 2u);
}

TEST_P(Deliveries, go_on_where_they_stopped) {
    std::string rows = "source.ip,source.port\n";
    for (int port = 1; port <= 5000; ++port) rows += "192.0.2.1," + std::to_string(port) + '\n';
    auto const whole = read(rows);
    EXPECT_EQ(whole.events, 5000u);
    // As a crash behind the first batch left it.
    auto const undone = database().write(storage::Priority::bulk, [](storage::Session& session) {
        session.execute("delete from event where row > 2000");
        session.execute("update delivery set state = 'stored', rows = 2000, accepted = 2000, events = 2000");
    });
    ASSERT_TRUE(undone.has_value());
    auto const rest = read(rows);
    EXPECT_FALSE(rest.came_before);
    EXPECT_EQ(rest.rows, 5000u);
    EXPECT_EQ(rest.events, 5000u);
    EXPECT_EQ(stored(), 5000u);
}

TEST_P(Deliveries, go_on_without_whoever_sent_them) {
    std::string rows = "source.ip,source.port\n";
    for (int port = 1; port <= 5000; ++port) rows += "192.0.2.1," + std::to_string(port) + '\n';
    auto const blob = blob_of(rows);
    std::stop_source stopped;
    stopped.request_stop();
    auto const none = intake->read({"report.csv", "example", mapping_of("csv")}, blob, stopped.get_token());
    ASSERT_TRUE(none.has_error());
    EXPECT_EQ(none.error().fault, base::Fault::unavailable);
    EXPECT_EQ(stored(), 0u);
    EXPECT_TRUE(intake->go_on(stopped.get_token()).has_error());
    EXPECT_EQ(intake->go_on({}).value(), 1u);
    EXPECT_EQ(stored(), 5000u);
    EXPECT_EQ(intake->go_on({}).value(), 0u);
    EXPECT_TRUE(read(rows).came_before);
}

TEST_P(Deliveries, that_come_twice_at_once_are_read_once) {
    std::string rows = "source.ip,source.port\n";
    for (int port = 1; port <= 5000; ++port) rows += "192.0.2.1," + std::to_string(port) + '\n';
    std::array<DeliveryAccount, 3> accounts;
    {
        std::vector<std::jthread> senders;
        for (auto& account : accounts) senders.emplace_back([&] { account = read(rows); });
    }
    EXPECT_EQ(stored(), 5000u);
    EXPECT_EQ(std::count_if(accounts.begin(), accounts.end(), [](auto const& each) { return each.came_before; }), 2);
    for (auto const& account : accounts) EXPECT_EQ(account.accepted, 5000u);
}

TEST_P(Deliveries, are_read_anew_by_a_mended_mapping) {
    constexpr auto rows = "source.ip,source.port\n192.0.2.1,80\n192.0.2.2,no\n";
    EXPECT_EQ(read(rows).quarantined, 1u);
    auto const mended = read(rows, "example", "example-sensor");
    EXPECT_FALSE(mended.came_before);
    EXPECT_EQ(mended.format, "example-sensor");
    EXPECT_EQ(mended.rows, 2u);
    EXPECT_EQ(mended.quarantined, 0u);
    EXPECT_THAT(quarantined(), ::testing::IsEmpty());
}

TEST_P(Deliveries, are_not_lost_for_a_hostile_cell) {
    constexpr std::string_view rows(
        "{\"classification.type\":\"\\u0000x\",\"count\":1}\n{\"source.ip\":\"192.0.2.1\"}\n");
    auto const account = read(rows, "example", "json");
    EXPECT_EQ(account.accepted, 1u);
    EXPECT_EQ(account.quarantined, 1u);
}

TEST_P(Deliveries, are_opened_and_tell_when_they_break_off) {
    EXPECT_EQ(read(packed(packed(report))).events, 2u);
    auto const cut = read(packed(report).substr(0, 60), "cut");
    EXPECT_FALSE(cut.is_complete);
    EXPECT_EQ(cut.reason, "it breaks off");
}

TEST_P(Deliveries, that_unpack_to_far_more_than_they_are_end_there) {
    auto const bomb = read(packed("a\n" + std::string(300u << 20, '\n')), "bomb");
    EXPECT_FALSE(bomb.is_complete);
    EXPECT_EQ(bomb.rows, 0u);
}

TEST_P(Deliveries, that_are_none_are_refused_and_kept) {
    auto const page = read("\n<!DOCTYPE html><html>Sorry</html>\n");
    EXPECT_TRUE(page.was_refused);
    EXPECT_EQ(page.reason, "it is a web page, not a report");
    EXPECT_EQ(page.rows, 0u);
    EXPECT_TRUE(read("").is_complete) << "empty is not missing";
    EXPECT_TRUE(read("source.ip\n").is_complete);
}

}  // namespace
}  // namespace kula::intake
