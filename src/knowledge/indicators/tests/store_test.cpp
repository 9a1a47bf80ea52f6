// Proves: what sources list is stored once a value, and comes, stays, goes, fades and is flagged as the sources say.
#include "indicators/store.hpp"

#include <gmock/gmock.h>

#include "indicators_migrations.hpp"
#include "storage_testing/twins.hpp"

namespace kula::indicators {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class IndicatorStoreTest : public storage::testing::Twins {
protected:
    void SetUp() override {
        Twins::SetUp();
        if (IsSkipped()) return;
        open_store();
    }
    void TearDown() override {
        store.reset();
        Twins::TearDown();
    }
    void open_store() {
        auto opened_journal = journal::Journal::open(database(), clock);
        ASSERT_TRUE(opened_journal) << opened_journal.error().detail;
        journal = std::move(*opened_journal);
        auto opened = Store::open(database(), *journal, clock);
        ASSERT_TRUE(opened) << opened.error().detail;
        store = std::move(*opened);
    }

    SourceReport import(std::string const& name, std::string_view list, Shrinking shrinking = Shrinking::refuse) {
        ListSource source;
        source.name = name;
        return import(source, list, shrinking);
    }
    SourceReport import(ListSource const& source, std::string_view list, Shrinking shrinking = Shrinking::refuse) {
        auto report = store->import(source, list, ana, {}, shrinking);
        EXPECT_TRUE(report) << report.error().detail;
        return report ? *report : SourceReport();
    }
    std::vector<std::string> page(IndicatorQuery const& query) {
        auto const found = store->list(query);
        EXPECT_TRUE(found) << found.error().detail;
        std::vector<std::string> out;
        for (auto const& item : found->items) out.push_back(item.value.text());
        EXPECT_TRUE(found->total >= static_cast<std::int64_t>(out.size()));
        return out;
    }
    std::vector<std::string> active() {
        std::vector<std::string> out;
        auto const done =
            store->for_each_active([&](Value const& value, Alerting alerting, std::span<ActiveListing const> listings) {
                auto text = value.text() + (alerting == Alerting::warned ? "!" : "");
                std::vector<std::string> sources;
                for (auto const& listing : listings) sources.emplace_back(listing.source);
                std::sort(sources.begin(), sources.end());
                for (auto const& name : sources) text += " " + name;
                out.push_back(text);
            });
        EXPECT_TRUE(done);
        std::sort(out.begin(), out.end());
        return out;
    }

