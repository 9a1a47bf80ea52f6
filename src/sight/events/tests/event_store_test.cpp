// Events are kept once, with whose they are.

#include "events/event_store.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "events/delivered.hpp"
#include "events/event_search.hpp"
#include "events/intelmq.hpp"
#include "origins/table_reader.hpp"
#include "storage_testing/twins.hpp"

namespace kula::events {
namespace {

using ::testing::ElementsAre;

Event event_of(Json const& fields) {
    Event event;
    for (auto const& [name, value] : fields.items()) {
        auto const set = event.set(name, value);
        EXPECT_TRUE(set.has_value()) << set.error().detail;
    }
    return event;
}

Json const open_resolver{{"classification.taxonomy", "vulnerable"},
                         {"classification.type", "ddos-amplifier"},
                         {"time.source", "2026-11-21T09:00:00Z"},
                         {"source.ip", "192.0.2.7"},
                         {"source.port", 53}};

Json with(Json fields, char const* name, Json value) {
    fields[name] = std::move(value);
    return fields;
}

Json seen_at(std::string const& moment) { return with(open_resolver, "time.source", moment); }

class Events : public storage::testing::Twins {
protected:
    void SetUp() override {
        Twins::SetUp();
        if (IsSkipped()) return;
        store = EventStore::open(database(), clock).value();
    }
    std::vector<Brought> fold(std::string const& source, std::vector<Json> const& all,
                              std::optional<Folding> folding = Folding{}) {
        std::vector<ToldEvent> told;
        told.reserve(all.size());
        for (auto const& fields : all) told.push_back({event_of(fields), ++row});
        EventOrigin const origin{source, "delivery-1", clock.now(), {base::Tlp::green, base::Pap::green}, folding};
        return database()
            .write(storage::Priority::bulk,
                   [&](storage::Session& session) { return store->add(session, origin, told, attribution, tables); })
            .value();
    }
    /// Whether they are new.
    std::vector<bool> add(std::string const& source, std::vector<Json> const& all) {
        std::vector<bool> out;
        for (auto const brought : fold(source, all, {})) out.push_back(brought == Brought::event);
        return out;
    }
    std::vector<StoredEvent> kept(std::optional<std::string> const& source = {}) {
        std::vector<StoredEvent> out;
        EXPECT_TRUE(
            store->each(source, [&](StoredEvent const& event) { return out.push_back(event), true; }).has_value());
        return out;
    }

