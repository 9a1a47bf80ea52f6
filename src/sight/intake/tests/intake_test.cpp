// Deliveries: raw first, every row accounted for, nothing twice.

#include "intake/intake.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <array>
#include <span>
#include <thread>

#include "formats/compression.hpp"
#include "house.hpp"
#include "intake/finished.hpp"
#include "intake_migrations.hpp"

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
    constexpr auto rows = "source.ip,source.port\n192.0.2.1,80\nno,80\n";
    EXPECT_EQ(read(rows).quarantined, 1u);
    auto const mended = read(rows, "example", "example-sensor");
    EXPECT_FALSE(mended.came_before);
    EXPECT_EQ(mended.format, "example-sensor");
    EXPECT_EQ(mended.rows, 2u);
    EXPECT_EQ(mended.quarantined, 0u);
    EXPECT_THAT(quarantined(), ::testing::IsEmpty());
}

/// What the source `list` lists now.
std::vector<std::string> listed(indicators::Store const& indicators) {
    std::vector<std::string> out;
    EXPECT_TRUE(indicators
                    .for_each_active([&](indicators::Value const& value, auto, auto const& listings) {
                        EXPECT_EQ(listings.front().source, "list");
                        out.push_back(value.text());
                    })
                    .has_value());
    std::sort(out.begin(), out.end());
    return out;
}

TEST_P(Deliveries, that_are_block_lists_are_the_present_word_of_their_source) {
    auto const first = read("45.9.20.1\n45.9.20.2\n45.9.20.3\n", "list", "ci_army");
    ASSERT_TRUE(first.list.has_value());
    EXPECT_EQ(first.list->listed, 3u);
    EXPECT_EQ(first.list->fresh, 3u);
    EXPECT_EQ(first.events, 3u);
    auto const next = read("45.9.20.2\n45.9.20.3\n45.9.20.4\n", "list", "ci_army");
    ASSERT_TRUE(next.list.has_value());
    EXPECT_EQ(next.list->fresh, 1u);
    EXPECT_EQ(next.list->gone, 1u);
    EXPECT_EQ(next.duplicates, 2u);
    EXPECT_THAT(listed(*indicators), ::testing::ElementsAre("45.9.20.2", "45.9.20.3", "45.9.20.4"));
    // As it was before, word for word: known, and the present word all the same.
    auto const back = read("45.9.20.1\n45.9.20.2\n45.9.20.3\n", "list", "ci_army");
    EXPECT_TRUE(back.came_before);
    EXPECT_EQ(back.list->gone, 1u);
    EXPECT_EQ(back.id, first.id);
    EXPECT_THAT(listed(*indicators), ::testing::ElementsAre("45.9.20.1", "45.9.20.2", "45.9.20.3"));
    EXPECT_EQ(stored(), 4u);
}