    base::Actor const ana{"user:ana"};
    base::Clearance const everything = base::Clearance::everything();
    std::unique_ptr<journal::Journal> journal;
    std::unique_ptr<Store> store;
};

TEST_P(IndicatorStoreTest, keeps_one_indicator_with_all_its_sources) {
    auto const first = import("alpha", "192.0.2.1\n192.0.2.1/32\nBAD.example # seen\nnonsense\n");
    EXPECT_EQ(first.lines.read, 4U);
    EXPECT_EQ(first.lines.skipped, 1U);
    EXPECT_EQ(first.listed, 2);
    EXPECT_EQ(first.fresh, 2);
    clock.advance(1h);
    ListSource beta{"beta", 90, {base::Tlp::amber_strict, base::Pap::green}, {}, {}, {}, "malicious-code", "c2-server"};
    auto const second = import(beta, "192.0.2.1\n");
    EXPECT_EQ(second.fresh, 1);

    auto const found = store->find("192.0.2.1", everything);
    ASSERT_TRUE(found) << found.error().detail;
    EXPECT_EQ(found->marking, (base::Marking{base::Tlp::amber_strict, base::Pap::amber}));
    EXPECT_EQ(found->rsit_class, "malicious-code");
    EXPECT_EQ(found->rsit_type, "c2-server");
    EXPECT_EQ(found->confidence, 90);
    EXPECT_TRUE(found->is_active);
    EXPECT_EQ(found->last_listed - found->first_listed, 1h);
    ASSERT_EQ(found->listings.size(), 2U);
    EXPECT_EQ(found->listings[0].source, "alpha");
    EXPECT_EQ(found->listings[0].confidence, 50);
    EXPECT_EQ(found->listings[0].marking, base::Marking());
    EXPECT_EQ(found->listings[1].marking.tlp, base::Tlp::amber_strict);
    EXPECT_EQ(store->find("bad.example", everything)->listings.at(0).comment, "seen");
    auto const counts = store->counts(everything);
    EXPECT_EQ(counts->total, 2);
    EXPECT_EQ(counts->active, 2);
    EXPECT_EQ(counts->sources, 2);
}

TEST_P(IndicatorStoreTest, takes_an_import_as_the_present_word_of_its_source) {
    import("alpha", "192.0.2.1\n192.0.2.2\n192.0.2.3\n192.0.2.4\n");
    import("beta", "192.0.2.1\n");
    clock.advance(24h);
    auto const next = import("alpha", "192.0.2.2\n192.0.2.3\n192.0.2.4\n192.0.2.5\n");
    EXPECT_EQ(next.fresh, 1);
    EXPECT_EQ(next.gone, 1);
    EXPECT_THAT(active(), ElementsAre("192.0.2.1 beta", "192.0.2.2 alpha", "192.0.2.3 alpha", "192.0.2.4 alpha",
                                      "192.0.2.5 alpha"));
    auto const left = store->find("192.0.2.1", everything);
    EXPECT_TRUE(left->is_active);
    EXPECT_FALSE(left->listings.at(0).is_listed);
    EXPECT_FALSE(left->listings.at(0).is_active);
    EXPECT_EQ(left->listings.at(0).valid_until, clock.now());
    clock.advance(24h);
    auto const back = import("alpha", "192.0.2.1\n192.0.2.2\n192.0.2.3\n192.0.2.4\n192.0.2.5\n");
    EXPECT_EQ(back.fresh, 1);
    EXPECT_EQ(back.gone, 0);
    EXPECT_TRUE(store->find("192.0.2.1", everything)->listings.at(0).is_listed);
    EXPECT_EQ(store->find("192.0.2.1", everything)->listings.at(0).valid_until, std::nullopt);
    auto const again = import("alpha", "192.0.2.1\n192.0.2.2\n192.0.2.3\n192.0.2.4\n192.0.2.5\n");
    EXPECT_EQ(again.fresh, 0);
    EXPECT_EQ(again.gone, 0);
}

TEST_P(IndicatorStoreTest, refuses_a_list_that_shrank_below_half_unless_told) {
    import("alpha", "192.0.2.1\n192.0.2.2\n192.0.2.3\n192.0.2.4\n");
    ListSource alpha;
    alpha.name = "alpha";
    for (auto const* list : {"192.0.2.1\n", "", "<html>not found</html>\n"}) {
        auto const refused = store->import(alpha, list, ana);
        ASSERT_TRUE(refused.has_error());
        EXPECT_EQ(refused.error().fault, base::Fault::invalid);
        EXPECT_THAT(refused.error().detail, HasSubstr("shrink from 4 values"));
    }
    EXPECT_EQ(active().size(), 4U);
    EXPECT_EQ(import("alpha", "192.0.2.1\n192.0.2.2\n").gone, 2);
    auto const refused = store->import(alpha, "<html>not found</html>\n", ana, {}, Shrinking::refuse_empty);
    ASSERT_TRUE(refused.has_error());
    EXPECT_THAT(refused.error().detail, HasSubstr("holds no indicator, `alpha` has 2"));
    EXPECT_EQ(import("alpha", "192.0.2.1\n", Shrinking::refuse_empty).gone, 1);
    EXPECT_EQ(import("alpha", "", Shrinking::allow).gone, 1);
    EXPECT_THAT(active(), IsEmpty());
    EXPECT_EQ(store->counts(everything)->total, 4);
    EXPECT_EQ(store->counts(everything)->active, 0);
}

TEST_P(IndicatorStoreTest, ends_with_the_earliest_of_validity_and_decay) {
    ListSource brief;
    brief.name = "brief";
    brief.time_to_live = 24h;
    import(brief, "192.0.2.1\n");
    import("long", "192.0.2.2\n");
    ListSource later;
    later.name = "later";
    later.valid_from = clock.now() + 12h;
    import(later, "192.0.2.3\n");
    EXPECT_THAT(active(), ElementsAre("192.0.2.1 brief", "192.0.2.2 long"));
    EXPECT_EQ(store->find("192.0.2.1", everything)->valid_until, clock.now() + 24h);
    clock.advance(24h);
    EXPECT_THAT(active(), ElementsAre("192.0.2.2 long", "192.0.2.3 later"));
    EXPECT_FALSE(store->find("192.0.2.1", everything)->is_active);
    clock.advance(24h * 90);
    EXPECT_THAT(active(), IsEmpty());
}

TEST_P(IndicatorStoreTest, lets_confidence_fade_until_it_is_listed_again) {
    import("alpha", "192.0.2.1\n192.0.2.2\n");
    clock.advance(24h * 45);
    EXPECT_EQ(store->find("192.0.2.1", everything)->listings.at(0).effective, 38);  // 50 · (1 − 0.5²)
    EXPECT_EQ(store->refresh().value(), 2);
    EXPECT_EQ(store->find("192.0.2.1", everything)->confidence, 38);
    EXPECT_EQ(store->refresh().value(), 0);
    import("alpha", "192.0.2.1\n");
    EXPECT_EQ(store->find("192.0.2.1", everything)->confidence, 50);
}

TEST_P(IndicatorStoreTest, keeps_what_rows_of_a_csv_list_say) {
    import("alpha",
           "ip,confidence,first_seen,last_seen,valid_until,tlp,class,rsit_type,comment\n"
           "192.0.2.1,80,2026-11-01,2026-11-20,2026-12-01,green,malicious-code,c2-server,botnet\n"
           "192.0.2.2,,,,,,,,\n");
    auto const rich = store->find("192.0.2.1", everything);
    auto const& listing = rich->listings.at(0);
    EXPECT_EQ(listing.confidence, 80);
    EXPECT_EQ(listing.first_seen, base::parse_instant("2026-11-01T00:00:00Z"));
    EXPECT_EQ(listing.last_seen, base::parse_instant("2026-11-20T00:00:00Z"));
    EXPECT_EQ(listing.valid_until, base::parse_instant("2026-12-01T00:00:00Z"));
    EXPECT_EQ(listing.marking.tlp, base::Tlp::green);
    EXPECT_EQ(listing.rsit_class, "malicious-code");
    EXPECT_EQ(listing.rsit_type, "c2-server");
    EXPECT_EQ(listing.comment, "botnet");
    EXPECT_EQ(store->find("192.0.2.2", everything)->listings.at(0).confidence, 50);
    EXPECT_EQ(store->find("192.0.2.2", everything)->rsit_class, std::nullopt);
}

TEST_P(IndicatorStoreTest, flags_what_a_warning_list_holds_now_and_later) {
    auto const lists = [](std::string const& entry) {
        return std::make_shared<Warninglists const>(std::vector<Warninglists::Text>{
            {"a.json", R"({"name":"a","version":1,"type":"cidr","list":[")" + entry + "\"]}"}});
    };
    import("alpha", "192.0.2.1\n192.0.2.2\n");
    int told = 0;
    store->on_change([&] { ++told; });
    EXPECT_EQ(store->use_warninglists(lists("192.0.2.1")).value(), 1);
    EXPECT_EQ(told, 1);
    EXPECT_THAT(active(), ElementsAre("192.0.2.1! alpha", "192.0.2.2 alpha"));
    EXPECT_EQ(import("beta", "192.0.2.1\n192.0.2.9\n").flagged, 1);
    EXPECT_EQ(told, 2);
    IndicatorQuery flagged;
    flagged.flagged = true;
    EXPECT_THAT(page(flagged), ElementsAre("192.0.2.1"));
    EXPECT_EQ(store->counts(everything)->flagged, 1);
    EXPECT_EQ(store->use_warninglists(lists("192.0.2.9")).value(), 2);
    EXPECT_THAT(page(flagged), ElementsAre("192.0.2.9"));
    EXPECT_EQ(store->use_warninglists(lists("192.0.2.9")).value(), 0);
    EXPECT_EQ(told, 3);
}

