// Deliveries as they are looked at and read again; they are the reader's.

#include <fstream>
#include <span>

#include "house.hpp"
#include "intake_migrations.hpp"

namespace kula::intake {
namespace {

using ::testing::ElementsAre;
using testing::report;

auto const reader = base::Clearance::of_team(std::nullopt);
auto const stranger = base::Clearance::of({base::Uuid::v7(base::Instant{})});
base::Actor const somebody{.name = "console", .clearance = reader};

class LookedAt : public testing::House {
protected:
    static DeliveryId id_of(DeliveryAccount const& account) { return *DeliveryId::parse(account.id); }
    std::vector<std::string> sources_of(DeliveryQuery query) {
        query.clearance = reader;
        auto const page = intake->list(query);
        EXPECT_TRUE(page.has_value()) << page.error().detail;
        std::vector<std::string> out;
        for (auto const& each : page->items) out.push_back(each.source);
        return out;
    }
    DeliveryAccount account_of(DeliveryId id) { return intake->find(id, reader)->account; }
    static Mapping lenient() {
        return Mapping::parse(R"({"name": "lenient", "reads": {"form": "csv"},
            "columns": {"source.ip": "source.ip", "classification.type": null}})")
            .value();
    }
};
KULA_ON_BOTH_DATABASES(LookedAt);

TEST_P(LookedAt, are_listed_by_what_became_of_them) {
    read(report, "first");
    read("source.ip\n192.0.2.9\n", "second");
    read("<!DOCTYPE html><html>Sorry</html>", "third");
    EXPECT_THAT(sources_of({}), ElementsAre("third", "second", "first"));
    EXPECT_THAT(sources_of({.set_aside = true}), ElementsAre("first"));
    EXPECT_THAT(sources_of({.state = DeliveryState::refused}), ElementsAre("third"));
    EXPECT_THAT(sources_of({.source = "second"}), ElementsAre("second"));
    EXPECT_THAT(sources_of({.complete = false}), ElementsAre());
    EXPECT_THAT(sources_of({.search = "PORT.c"}), ElementsAre("third", "second", "first"));
    EXPECT_THAT(sources_of({.search = "%"}), ElementsAre());
    EXPECT_THAT(sources_of({.sort = DeliverySort::rows_descending}), ElementsAre("first", "second", "third"));
    EXPECT_THAT(sources_of({.sort = DeliverySort::quarantined_descending, .limit = 1}), ElementsAre("first"));
    EXPECT_THAT(*intake->sources(reader), ElementsAre("first", "second", "third"));
    auto const totals = intake->totals(reader).value();
    EXPECT_EQ(totals.deliveries, 3u);
    EXPECT_EQ(totals.failed, 1u);
    EXPECT_EQ(totals.set_aside, 1u);
    EXPECT_EQ(totals.quarantined, 1u);
    EXPECT_EQ(totals.rows, 5u);
    EXPECT_EQ(totals.events, 3u);
}

TEST_P(LookedAt, page_by_page_are_each_there_once) {
    for (int at = 0; at < 7; ++at) read("source.ip\n192.0.2.1\n", "source-" + std::to_string(at));
    for (auto const sort : {DeliverySort::received_descending, DeliverySort::rows, DeliverySort::quarantined}) {
        std::set<std::string> seen;
        DeliveryQuery query{.clearance = reader, .sort = sort, .limit = 3};
        do {
            auto const page = intake->list(query).value();
            for (auto const& each : page.items) EXPECT_TRUE(seen.insert(each.source).second);
            query.cursor = page.next;
        } while (!query.cursor.empty());
        EXPECT_EQ(seen.size(), 7u);
    }
    EXPECT_TRUE(intake->list({.clearance = reader, .cursor = "9.1.x"}).has_error());
}

TEST_P(LookedAt, are_nothing_to_an_outsider) {
    auto const id = id_of(read(report));
    EXPECT_TRUE(intake->list({.clearance = stranger})->items.empty());
    EXPECT_EQ(intake->totals(stranger)->deliveries, 0u);
    EXPECT_TRUE(intake->sources(stranger)->empty());
    EXPECT_EQ(intake->find(id, stranger).error().fault, base::Fault::not_found);
    EXPECT_EQ(intake->quarantined(id, 0, 10, stranger).error().fault, base::Fault::not_found);
    EXPECT_EQ(intake->raw(id, stranger).error().fault, base::Fault::not_found);
    EXPECT_EQ(intake->preview(id, stranger).error().fault, base::Fault::not_found);
    EXPECT_EQ(intake->mapping_of(id, stranger).error().fault, base::Fault::not_found);
    EXPECT_EQ(intake->try_on(id, lenient(), stranger).error().fault, base::Fault::not_found);
    base::Actor const from_outside{.name = "user:x", .clearance = stranger};
    EXPECT_EQ(intake->read_again(id, lenient(), from_outside).error().fault, base::Fault::not_found);
}

TEST_P(LookedAt, show_their_bytes_their_rows_and_their_mapping) {
    auto const id = id_of(read(report));
    auto const rows = intake->quarantined(id, 0, 10, reader).value();
    ASSERT_EQ(rows.size(), 1u);
    EXPECT_EQ(rows[0].row, 2u);
    EXPECT_EQ(rows[0].line, 3u);
    EXPECT_EQ(rows[0].raw, "nonsense,weather");
    EXPECT_EQ(rows[0].reason, "source.ip: is no address");
    EXPECT_FALSE(rows[0].is_cut);
    EXPECT_TRUE(intake->quarantined(id, 2, 10, reader)->empty());
    std::ifstream raw(*intake->raw(id, reader));
    EXPECT_EQ(std::string(std::istreambuf_iterator(raw), {}), report);
    auto const preview = intake->preview(id, reader).value();
    EXPECT_EQ(preview.lines.size(), 5u);
    EXPECT_EQ(preview.lines.at(2), "nonsense,weather");
    EXPECT_FALSE(preview.is_cut);
    EXPECT_EQ(Mapping::parse(intake->mapping_of(id, reader).value().value())->name(), "csv");
    EXPECT_EQ(intake->try_on(id, lenient(), reader)->quarantined, 0u);
}

TEST_P(LookedAt, tell_of_columns_that_their_mapping_does_not_know) {
    auto const account = read("source.ip,mood\n192.0.2.1,good\n", "example", "example-sensor");
    EXPECT_THAT(account_of(id_of(account)).new_columns, ElementsAre("mood"));
}

TEST_P(LookedAt, are_read_again_by_a_mended_mapping) {
    auto const id = id_of(read(report));
    std::stop_source stop;
    auto const begun = intake->read_again(id, lenient(), somebody);
    ASSERT_TRUE(begun.has_value()) << begun.error().detail;
    EXPECT_EQ(begun->state, DeliveryState::stored);
    EXPECT_EQ(begun->account.rows, 0u) << "what became of it before is forgotten, also where the program ends here";
    EXPECT_EQ(intake->read_again(id, std::nullopt, somebody).error().detail, "it is being read");
    EXPECT_TRUE(intake->wait_for_begun(stop.get_token(), std::chrono::minutes(1)));
    EXPECT_EQ(intake->go_on({}).value(), 1u);
    auto const after = account_of(id);
    EXPECT_EQ(after.format, "lenient");
    EXPECT_EQ(after.rows, 4u);
    EXPECT_EQ(after.quarantined, 0u) << "what is no address is kept beside";
    EXPECT_TRUE(quarantined().empty());
    EXPECT_EQ(after.rows, after.accepted + after.duplicates + after.quarantined);
    stop.request_stop();
    EXPECT_FALSE(intake->wait_for_begun(stop.get_token(), std::chrono::minutes(1)));
    auto const entries = journal->list({.subject = "delivery:" + id.text()}).value();
    ASSERT_EQ(entries.items.size(), 1u);
    EXPECT_EQ(entries.items[0].fact.deed, "delivery.read_again");
}

TEST_P(LookedAt, are_read_again_by_their_own_mapping_unless_one_is_named) {
    auto const id = id_of(read(report));
    ASSERT_TRUE(intake->read_again(id, std::nullopt, somebody).has_value());
    ASSERT_TRUE(intake->go_on({}).has_value());
    EXPECT_EQ(account_of(id).format, "csv");
    auto const own = id_of(read("source.ip,x\n192.0.2.1,1\nno,1,\n", "own", "example-sensor"));
    ASSERT_TRUE(intake->read_again(own, std::nullopt, somebody).has_value());
    ASSERT_TRUE(intake->go_on({}).has_value());
    EXPECT_EQ(account_of(own).format, "example-sensor");
}

TEST_P(LookedAt, of_a_kula_of_before_are_read_on_and_keep_their_rows) {
    intake.reset();
    renew();
    ASSERT_TRUE(database().migrate(storage::testing::first_scripts(intake_migrations(), 2)).has_value());
    auto const written = database().write(storage::Priority::bulk, [](storage::Session& session) {
        for (auto const* state : {"read", "stored"}) {
            session.execute(
                "insert into delivery (id, source, name, sha256, bytes, format, mapping, rules, received_at, state, "
                "complete, rows, accepted, duplicates, quarantined, events, owner, tlp, pap, lineage, created_at, "
                "created_by, changed_at, changed_by, version) values (?, ?, 'a.csv', 'ab', 1, 'csv', ?, ?, 0, ?, 1, 3, 2, 0, "
                "1, 2, '', 'amber', 'amber', '', 0, '', 0, '', 1)",
                base::Uuid::v7(base::Instant{}), state, std::string("of ") + state,
                std::string(state) == "read" ? "" : "{\"name\": \"csv\"}", state);
        }
    });
    ASSERT_TRUE(written.has_value()) << written.error().detail;
    start();
    auto const page = intake->list({.clearance = reader}).value();
    ASSERT_EQ(page.items.size(), 2u);
    EXPECT_EQ(page.totals.rows, 6u);
    for (auto const& each : page.items) {
        auto const rules = intake->mapping_of(id_of(each.account), reader).value();
        EXPECT_EQ(rules.has_value(), each.state == DeliveryState::stored);
    }
}

TEST_P(LookedAt, without_a_row_that_is_set_aside_are_not_read_again) {
    auto const id = id_of(read("source.ip\n192.0.2.1\n"));
    EXPECT_EQ(intake->read_again(id, lenient(), somebody).error().fault, base::Fault::conflict);
    EXPECT_EQ(intake->read_again(DeliveryId::make(clock.now()), {}, somebody).error().fault, base::Fault::not_found);
    EXPECT_EQ(stored(), 1u);
}

TEST_P(LookedAt, that_nothing_tells_how_to_read_are_kept_and_read_by_a_mapping) {
    auto writer = intake->begin().value();
    std::string const text = "who,where\nexample,192.0.2.1\n";
    ASSERT_TRUE(writer.add(std::as_bytes(std::span(text))).has_value());
    std::vector<DeliveryAccount> told;
    intake->receive({.name = "notes.txt"}, writer.finish().value(),
                    [&](Received const& file) { told.push_back(file.account.value()); });
    ASSERT_EQ(told.size(), 1u);
    EXPECT_TRUE(told[0].was_refused);
    EXPECT_EQ(told[0].reason, "nothing tells how it is to be read: its header names no field as source.ip");
    auto const id = id_of(told[0]);
    EXPECT_EQ(intake->find(id, reader)->state, DeliveryState::refused);
    EXPECT_EQ(intake->mapping_of(id, reader).value(), std::nullopt);
    EXPECT_EQ(intake->read_again(id, std::nullopt, somebody).error().fault, base::Fault::conflict);
    ASSERT_TRUE(intake->read_again(id, lenient(), somebody).has_value());
    ASSERT_TRUE(intake->go_on({}).has_value());
    EXPECT_EQ(account_of(id).rows, 1u);
    EXPECT_EQ(account_of(id).format, "lenient");
}

TEST_P(LookedAt, that_were_refused_are_read_again) {
    auto const id = id_of(read("who\n192.0.2.1\n", "refused", "csv"));
    auto const page = id_of(read("<!DOCTYPE html><html>Sorry</html>"));
    ASSERT_TRUE(intake->read_again(page, std::nullopt, somebody).has_value());
    ASSERT_TRUE(intake->go_on({}).has_value());
    EXPECT_EQ(intake->find(page, reader)->state, DeliveryState::refused);
    EXPECT_EQ(intake->find(id, reader)->state, DeliveryState::read);
}

}  // namespace
}  // namespace kula::intake