TEST_P(Deliveries, that_are_block_lists_cut_short_change_no_indicator) {
    std::string whole;
    for (int host = 1; host <= 100; ++host) whole += "45.9.20." + std::to_string(host) + '\n';
    EXPECT_EQ(read(whole, "list", "ci_army").list->listed, 100u);
    auto const shrunk = read(whole.substr(0, 200), "list", "ci_army");
    EXPECT_FALSE(shrunk.list.has_value());
    EXPECT_FALSE(shrunk.is_complete);
    EXPECT_THAT(shrunk.reason.value_or(""), ::testing::HasSubstr("less than half"));
    auto const broken_off = read(packed(whole).substr(0, 60), "list", "ci_army");
    EXPECT_FALSE(broken_off.is_complete);
    EXPECT_FALSE(broken_off.list.has_value());
    EXPECT_FALSE(read("<html><body>busy</body></html>", "list", "ci_army").list.has_value());
    EXPECT_FALSE(read("busy\n", "list", "ci_army").list.has_value());
    EXPECT_FALSE(read("", "list", "ci_army").list.has_value());
    EXPECT_EQ(listed(*indicators).size(), 100u);
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

TEST_P(Deliveries, are_numbered_as_they_are_finished_and_anew_when_they_are_read_anew) {
    auto const finished = [&](std::int64_t behind) {
        return database()
            .read([&](storage::Session const& session) { return finished_behind(session, behind); })
            .value();
    };
    constexpr auto rows = "source.ip,source.port\n192.0.2.1,80\nno,80\n";
    EXPECT_FALSE(finished(0).has_value());
    auto const first = read(rows);
    clock.set(clock.now() - std::chrono::hours(24));  // No clock has a say in it.
    auto const second = read("source.ip,classification.type\n192.0.2.9,spam\n", "other");
    EXPECT_EQ(finished(0)->id, first.id);
    EXPECT_EQ(finished(0)->quarantined, 1u);
    EXPECT_EQ(finished(1)->id, second.id);
    EXPECT_EQ(finished(1)->source, "other");
    EXPECT_EQ(finished(1)->series, "csv");
    EXPECT_FALSE(finished(2).has_value());
    EXPECT_EQ(read(rows, "example", "example-sensor").id, first.id);
    EXPECT_EQ(finished(0)->id, second.id);
    EXPECT_EQ(finished(2)->id, first.id);
    EXPECT_EQ(finished(2)->number, 3);
}

TEST_P(Deliveries, of_xarf_are_each_alone_in_a_series) {
    for (auto const* told : {R"({"xarf_version": "4.2.0", "report_id": "a"})", R"({"xarf_version": "4.2.0"})"}) {
        auto writer = intake->begin().value();
        std::string_view const content(told);
        EXPECT_TRUE(writer.add({reinterpret_cast<std::byte const*>(content.data()), content.size()}).has_value());
        EXPECT_TRUE(intake->read({"partner", "report.json", *Mappings::shipped().find("xarf")}, writer.finish().value())
                        .has_value());
    }
    auto const series_behind = [&](std::int64_t behind) {
        return database()
            .read([&](storage::Session const& session) { return finished_behind(session, behind); })
            .value()
            ->series;
    };
    EXPECT_TRUE(series_behind(0).starts_with("xarf/"));
    EXPECT_NE(series_behind(0), series_behind(1));
}

TEST_P(Deliveries, of_shadowserver_are_one_series_by_type_and_filter) {
    auto const series_of = [&](std::string const& name) {
        auto writer = intake->begin().value();
        std::string const content =
            "timestamp,ip,port\n2026-01-31 09:00:00,192.0.2.7,53\n" + std::string(name.size(), '\n');
        EXPECT_TRUE(writer.add({reinterpret_cast<std::byte const*>(content.data()), content.size()}).has_value());
        auto const account = intake->read({name, name, Mappings::shadowserver("scan_dns")}, writer.finish().value());
        EXPECT_TRUE(account.has_value());
        std::string out;
        for (std::int64_t behind = 0; out.empty(); ++behind) {
            auto const found =
                database().read([&](storage::Session const& session) { return finished_behind(session, behind); });
            if (!*found) break;
            if ((*found)->id == account->id) out = (*found)->series;
        }
        return out;
    };
    EXPECT_EQ(series_of("2026-01-31-scan_dns-example-geo.csv"), "shadowserver/scan_dns-example-geo");
    EXPECT_EQ(series_of("reports.zip/2026-02-01-scan_dns-example-geo.csv.gz"), "shadowserver/scan_dns-example-geo");
    EXPECT_EQ(series_of("2026-02-01-scan_dns-example-asn.csv"), "shadowserver/scan_dns-example-asn");
    EXPECT_EQ(series_of("by-hand.csv"), "shadowserver/scan_dns");
    EXPECT_EQ(series_of("scan_dns.csv"), "shadowserver/scan_dns");
    EXPECT_EQ(series_of("scan_dns-example-geo.csv"), "shadowserver/scan_dns-example-geo");
    EXPECT_EQ(series_of("scan_dns-2026-02-01-example-geo.csv.gz"), "shadowserver/scan_dns-example-geo");
}

TEST_P(Deliveries, of_before_are_numbered_as_they_came) {
    stop();
    renew();
    ASSERT_TRUE(database().migrate(storage::testing::first_scripts(intake_migrations(), 2)).has_value());
    auto const filled = database().write(storage::Priority::interactive, [](storage::Session& session) {
        for (auto const* state : {"read", "stored", "refused"}) {
            session.execute(
                "insert into delivery (id, source, name, sha256, bytes, format, mapping, received_at, state, complete, "
                "rows, accepted, duplicates, quarantined, events, owner, tlp, pap, lineage, created_at, created_by, "
                "changed_at, changed_by, version) values (?, 'example', 'x.csv', ?, 1, 'csv', '', 1, ?, 1, 0, 0, 0, 0, 0, "
                "'', 'amber', 'amber', '', 1, 'x', 1, 'x', 1)",
                base::Uuid::v7({}), state, state);
        }
    });
    ASSERT_TRUE(filled.has_value()) << filled.error().detail;
    start();
    auto const finished = [&](std::int64_t behind) {
        return database()
            .read([&](storage::Session const& session) { return finished_behind(session, behind); })
            .value();
    };
    EXPECT_FALSE(finished(0)->was_refused);
    EXPECT_TRUE(finished(1)->was_refused);
    EXPECT_FALSE(finished(2).has_value()) << "one is not read to its end";
    read(report);
    EXPECT_EQ(finished(2)->number, 3);
}

}  // namespace
}  // namespace kula::intake