TEST_P(IndicatorStoreTest, lists_with_filters) {
    import("alpha", "192.0.2.1\n192.0.2.0/24\nBad.example\nhttp://bad.example/Path_x\nAS64500\n");
    import("beta", "bad.example\n2001:db8::1\n");
    IndicatorQuery query;
    query.sort = IndicatorSort::value;
    EXPECT_THAT(page(query), ElementsAre("192.0.2.0/24", "192.0.2.1", "2001:db8::1", "AS64500", "bad.example",
                                         "http://bad.example/Path_x"));
    query.search = "BAD.ex";
    EXPECT_THAT(page(query), ElementsAre("bad.example", "http://bad.example/Path_x"));
    query.search = "path_";
    EXPECT_THAT(page(query), ElementsAre("http://bad.example/Path_x"));
    query.search = "%";
    EXPECT_THAT(page(query), IsEmpty());
    query.search = "";
    query.kind = Kind::domain;
    EXPECT_THAT(page(query), ElementsAre("bad.example"));
    query.kind.reset();
    query.source = "beta";
    EXPECT_THAT(page(query), ElementsAre("2001:db8::1", "bad.example"));
    query.source = "nobody";
    EXPECT_THAT(page(query), IsEmpty());
    query.source.reset();
    clock.advance(24h * 400);
    query.active = true;
    EXPECT_THAT(page(query), IsEmpty());
    query.active = false;
    EXPECT_EQ(page(query).size(), 6U);
}