    origins::TablesNow tables{};
    registry::OrganisationId const bank = registry::OrganisationId::make(clock.now());
    registry::OrganisationId const school = registry::OrganisationId::make(clock.now());
    registry::OrganisationId const csirt = registry::OrganisationId::make(clock.now());
    registry::Attribution const attribution{
        {{{bank, "Example Bank", "banking"},
          {*registry::Network::parse("192.0.2.0/28"), *registry::Network::parse("bank.example")}},
         {{school, "Example School", {}},
          {*registry::Network::parse("2001:db8::/32"), *registry::Network::parse("AS64496")}},
         {{csirt, "Example CSIRT", {}}, {*registry::Network::parse("country:QN")}}}};
    std::unique_ptr<EventStore> store;
    std::uint64_t row = 0;
};
KULA_ON_BOTH_DATABASES(Events);

TEST_P(Events, are_kept_with_whose_they_are_and_by_which_claim) {
    add("example-feed",
        {open_resolver,
         with(open_resolver, "source.ip", "2001:db8::7"),
         with(open_resolver, "source.ip", "198.51.100.1"),
         with(with(open_resolver, "source.ip", "198.51.100.1"), "source.asn", 64496),
         {{"classification.type", "phishing"}, {"source.url", "http://user@www.bank.example:8080/x"}},
         {{"classification.type", "ddos"}, {"source.ip", "198.51.100.9"}, {"destination.ip", "192.0.2.9"}}});
    std::vector<std::string> owners;
    for (auto const& event : kept()) owners.push_back(event.network.value_or("nobody"));
    EXPECT_THAT(owners,
                ElementsAre("192.0.2.0/28", "2001:db8::/32", "nobody", "AS64496", "bank.example", "192.0.2.0/28"));
    EXPECT_EQ(kept().at(0).organisation, bank);
    EXPECT_EQ(kept().at(3).organisation, school);
    EXPECT_EQ(kept().at(0).event.fields(), event_of(open_resolver).fields());
    EXPECT_EQ(kept().at(0).row, 1u);
}

TEST_P(Events, are_whose_the_address_in_their_url_is) {
    Json const phishing{{"classification.type", "phishing"}, {"time.source", "2026-11-21T09:00:00Z"}};
    add("example-feed",
        {with(phishing, "source.url", "http://192.0.2.5:8080/login"),
         with(phishing, "source.url", "https://user@[2001:db8::5]:8443/login?a=b"),
         with(phishing, "source.url", "http://192.0.2.5.example/login"),
         with(phishing, "source.url", {"http://a.example/", "http://192.0.2.6"}),
         with(phishing, "destination.url", "http://192.0.2.4/#"), with(phishing, "source.url", "http://[192.0.2.5]/"),
         with(phishing, "source.url", "http://[2001:db8::5/")});
    std::vector<std::string> owners;
    for (auto const& event : kept()) owners.push_back(event.network.value_or("nobody"));
    EXPECT_THAT(owners, ElementsAre("192.0.2.0/28", "2001:db8::/32", "nobody", "192.0.2.0/28", "192.0.2.0/28", "nobody",
                                    "nobody"));
}

TEST_P(Events, with_a_name_of_one_label_are_whose_the_rest_says) {
    Json const phishing{{"classification.type", "phishing"}, {"source.fqdn", "localhost"}};
    add("example-feed",
        {with(phishing, "source.url", "http://www.bank.example/"), with(phishing, "source.ip", "192.0.2.5"),
         with(phishing, "source.fqdn", "example"), with(phishing, "source.fqdn", {"localhost", "www.bank.example"})});
    std::vector<std::string> owners;
    for (auto const& event : kept()) owners.push_back(event.network.value_or("nobody"));
    EXPECT_THAT(owners, ElementsAre("bank.example", "192.0.2.0/28", "nobody", "bank.example"));
}

TEST_P(Events, are_by_their_country_what_nothing_more_specific_says) {
    Json const attack{{"classification.type", "ddos"}, {"time.source", "2026-11-21T09:00:00Z"}};
    auto const by = [&](std::string const& source, std::string const& source_country, std::string const& destination,
                        std::string const& destination_country) {
        auto event = with(attack, "source.ip", source);
        if (!source_country.empty()) event["source.geolocation.cc"] = source_country;
        if (!destination.empty()) event["destination.ip"] = destination;
        if (!destination_country.empty()) event["destination.geolocation.cc"] = destination_country;
        return event;
    };
    add("example-feed",
        {by("198.51.100.1", "qn", "", ""), by("192.0.2.5", "QN", "", ""), by("198.51.100.2", "QN", "192.0.2.9", "QM"),
         by("198.51.100.3", "QM", "203.0.113.9", "QN"), with(by("198.51.100.4", "QN", "", ""), "source.asn", 64496),
         with(by("198.51.100.5", "QN", "", ""), "source.fqdn", "www.bank.example"), by("198.51.100.6", "QM", "", ""),
         by("198.51.100.7", "", "", "")});
    std::vector<std::string> owners;
    EventSearch const search(database());
    for (auto const& event : kept()) {
        auto const decision = search.find(event.id, base::Clearance::of_team(std::nullopt)).value().decision;
        auto const field = decision.at("by").is_null() ? "nothing" : decision.at("by").get<std::string>();
        owners.push_back(event.network.value_or("nobody") + " by " + field);
        EXPECT_EQ(decision.at("registry"), attribution.version());
    }
    EXPECT_THAT(owners, ElementsAre("country:QN by source.geolocation.cc", "192.0.2.0/28 by source.ip",
                                    "192.0.2.0/28 by destination.ip", "country:QN by destination.geolocation.cc",
                                    "AS64496 by source.asn", "bank.example by source.fqdn", "nobody by nothing",
                                    "nobody by nothing"));
    EXPECT_EQ(kept().at(0).organisation, csirt);
}

TEST_P(Events, get_what_no_feed_told_from_the_tables_of_the_moment_and_say_so) {
    auto const table = [](origins::TableKind kind, std::string_view version, std::string_view text) {
        auto content = origins::read_table(kind, text).value();
        content.about.version = version;
        return content;
    };
    tables.as_numbers = std::make_shared<origins::AsTable const>(
        table(origins::TableKind::as_numbers, "a1", "198.51.100.0/24 64500\n2001:db8::/32 64501\n"));
    tables.countries = std::make_shared<origins::CountryTable const>(
        table(origins::TableKind::countries, "c1", "198.51.100.0/24 QM\n"));
    add("one", {with(open_resolver, "source.ip", "198.51.100.7"),
                with(with(open_resolver, "source.ip", "198.51.100.8"), "source.asn", 64999),
                with(open_resolver, "destination.ip", "2001:db8::7")});
    auto const all = kept();
    ASSERT_EQ(all.size(), 3u);
    EXPECT_EQ(all[0].event.integer("source.asn"), 64500);
    EXPECT_EQ(all[0].event.text("source.geolocation.cc"), "QM");
    EXPECT_EQ(all[1].event.integer("source.asn"), 64999) << "what was told stays";
    EXPECT_EQ(all[2].event.integer("destination.asn"), 64501);
    EventSearch const search(database());
    auto const decision_of = [&](StoredEvent const& event) {
        return search.find(event.id, base::Clearance::of_team(std::nullopt)).value().decision;
    };
    EXPECT_EQ(decision_of(all[0]).at("looked_up"), Json::array({"source.asn", "source.geolocation.cc"}));
    EXPECT_EQ(decision_of(all[0]).at("as_table"), "a1");
    EXPECT_EQ(decision_of(all[0]).at("country_table"), "c1");
    EXPECT_EQ(decision_of(all[0]).at("by"), nullptr);
    EXPECT_EQ(decision_of(all[1]).at("looked_up"), Json::array({"source.geolocation.cc"}));
    EXPECT_EQ(decision_of(all[2]).at("by"), "source.ip");
    EXPECT_EQ(decision_of(all[2]).at("registry"), attribution.version());
    EXPECT_FALSE(add("one", {with(open_resolver, "source.ip", "198.51.100.7")}).front())
        << "the same, whatever is looked up";
}

TEST_P(Events, are_one_where_a_source_tells_the_very_same_again) {
    auto const finer = with(open_resolver, "extra.amplification", 4.5);
    EXPECT_THAT(add("example-feed", {open_resolver, open_resolver, finer}), ElementsAre(true, false, true))
        << "other details are another telling, and believed";
    EXPECT_THAT(add("example-feed", {finer, open_resolver}), ElementsAre(false, false));
    EXPECT_EQ(kept().size(), 2u);
}

TEST_P(Events, are_one_where_another_source_tells_of_the_same_happening) {
    add("example-feed", {open_resolver});
    auto const elsewhere = with(with(open_resolver, "extra.sensor", "s1"), "classification.identifier", "open-dns");
    EXPECT_THAT(add("other-feed", {elsewhere, with(elsewhere, "source.port", 5353),
                                   with(elsewhere, "time.source", "2026-11-21T09:00:01Z"),
                                   with(elsewhere, "classification.type", "scanner")}),
                ElementsAre(false, true, true, true));
    EXPECT_EQ(kept("other-feed").size(), 3u);
    EXPECT_EQ(kept("example-feed").size(), 1u);
}

TEST_P(Events, are_others_where_another_source_names_another_problem) {
    auto const named = [](char const* problem) { return with(open_resolver, "classification.identifier", problem); };
    add("example-feed", {named("ssl-freak"), named("ssl-poodle")});
    EXPECT_THAT(add("other-feed", {named("ssl-poodle"), named("ssl-freak"), named("expired"), open_resolver}),
                ElementsAre(false, false, true, false));
}

TEST_P(Events, of_one_speaker_are_others_in_each_of_its_reports) {
    auto const report = [](char const* name) { return with(open_resolver, "feed.name", name); };
    EXPECT_THAT(add("shadowserver/scan_ssl_freak", {report("freak")}), ElementsAre(true));
    EXPECT_THAT(add("shadowserver/scan_ssl_poodle", {report("poodle")}), ElementsAre(true));
    EXPECT_THAT(add("shadowserver", {report("special")}), ElementsAre(true));
    EXPECT_THAT(add("shadowserver/scan_ssl_poodle", {report("poodle")}), ElementsAre(false));
    EXPECT_THAT(add("partner", {open_resolver}), ElementsAre(false)) << "which of them does not matter";
}

TEST_P(Events, of_other_sources_are_others_where_nothing_names_an_end_or_another_page_does) {
    Json const file{{"classification.type", "malware-distribution"}, {"malware.hash.sha256", "aa"}};
    add("example-feed", {file, with(open_resolver, "source.url", "http://a.example/")});
    EXPECT_THAT(add("other-feed", {with(file, "malware.hash.sha256", "bb"), file,
                                   with(open_resolver, "source.url", "http://b.example/")}),
                ElementsAre(true, true, true));
}

TEST_P(Events, of_which_each_telling_is_one_do_not_fold) {
    EXPECT_THAT(add("log", {seen_at("2026-11-21T09:10:00Z"), seen_at("2026-11-21T09:30:00Z")}),
                ElementsAre(true, true));
}

TEST_P(Events, fold_into_one_where_only_the_moment_is_another_in_the_same_hour) {
    EXPECT_THAT(fold("log", {seen_at("2026-11-21T09:10:00Z"), seen_at("2026-11-21T09:30:00Z"),
                             seen_at("2026-11-21T09:10:00Z"), seen_at("2026-11-21T10:00:00Z")}),
                ElementsAre(Brought::event, Brought::telling, Brought::nothing, Brought::event));
    auto const first = kept().at(0).event;
    EXPECT_EQ(first.text("time.source"), "2026-11-21T09:10:00Z");
    EXPECT_EQ(first.text("time.until"), "2026-11-21T09:30:00Z");
    EXPECT_EQ(first.integer("count"), 2);
    EXPECT_EQ(kept().at(1).event.find("count"), nullptr) << "once is an event as it was told";
    EXPECT_THAT(fold("log", {seen_at("2026-11-21T09:30:00Z"), seen_at("2026-11-21T09:59:59.5Z"),
                             seen_at("2026-11-21T09:00:00Z")}),
                ElementsAre(Brought::nothing, Brought::telling, Brought::telling));
    EXPECT_THAT(
        fold("log", {seen_at("2026-11-21T09:00:00Z"), seen_at("2026-11-21T09:10:00Z"),
                     seen_at("2026-11-21T09:59:59.5Z"), with(seen_at("2026-11-21T09:20:00Z"), "source.port", 5353)}),
        ElementsAre(Brought::nothing, Brought::nothing, Brought::nothing, Brought::event))
        << "what is told again counts once, and another port is another event";
    ASSERT_EQ(kept().size(), 3u);
    auto const all = kept().at(0).event;
    EXPECT_EQ(all.text("time.source"), "2026-11-21T09:00:00Z");
    EXPECT_EQ(all.text("time.until"), "2026-11-21T09:59:59.500000Z");
    EXPECT_EQ(all.integer("count"), 4);
    EXPECT_THAT(add("partner", {seen_at("2026-11-21T09:59:59.5Z"), seen_at("2026-11-21T09:30:00Z"),
                                seen_at("2026-11-21T09:31:00Z")}),
                ElementsAre(false, false, true))
        << "each telling is a happening that another source may tell of";
}

TEST_P(Events, fold_without_what_may_differ) {
    auto const bot = [](char const* moment, int port, char const* session) {
        return with(with(seen_at(moment), "source.port", port), "extra.session", session);
    };
    Folding const folding{Folding::Within::day, {"source.port", "extra.session"}};
    EXPECT_THAT(fold("log", {bot("2026-11-21T01:00:00Z", 1025, "a"), bot("2026-11-21T23:00:00Z", 1025, "b")}, folding),
                ElementsAre(Brought::event, Brought::telling));
    EXPECT_EQ(kept().at(0).event.integer("source.port"), 1025);
    EXPECT_EQ(kept().at(0).event.find("extra.session"), nullptr) << "the event holds what all tell";
    EXPECT_THAT(fold("log",
                     {bot("2026-11-21T12:00:00Z", 1026, "a"), bot("2026-11-21T12:00:00Z", 1027, "a"),
                      bot("2026-11-21T01:00:00Z", 1025, "a")},
                     folding),
                ElementsAre(Brought::telling, Brought::telling, Brought::nothing));
    EXPECT_EQ(kept().at(0).event.find("source.port"), nullptr);
    EXPECT_EQ(kept().at(0).event.integer("count"), 4);
    EXPECT_EQ(database()
                  .read([](storage::Session const& session) {
                      return session.row<std::int64_t>("select count(*) from event where source_port is null");
                  })
                  .value(),
              std::tuple(1))
        << "nor is it found by one of its ports";
}

TEST(Folding, leaves_out_no_more_than_tells_one_try_from_the_next) {
    for (auto const* field : {"source.port", "destination.account", "event_description.text", "extra.session"})
        EXPECT_TRUE(Folding::may_differ(field)) << field;
    for (auto const* field : {"source.ip", "classification.type", "malware.name", "extra.tag", "extra.tags",
                              "source.asn", "event_description.none", "extra.", ""})
        EXPECT_FALSE(Folding::may_differ(field)) << field;
}

TEST_P(Events, fold_the_counts_that_a_source_tells) {
    auto const counted = [](char const* moment) { return with(seen_at(moment), "count", 50); };
    fold("log", {counted("2026-11-21T09:10:00Z"), with(counted("2026-11-21T09:20:00Z"), "count", 7)});
    EXPECT_EQ(kept().at(0).event.integer("count"), 57);
    auto const most = with(counted("2026-11-21T09:10:00Z"), "count", INT64_MAX);
    fold("other",
         {with(most, "source.port", 1), with(with(most, "source.port", 1), "time.source", "2026-11-21T09:11:00Z")});
    EXPECT_EQ(kept("other").at(0).event.integer("count"), INT64_MAX);
}

TEST_P(Events, of_which_a_thousand_are_told_an_hour_are_one) {
    std::vector<Json> all;
    for (int second = 0; second < 1000; ++second)
        all.push_back(seen_at(fmt::format("2026-11-21T09:{:02}:{:02}Z", second / 60, second % 60)));
    fold("log", {all.begin(), all.begin() + 700});
    fold("log", {all.begin() + 500, all.end()});
    ASSERT_EQ(kept().size(), 1u);
    EXPECT_EQ(kept().at(0).event.integer("count"), 1000);
    EXPECT_EQ(to_intelmq(kept().at(0)).at("extra.count"), 1000);
    EXPECT_EQ(to_intelmq(kept().at(0)).at("extra.time.until"), "2026-11-21T09:16:39+00:00");
}

TEST_P(Events, are_known_whether_they_were_kept_before_they_folded_or_after) {
    EXPECT_THAT(add("log", {open_resolver}), ElementsAre(true));
    EXPECT_THAT(fold("log", {open_resolver}), ElementsAre(Brought::nothing));
    EXPECT_THAT(fold("log", {seen_at("2026-11-22T09:00:00Z"), seen_at("2026-11-22T09:01:00Z")}),
                ElementsAre(Brought::event, Brought::telling));
    EXPECT_THAT(add("log", {seen_at("2026-11-22T09:00:00Z"), seen_at("2026-11-22T09:01:00Z")}),
                ElementsAre(false, false));
}

TEST_P(Events, are_one_however_their_fields_are_ordered) {
    add("example-feed", {{{"classification.type", "spam"}, {"source.ip", "192.0.2.1"}}});
    EXPECT_THAT(add("example-feed", {{{"source.ip", "192.0.2.1"}, {"classification.type", "spam"}}}),
                ElementsAre(false));
}

TEST_P(Events, that_tell_no_moment_are_one_a_day) {
    Json const listed{{"classification.type", "other"}, {"source.ip", "192.0.2.7"}};
    EXPECT_THAT(add("list", {listed}), ElementsAre(true));
    clock.advance(std::chrono::hours(1));
    EXPECT_THAT(add("list", {listed}), ElementsAre(false));
    EXPECT_THAT(add("other-list", {listed}), ElementsAre(false));
    clock.advance(std::chrono::hours(24));
    EXPECT_THAT(add("list", {listed}), ElementsAre(true));
}

TEST_P(Events, keep_what_a_text_may_not_hold_in_a_database) {
    std::string const name("bad\0name", 8);
    add("example-feed", {with(with(open_resolver, "extra.banner", name), "classification.identifier", name)});
    EXPECT_EQ(kept().at(0).event.text("extra.banner"), name);
    EXPECT_EQ(kept().at(0).event.text("classification.identifier"), name);
}

TEST_P(Events, come_in_pages_whole_and_in_order) {
    std::vector<Json> many;
    for (int port = 1; port <= 2500; ++port) many.push_back(with(open_resolver, "source.port", port));
    add("example-feed", many);
    auto const all = kept();
    ASSERT_EQ(all.size(), many.size());
    for (std::size_t at = 0; at < all.size(); ++at) ASSERT_EQ(all[at].row, at + 1);
}

TEST_P(Events, are_written_as_intelmq_does) {
    add("example-feed", {{{"classification.taxonomy", "other"},
                          {"classification.type", "other"},
                          {"classification.subtype", "blacklist"},
                          {"source.ip", {"192.0.2.7", "192.0.2.8"}},
                          {"time.source", "2026-11-21T09:00:00.25Z"},
                          {"tlp", "amber+strict"},
                          {"count", 3},
                          {"extra.reason", "x"}}});
    EXPECT_EQ(to_intelmq(kept().at(0)), (Json{{"classification.taxonomy", "other"},
                                              {"classification.type", "blacklist"},
                                              {"source.ip", "192.0.2.7"},
                                              {"extra.source.ip", {"192.0.2.8"}},
                                              {"time.source", "2026-11-21T09:00:00.250000+00:00"},
                                              {"tlp", "AMBER+STRICT"},
                                              {"extra.count", 3},
                                              {"extra.reason", "x"},
                                              {"time.observation", "2026-11-21T10:00:00+00:00"},
                                              {"feed.name", "example-feed"},
                                              {"__type", "Event"}}));
}

TEST_P(Events, go_out_to_intelmq_with_the_raw_line_and_the_moment_that_it_told) {
    auto const told = with(with(open_resolver, "raw", "MTkyLjAuMi43"), "time.observation", "2026-11-20T08:00:00+00:00");
    EXPECT_THAT(add("example-feed", {told}), ElementsAre(true));
    auto const out = to_intelmq(kept().at(0));
    EXPECT_EQ(out.at("raw"), "MTkyLjAuMi43");
    EXPECT_EQ(out.at("time.observation"), "2026-11-20T08:00:00+00:00");
    auto const again = with(with(told, "raw", "bW9yZQ=="), "time.observation", "2026-11-20T09:00:00+00:00");
    EXPECT_THAT(add("example-feed", {again}), ElementsAre(false)) << "it tells of the same";
}

TEST_P(Events, tell_what_a_delivery_told_first_and_what_again) {
    auto const tell = [&](std::string const& source, std::string const& delivery, std::vector<Json> const& all) {
        std::vector<ToldEvent> told;
        for (auto const& fields : all) told.push_back({event_of(fields), ++row});
        ASSERT_TRUE(database()
                        .write(storage::Priority::bulk,
                               [&](storage::Session& session) {
                                   store->add(session, {source, delivery, clock.now()}, told, attribution);
                               })
                        .has_value());
    };
    auto const places = [&](std::string const& delivery, Telling telling) {
        std::vector<std::string> out;
        auto const read = database().read([&](storage::Session const& session) {
            for (auto const& each : delivered(session, delivery, telling, {}, 100))
                out.push_back(each.stored.event.text("source.ip").value_or("") + " of " + each.stored.delivery);
        });
        EXPECT_TRUE(read.has_value());
        return out;
    };
    auto const other = with(open_resolver, "source.ip", "192.0.2.8");
    tell("one", "first", {open_resolver, open_resolver});
    tell("one", "second", {open_resolver, other, open_resolver});
    tell("another", "third", {open_resolver});
    EXPECT_THAT(places("first", Telling::first), ElementsAre("192.0.2.7 of first"));
    EXPECT_THAT(places("first", Telling::again), ElementsAre()) << "twice in one delivery is once";
    EXPECT_THAT(places("second", Telling::first), ElementsAre("192.0.2.8 of second"));
    EXPECT_THAT(places("second", Telling::again), ElementsAre("192.0.2.7 of first"));
    EXPECT_THAT(places("third", Telling::again), ElementsAre("192.0.2.7 of first")) << "the same of another source";
    ASSERT_TRUE(
        database()
            .write(storage::Priority::bulk, [](storage::Session& session) { forget_repeats(session, "second"); })
            .has_value());
    EXPECT_THAT(places("second", Telling::again), ElementsAre());
    EXPECT_THAT(places("third", Telling::again), ElementsAre("192.0.2.7 of first"));
}

}  // namespace
}  // namespace kula::events
