// Proves: what a source lists under TLP:RED is there for the persons it names, and for nobody else.
#include <gmock/gmock.h>

#include "indicators/store.hpp"
#include "storage_testing/twins.hpp"

namespace kula::indicators {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class RedTest : public storage::testing::Twins {
protected:
    void SetUp() override {
        Twins::SetUp();
        if (IsSkipped()) return;
        auto opened_journal = journal::Journal::open(database(), clock);
        ASSERT_TRUE(opened_journal) << opened_journal.error().detail;
        journal = std::move(*opened_journal);
        auto opened = Store::open(database(), *journal, clock);
        ASSERT_TRUE(opened) << opened.error().detail;
        store = std::move(*opened);
    }
    void TearDown() override {
        store.reset();
        journal.reset();
        Twins::TearDown();
    }

    static base::Actor actor(base::Uuid const& person) {
        return {"user:" + person.text(), {}, {}, base::Clearance::of_team(person)};
    }
    base::Result<SourceReport> import(base::Uuid const& person, std::string const& name, base::Tlp tlp,
                                      std::string_view list, std::vector<base::Uuid> readers = {}) {
        ListSource source;
        source.name = name;
        source.marking.tlp = tlp;
        source.readers = *base::Readers::of(std::move(readers));
        return store->import(source, list, actor(person), {}, Shrinking::allow);
    }
    std::vector<std::string> listed(base::Clearance const& clearance, IndicatorQuery query = {}) {
        query.clearance = clearance;
        query.sort = IndicatorSort::value;
        auto const page = store->list(query);
        EXPECT_TRUE(page) << page.error().detail;
        std::vector<std::string> out;
        for (auto const& item : page->items) out.push_back(item.value.text());
        EXPECT_EQ(page->total, static_cast<std::int64_t>(out.size()));
        return out;
    }

    base::Uuid const ana = *base::Uuid::parse("01930b2e-6c00-7000-8000-00000000000a");
    base::Uuid const boro = *base::Uuid::parse("01930b2e-6c00-7000-8000-00000000000b");
    base::Uuid const ciro = *base::Uuid::parse("01930b2e-6c00-7000-8000-00000000000c");
    base::Clearance const of_ana = base::Clearance::of_team(ana), of_boro = base::Clearance::of_team(boro),
                          of_nobody = base::Clearance::of_team(std::nullopt);
    std::unique_ptr<journal::Journal> journal;
    std::unique_ptr<Store> store;
};

KULA_ON_BOTH_DATABASES(RedTest);

TEST_P(RedTest, is_the_makers_alone_where_nobody_is_named) {
    ASSERT_TRUE(import(ana, "secret", base::Tlp::red, "192.0.2.1\n"));
    EXPECT_THAT(listed(of_ana), ElementsAre("192.0.2.1"));
    EXPECT_THAT(listed(of_boro), IsEmpty());
    EXPECT_THAT(listed(of_nobody), IsEmpty());
    EXPECT_THAT(listed(base::Clearance::of({ana})), IsEmpty());
    EXPECT_THAT(listed(base::Clearance::everything()), ElementsAre("192.0.2.1"));
    auto const found = store->find("192.0.2.1", of_ana);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->readers, *base::Readers::of({ana}));
    EXPECT_EQ(found->listings.at(0).readers, found->readers);
}