TEST_P(IndicatorStoreTest, turns_pages_in_every_order_without_loss_or_repetition) {
    std::string list;
    for (int i = 1; i <= 25; ++i) list += "192.0.2." + std::to_string(i) + "\n";
    import("alpha", list);
    clock.advance(1h);
    ListSource sure;
    sure.name = "sure";
    sure.confidence = 95;
    import(sure, "192.0.2.7\n192.0.2.3\nbad.example\n");
    for (int sort = 0; sort <= static_cast<int>(IndicatorSort::last_listed_descending); ++sort) {
        IndicatorQuery query;
        query.sort = static_cast<IndicatorSort>(sort);
        query.limit = 7;
        std::vector<std::string> all;
        for (;;) {
            auto const found = store->list(query);
            ASSERT_TRUE(found) << found.error().detail;
            EXPECT_EQ(found->total, 26);
            for (auto const& item : found->items) all.push_back(item.value.text());
            query.cursor = found->next;
            if (query.cursor.empty()) break;
        }
        EXPECT_EQ(all.size(), 26U);
        std::sort(all.begin(), all.end());
        EXPECT_EQ(std::unique(all.begin(), all.end()), all.end()) << sort;
    }
    IndicatorQuery best;
    best.sort = IndicatorSort::confidence_descending;
    best.limit = 3;
    EXPECT_THAT(page(best), testing::UnorderedElementsAre("192.0.2.3", "192.0.2.7", "bad.example"));
}

TEST_P(IndicatorStoreTest, refuses_what_breaks_a_rule) {
    IndicatorQuery query;
    for (auto const* cursor : {"x", "5.", "5.12.x", "0.00.00000000-0000-0000-0000-000000000000",
                               "5.zz.01930b2e-6c00-7000-8000-00000000b001"}) {
        query.cursor = cursor;
        EXPECT_EQ(store->list(query).error().fault, base::Fault::invalid) << cursor;
    }
    query = {};
    query.limit = 1001;
    EXPECT_TRUE(store->list(query).has_error());
    ListSource source;
    EXPECT_THAT(store->import(source, "192.0.2.1", ana).error().detail, HasSubstr("source:"));
    source.name = "x";
    source.confidence = 101;
    EXPECT_THAT(store->import(source, "192.0.2.1", ana).error().detail, HasSubstr("confidence:"));
    source.confidence = 1;
    source.rsit_type = "c2-server";
    EXPECT_THAT(store->import(source, "192.0.2.1", ana).error().detail, HasSubstr("class:"));
    EXPECT_EQ(store->find("192.0.2.1", everything).error().fault, base::Fault::not_found);
    EXPECT_EQ(store->find("no indicator", everything).error().fault, base::Fault::invalid);
    EXPECT_EQ(store->find(IndicatorId::make(clock.now()), everything).error().fault, base::Fault::not_found);
}

TEST_P(IndicatorStoreTest, tells_what_each_source_holds) {
    ListSource beta{"beta", 70, {base::Tlp::green, base::Pap::clear}, {}, {}, 24h, "fraud", "phishing"};
    import(beta, "bad.example\nworse.example\n");
    import("alpha", "192.0.2.1\n");
    clock.advance(48h);
    auto const sources = store->sources(everything);
    ASSERT_EQ(sources->size(), 2U);
    EXPECT_EQ(sources->at(0).name, "alpha");
    EXPECT_EQ(sources->at(0).active, 1);
    auto const& second = sources->at(1);
    EXPECT_EQ(second.indicators, 2);
    EXPECT_EQ(second.active, 0);
    EXPECT_EQ(second.confidence, 70);
    EXPECT_EQ(second.marking.tlp, base::Tlp::green);
    EXPECT_EQ(second.rsit_type, "phishing");
    EXPECT_EQ(second.last_import, clock.now() - 48h);
}