TEST_P(RedTest, is_not_there_for_others_by_id_value_filter_search_or_count) {
    ASSERT_TRUE(import(ana, "secret", base::Tlp::red, "192.0.2.1\n", {ana, ciro}));
    ASSERT_TRUE(import(boro, "open", base::Tlp::amber, "192.0.2.2\n"));
    auto const id = store->find("192.0.2.1", of_ana)->id;
    EXPECT_EQ(store->find(id, of_boro).error().detail,
              store->find(IndicatorId::make(clock.now()), of_boro).error().detail);
    EXPECT_EQ(store->find("192.0.2.1", of_boro).error().detail, store->find("192.0.2.9", of_boro).error().detail);
    EXPECT_THAT(*store->find(std::vector{id}, of_boro), IsEmpty());
    EXPECT_EQ(store->find(std::vector{id}, base::Clearance::of_team(ciro))->size(), 1U);
    for (auto const& query : {IndicatorQuery{.search = "192.0.2.1"}, IndicatorQuery{.source = "secret"}})
        EXPECT_THAT(listed(of_boro, query), IsEmpty());
    EXPECT_THAT(listed(of_boro, {.kind = Kind::address}), ElementsAre("192.0.2.2"));
    EXPECT_EQ(store->counts(of_boro)->total, 1);
    EXPECT_EQ(store->counts(of_boro)->active, 1);
    EXPECT_EQ(store->counts(of_boro)->sources, 1);
    EXPECT_EQ(store->counts(of_ana)->total, 2);
    ASSERT_EQ(store->sources(of_boro)->size(), 1U);
    EXPECT_EQ(store->sources(of_boro)->at(0).name, "open");
    EXPECT_EQ(store->sources(of_ana)->at(1).readers, *base::Readers::of({ana, ciro}));
}

TEST_P(RedTest, does_not_change_what_is_said_openly) {
    ASSERT_TRUE(import(boro, "open", base::Tlp::green, "192.0.2.1\n"));
    auto const before = store->find("192.0.2.1", of_boro);
    ASSERT_TRUE(import(ana, "secret", base::Tlp::red, "192.0.2.1\n"));
    auto const after = store->find("192.0.2.1", of_boro);
    ASSERT_TRUE(after);
    EXPECT_EQ(after->marking, before->marking);
    EXPECT_EQ(after->listings.size(), 1U);
    EXPECT_TRUE(after->readers.empty());
    EXPECT_EQ(store->find("192.0.2.1", of_ana)->listings.size(), 2U);
    EXPECT_THAT(listed(of_boro, {.source = "secret"}), IsEmpty());
    EXPECT_THAT(listed(of_ana, {.source = "secret"}), ElementsAre("192.0.2.1"));
}

TEST_P(RedTest, of_several_sources_is_for_whom_all_of_them_name) {
    ASSERT_TRUE(import(ana, "first", base::Tlp::red, "192.0.2.1\n", {ana, boro}));
    ASSERT_TRUE(import(ana, "second", base::Tlp::red, "192.0.2.1\n", {ana, ciro}));
    EXPECT_THAT(listed(of_ana), ElementsAre("192.0.2.1"));
    EXPECT_THAT(listed(of_boro), IsEmpty());
    EXPECT_THAT(listed(base::Clearance::of_team(ciro)), IsEmpty());
    EXPECT_EQ(store->find("192.0.2.1", of_ana)->readers, *base::Readers::of({ana}));
    EXPECT_FALSE(store->find("192.0.2.1", of_boro));
}

TEST_P(RedTest, of_before_gives_way_to_what_was_said_openly) {
    ASSERT_TRUE(import(ana, "secret", base::Tlp::red, "192.0.2.1\n192.0.2.2\n"));
    ASSERT_TRUE(import(boro, "open", base::Tlp::green, "192.0.2.1\n"));
    store.reset();
    journal.reset();
    // As the first schema kept it: no readers, and the strictest label of all sources.
    auto const rewound = database().write(storage::Priority::interactive, [](storage::Session& session) {
        session.execute("update indicator set tlp = 'red', confidence = 1 where value = '192.0.2.1'");
        for (auto const* index : {"indicator_source_red", "indicator_source_red_by_source", "indicator_red"})
            session.execute(std::string("drop index ") + index);
        session.execute("alter table source drop column readers");
        session.execute("alter table indicator_source drop column readers");
        session.execute("delete from schema_migration where room = 'indicators' and name like '%readers%'");
    });
    ASSERT_TRUE(rewound) << rewound.error().detail;
    journal = std::move(*journal::Journal::open(database(), clock));
    store = std::move(*Store::open(database(), *journal, clock));
    EXPECT_THAT(listed(of_boro), ElementsAre("192.0.2.1"));
    EXPECT_EQ(store->find("192.0.2.1", of_boro)->marking.tlp, base::Tlp::green);
    EXPECT_EQ(store->find("192.0.2.1", of_boro)->confidence, 50);
    EXPECT_THAT(listed(of_ana), ElementsAre("192.0.2.1", "192.0.2.2"));  // Its maker's.
}

TEST_P(RedTest, is_a_lines_too_and_then_its_makers) {
    std::string_view const csv = "ip,tlp\n192.0.2.1,red\n192.0.2.2,green\n";
    ASSERT_TRUE(import(ana, "mixed", base::Tlp::amber, csv));
    EXPECT_THAT(listed(of_ana), ElementsAre("192.0.2.1", "192.0.2.2"));
    EXPECT_THAT(listed(of_boro), ElementsAre("192.0.2.2"));
    EXPECT_EQ(store->sources(of_boro)->at(0).indicators, 1);
    EXPECT_EQ(store->sources(of_boro)->at(0).active, 1);
    EXPECT_EQ(store->sources(of_ana)->at(0).indicators, 2);
}

TEST_P(RedTest, list_is_replaced_by_its_readers_only) {
    ASSERT_TRUE(import(ana, "secret", base::Tlp::red, "192.0.2.1\n"));
    EXPECT_EQ(import(boro, "secret", base::Tlp::amber, "192.0.2.9\n").error().fault, base::Fault::invalid);
    EXPECT_THAT(listed(of_ana), ElementsAre("192.0.2.1"));
    ASSERT_TRUE(import(ana, "secret", base::Tlp::red, "192.0.2.1\n", {ana, boro}));
    EXPECT_THAT(listed(of_boro), ElementsAre("192.0.2.1"));
    ASSERT_TRUE(import(boro, "secret", base::Tlp::amber, "192.0.2.1\n"));
    EXPECT_THAT(listed(of_nobody), ElementsAre("192.0.2.1"));
}

TEST_P(RedTest, names_readers_only_where_the_label_asks_for_them) {
    EXPECT_THAT(import(ana, "open", base::Tlp::amber, "192.0.2.1\n", {boro}).error().detail, HasSubstr("readers:"));
}

TEST_P(RedTest, tells_the_trail_who_may_read_but_not_whose_list_it_is) {
    ASSERT_TRUE(import(ana, "secret", base::Tlp::red, "192.0.2.1\n"));
    auto const entries = journal->list({})->items;
    ASSERT_EQ(entries.size(), 2U);
    for (auto const& entry : entries) {
        EXPECT_THAT(entry.fact.after, HasSubstr(ana.text()));
        EXPECT_THAT(entry.fact.after, Not(HasSubstr("secret")));
    }
}

TEST_P(RedTest, is_compiled_with_its_readers_and_hides_behind_open_sources) {
    ASSERT_TRUE(import(ana, "secret", base::Tlp::red, "192.0.2.1\n192.0.2.2\n"));
    ASSERT_TRUE(import(boro, "open", base::Tlp::green, "192.0.2.2\n"));
    auto const snapshot = store->compile();
    ASSERT_TRUE(snapshot);
    auto const red = (*snapshot)->find(*base::Address::parse("192.0.2.1"));
    auto const both = (*snapshot)->find(*base::Address::parse("192.0.2.2"));
    ASSERT_TRUE(red && both);
    EXPECT_EQ((*snapshot)->marking(*red).tlp, base::Tlp::red);
    EXPECT_EQ((*snapshot)->readers(*red), *base::Readers::of({ana}));
    EXPECT_EQ((*snapshot)->marking(*both).tlp, base::Tlp::green);
    EXPECT_TRUE((*snapshot)->readers(*both).empty());
    EXPECT_THAT((*snapshot)->sources(*both), ElementsAre("open"));
}

}  // namespace kula::indicators