TEST_P(IndicatorStoreTest, compiles_what_is_active_for_matching) {
    ListSource strict;
    strict.name = "strict";
    strict.marking.tlp = base::Tlp::amber_strict;
    import(strict, "192.0.2.0/24\nbad.example\n");
    import("alpha", "192.0.2.0/24\n192.0.2.9\n");
    auto const snapshot = store->compile();
    ASSERT_TRUE(snapshot);
    EXPECT_EQ((*snapshot)->size(), 3U);
    auto const found = (*snapshot)->find(*base::Address::parse("192.0.2.77"));
    ASSERT_TRUE(found);
    EXPECT_THAT((*snapshot)->sources(*found), ElementsAre("alpha", "strict"));
    EXPECT_EQ((*snapshot)->marking(*found).tlp, base::Tlp::amber_strict);
    EXPECT_TRUE((*snapshot)->find_domain("www.bad.example"));
}

TEST_P(IndicatorStoreTest, finds_everything_again_after_a_restart) {
    import("alpha", "192.0.2.1\nbad.example\n");
    auto const id = store->find("bad.example", everything)->id;
    store.reset();
    reopen();
    open_store();
    EXPECT_EQ(store->find(id, everything)->value.text(), "bad.example");
    EXPECT_THAT(active(), ElementsAre("192.0.2.1 alpha", "bad.example alpha"));
    auto const both = store->find(
        std::vector{id, IndicatorId::make(clock.now()), store->find("192.0.2.1", everything)->id}, everything);
    ASSERT_EQ(both->size(), 2U);
    EXPECT_EQ(both->at(0).id, id);
}

TEST_P(IndicatorStoreTest, completes_an_import_that_was_cut_off) {
    std::string list;
    for (int i = 0; i < 21'000; ++i)
        list += "5." + std::to_string(i / 65536) + "." + std::to_string(i / 256 % 256) + "." + std::to_string(i % 256) +
                "\n";
    EXPECT_EQ(import("alpha", list).fresh, 21'000);
    // As if the process had ended after the first part of a later import.
    auto const cut = database().write(storage::Priority::bulk, [](storage::Session& session) {
        session.execute("update source set import_number = import_number + 1");
        session.execute(
            "update indicator_source set import_number = 2 where indicator in (select id from indicator order by sort_key limit 15000)");
    });
    ASSERT_TRUE(cut);
    clock.advance(1h);
    auto const again = import("alpha", list);
    EXPECT_EQ(again.fresh, 0);
    EXPECT_EQ(again.gone, 0);
    EXPECT_EQ(store->counts(everything)->active, 21'000);
    clock.advance(1h);
    auto const half = import("alpha", std::string_view(list).substr(0, list.size() / 2 + list.size() / 10));
    EXPECT_EQ(half.listed + half.gone, 21'000 + half.fresh);
    EXPECT_EQ(store->counts(everything)->active, half.listed);
}

KULA_ON_BOTH_DATABASES(IndicatorStoreTest);

TEST_P(IndicatorStoreTest, tells_the_trail_when_an_import_began_and_what_became_of_it) {
    import("alpha", "192.0.2.1\n192.0.2.2\n");
    import("alpha", "192.0.2.1\n", Shrinking::allow);
    auto const entries = journal->list({}).value().items;
    ASSERT_EQ(entries.size(), 4U);
    EXPECT_EQ(entries[0].actor, "user:ana");
    EXPECT_EQ(entries[0].fact.deed, "source.imported");
    EXPECT_THAT(entries[0].fact.after, HasSubstr("\"source\":\"alpha\""));
    EXPECT_THAT(entries[0].fact.after, HasSubstr("\"gone\":1"));
    EXPECT_EQ(entries[1].fact.deed, "source.import_began");
    EXPECT_EQ(entries[1].fact.subject, entries[3].fact.subject);
}

}  // namespace kula::indicators
