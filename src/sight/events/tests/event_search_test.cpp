// What a search finds, in which order, how far it looks, and what it does not show to whom it is not for.

#include "events/event_search.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <set>

#include "event_filters.hpp"
#include "events/event_store.hpp"
#include "events_migrations.hpp"
#include "storage_testing/twins.hpp"

namespace kula::events {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

Event told_event(Json const& fields) {
    Event event;
    for (auto const& [name, value] : fields.items()) {
        auto const set = event.set(name, value);
        EXPECT_TRUE(set.has_value()) << set.error().detail;
    }
    return event;
}

/// Hours and minutes of the day of these tests.
std::string time_of(int hour, int minute = 0) { return fmt::format("2026-11-21T{:02}:{:02}:00Z", hour, minute); }
base::Instant instant_of(int hour, int minute = 0) { return *base::parse_instant(time_of(hour, minute)); }

class EventSearching : public storage::testing::Twins {
protected:
    void SetUp() override {
        Twins::SetUp();
        if (IsSkipped()) return;
        start();
    }
    void start() { store = EventStore::open(database(), clock).value(); }
    void add(std::vector<Json> const& all, std::string const& source = "example-feed",
             std::string const& delivery = "delivery-1", base::Marking marking = {}) {
        std::vector<ToldEvent> told;
        told.reserve(all.size());
        for (auto const& fields : all) told.push_back({told_event(fields), ++row});
        EventOrigin const origin{source, delivery, clock.now(), marking};
        auto const added = database().write(storage::Priority::bulk, [&](storage::Session& session) {
            return store->add(session, origin, told, attribution);
        });
        ASSERT_TRUE(added.has_value()) << added.error().detail;
    }
    /// Five of other kinds, an hour from one to the next.
    void add_five() {
        add({{{"classification.taxonomy", "vulnerable"},
              {"classification.type", "ddos-amplifier"},
              {"classification.identifier", "open-dns"},
              {"time.source", time_of(1)},
              {"source.ip", "192.0.2.7"},
              {"source.port", 53},
              {"source.asn", 64500},
              {"source.geolocation.cc", "MK"},
              {"source.reverse_dns", "ns1.bank.example"},
              {"severity", "medium"},
              {"extra.tag", "dns;Open-Resolver"}},
             {{"classification.taxonomy", "malicious-code"},
              {"classification.type", "infected-system"},
              {"time.source", time_of(2)},
              {"malware.name", "mirai"},
              {"source.ip", {"2001:db8::7", "2001:db8::8"}},
              {"destination.ip", "203.0.113.5"},
              {"destination.port", 443},
              {"destination.fqdn", "c2.evil.example"},
              {"extra.note", "Called \"home\" twice"}}});
        add({{{"classification.taxonomy", "fraud"},
              {"classification.type", "phishing"},
              {"time.source", time_of(3)},
              {"source.url", "https://login.bank.example/x"},
              {"severity", "high"}},
             {{"classification.taxonomy", "malicious-code"},
              {"classification.type", "c2-server"},
              {"time.source", time_of(4)},
              {"source.ip", "203.0.113.5"},
              {"source.port", 443},
              {"extra.tags", {"Emotet", "tier1"}}},
             {{"classification.taxonomy", "intrusion-attempts"},
              {"classification.type", "brute-force"},
              {"time.source", time_of(5)},
              {"source.ip", "198.51.100.1"},
              {"destination.ip", "192.0.2.7"},
              {"destination.port", 22}}},
            "other-feed", "delivery-2");
    }
    /// The types, which tell the five apart, in their order.
    std::vector<std::string> types(EventFilter const& filter, SortOrder order = SortOrder::descending) {
        std::vector<std::string> out;
        auto const page = EventSearch(database()).list({filter, order});
        EXPECT_TRUE(page.has_value()) << page.error().detail;
        for (auto const& event : page->items) out.push_back(event.type);
        return out;
    }
    EventSummary summary(EventFilter const& filter = {}) { return EventSearch(database()).summary(filter, 10).value(); }

    registry::OrganisationId const bank = registry::OrganisationId::make(clock.now());
    registry::OrganisationId const school = registry::OrganisationId::make(clock.now());
    registry::Attribution const attribution{
        {{{bank, "Example Bank", "banking"},
          {*registry::Network::parse("192.0.2.0/28"), *registry::Network::parse("bank.example")}},
         {{school, "Example School", {}}, {*registry::Network::parse("2001:db8::/32")}}}};
    std::unique_ptr<EventStore> store;
    std::uint64_t row = 0;
};
KULA_ON_BOTH_DATABASES(EventSearching);

TEST_P(EventSearching, tells_the_newest_first_or_the_oldest) {
    add_five();
    EXPECT_THAT(types({}), ElementsAre("brute-force", "c2-server", "phishing", "infected-system", "ddos-amplifier"));
    EXPECT_THAT(types({}, SortOrder::ascending),
                ElementsAre("ddos-amplifier", "infected-system", "phishing", "c2-server", "brute-force"));
    EXPECT_THAT(types(with([](auto& f) { f.from = instant_of(2), f.to = instant_of(4); })),
                ElementsAre("phishing", "infected-system"));
}

TEST_P(EventSearching, finds_by_each_of_what_a_filter_holds) {
    add_five();
    EXPECT_THAT(types(with([](auto& f) { f.rsit_class = "malicious-code"; })),
                ElementsAre("c2-server", "infected-system"));
    EXPECT_THAT(types(with([](auto& f) { f.type = "phishing"; })), ElementsAre("phishing"));
    EXPECT_THAT(types(with([](auto& f) { f.severity = "high"; })), ElementsAre("phishing"));
    EXPECT_THAT(types(with([](auto& f) { f.source = "example-feed"; })),
                ElementsAre("infected-system", "ddos-amplifier"));
    EXPECT_THAT(types(with([](auto& f) { f.delivery = "delivery-2"; })),
                ElementsAre("brute-force", "c2-server", "phishing"));
    EXPECT_THAT(types(with([](auto& f) { f.as_number = 64500; })), ElementsAre("ddos-amplifier"));
    EXPECT_THAT(types(with([](auto& f) { f.country = "MK"; })), ElementsAre("ddos-amplifier"));
    EXPECT_THAT(types(with([](auto& f) { f.malware = "mirai"; })), ElementsAre("infected-system"));
    EXPECT_THAT(types(with([](auto& f) { f.identifier = "open-dns"; })), ElementsAre("ddos-amplifier"));
    EXPECT_THAT(types(with([](auto& f) { f.port = std::uint16_t{443}; })), ElementsAre("c2-server", "infected-system"))
        << "at either end";
    EXPECT_THAT(types(with([](auto& f) { f.port = std::uint16_t{443}, f.source = "other-feed"; })),
                ElementsAre("c2-server"));
    EXPECT_THAT(types(with([](auto& f) { f.type = "phishing", f.severity = "low"; })), IsEmpty());
}

TEST_P(EventSearching, finds_addresses_and_prefixes_of_both_families_at_either_end) {
    add_five();
    auto const at = [&](char const* text) {
        return types(with([text](auto& f) { f.address = base::Prefix::parse(text); }));
    };
    EXPECT_THAT(at("192.0.2.7"), ElementsAre("brute-force", "ddos-amplifier"));
    EXPECT_THAT(at("192.0.2.0/29"), ElementsAre("brute-force", "ddos-amplifier"));
    EXPECT_THAT(at("192.0.2.8/29"), IsEmpty());
    EXPECT_THAT(at("0.0.0.0/0"), ElementsAre("brute-force", "c2-server", "infected-system", "ddos-amplifier"));
    EXPECT_THAT(at("2001:db8::7"), ElementsAre("infected-system"));
    EXPECT_THAT(at("2001:db8::8"), ElementsAre("infected-system")) << "also where it is the second of several";
    EXPECT_THAT(at("2001:db8::/32"), ElementsAre("infected-system")) << "once, though both of its addresses lie there";
    EXPECT_THAT(at("203.0.113.5"), ElementsAre("c2-server", "infected-system"));
}

TEST_P(EventSearching, finds_a_domain_with_all_below_it_and_no_other) {
    add_five();
    auto const of = [&](char const* name) { return types(with([name](auto& f) { f.domain = name; })); };
    EXPECT_THAT(of("bank.example"), ElementsAre("phishing", "ddos-amplifier")) << "a URL's host, and a reverse name";
    EXPECT_THAT(of("login.bank.example"), ElementsAre("phishing"));
    EXPECT_THAT(of("evil.example"), ElementsAre("infected-system")) << "at the destination";
    EXPECT_THAT(of("nk.example"), IsEmpty());
    EXPECT_THAT(of("example"), ElementsAre("phishing", "infected-system", "ddos-amplifier"));
}

TEST_P(EventSearching, finds_tags_and_texts_as_they_were_told) {
    add_five();
    auto const tagged = [&](char const* tag) { return types(with([tag](auto& f) { f.tag = tag; })); };
    EXPECT_THAT(tagged("open-resolver"), ElementsAre("ddos-amplifier"));
    EXPECT_THAT(tagged("OPEN-DNS"), ElementsAre("ddos-amplifier")) << "the identifier is one";
    EXPECT_THAT(tagged("emotet"), ElementsAre("c2-server"));
    EXPECT_THAT(tagged("open"), IsEmpty()) << "whole tags only";
    EXPECT_THAT(tagged("open%"), IsEmpty());
    auto const telling = [&](char const* text) { return types(with([text](auto& f) { f.text = text; })); };
    EXPECT_THAT(telling("TWICE"), ElementsAre("infected-system"));
    EXPECT_THAT(telling("called \"home\""), ElementsAre("infected-system")) << "a quotation mark is written so";
    EXPECT_THAT(telling("100%"), IsEmpty());
    EventFilter filter;
    filter.text.assign(longest_event_text + 1, 'x');
    EXPECT_EQ(EventSearch(database()).list({filter}).error().fault, base::Fault::invalid);
}

TEST_P(EventSearching, shows_others_events_to_nobody) {
    add_five();
    EXPECT_THAT(types(with([&](auto& f) { f.organisations = std::vector{bank}; })),
                ElementsAre("brute-force", "phishing", "ddos-amplifier"));
    EXPECT_THAT(types(with([&](auto& f) {
                    f.organisations = std::vector{bank, school};
                })),
                ElementsAre("brute-force", "phishing", "infected-system", "ddos-amplifier"));
    EXPECT_THAT(types(with([](auto& f) { f.organisations = None{}; })), ElementsAre("c2-server"));

    auto const of_school = base::Clearance::of({school.uuid()});
    auto const mine = [&](auto set) {
        return with([&](auto& f) {
            f.clearance = of_school;
            set(f);
        });
    };
    auto const everything = mine([](auto&) {});
    EXPECT_THAT(types(everything), ElementsAre("infected-system"));
    EXPECT_THAT(types(mine([&](auto& f) { f.organisations = std::vector{bank}; })), IsEmpty());
    EXPECT_THAT(types(mine([](auto& f) { f.address = base::Prefix::parse("192.0.2.7"); })), IsEmpty());
    EXPECT_THAT(types(mine([](auto& f) { f.type = "phishing"; })), IsEmpty());
    EXPECT_EQ(summary(everything).total, 1);
    EXPECT_THAT(types(with([](auto& f) { f.clearance = base::Clearance::of({}); })), IsEmpty());

    EventSearch const search(database());
    auto const id = search.list({with([](auto& f) { f.type = "phishing"; })}).value().items.at(0).id;
    EXPECT_TRUE(search.find(id, base::Clearance::of({bank.uuid()})).has_value());
    EXPECT_EQ(search.find(id, of_school).error().fault, base::Fault::not_found);
}

TEST_P(EventSearching, keeps_red_from_whom_it_does_not_name) {
    add({{{"classification.type", "spam"}, {"source.ip", "192.0.2.9"}}}, "closed", "d", {base::Tlp::red, {}});
    EXPECT_THAT(types({}), IsEmpty());
    EXPECT_THAT(types(with([&](auto& f) { f.clearance = base::Clearance::of({bank.uuid()}); })), IsEmpty());
    EXPECT_THAT(types(with([](auto& f) { f.clearance = base::Clearance::everything(); })), ElementsAre("spam"));
    EXPECT_EQ(summary().total, 0);
}

TEST_P(EventSearching, tells_all_of_one_event) {
    add_five();
    EventSearch const search(database());
    auto const found = search.list({with([](auto& f) { f.malware = "mirai"; })}).value().items.at(0);
    EXPECT_EQ(found.source_address, "2001:db8::7");
    EXPECT_EQ(found.destination_port, std::uint16_t{443});
    EXPECT_EQ(found.organisation, school);
    EXPECT_EQ(found.network, "2001:db8::/32");
    auto const detail = search.find(found.id, base::Clearance::of_team({})).value();
    EXPECT_EQ(detail.event.text("extra.note"), "Called \"home\" twice");
    EXPECT_EQ(detail.record.lineage, "delivery:delivery-1");
    EXPECT_EQ(detail.found.row, 2u);
    EXPECT_EQ(search.find(base::Id<Event>::make(clock.now()), base::Clearance::everything()).error().fault,
              base::Fault::not_found);
}

TEST_P(EventSearching, comes_in_pages_each_event_once_also_where_all_happened_at_once) {
    std::vector<Json> many;
    for (int number = 0; number < 250; ++number)
        many.push_back({{"classification.type", "scanner"},
                        {"time.source", time_of(number < 200 ? 1 : 2)},
                        {"source.ip", "192.0.2.7"},
                        {"source.port", 1000 + number % 2},
                        {"destination.ip", fmt::format("198.51.100.{}", number)},
                        {"destination.port", 1001}});
    add(many);
    for (auto const& filter :
         {EventFilter{}, with([](auto& f) { f.port = std::uint16_t{1001}; }),
          with([](auto& f) { f.address = base::Prefix::parse("198.51.100.0/24"); }),
          with([](auto& f) { f.address = base::Prefix::parse("192.0.2.7"), f.severity = std::nullopt; })}) {
        EventQuery query{filter};
        query.limit = 60;
        std::set<std::string> ids;
        base::Instant last = base::Instant::max();
        std::size_t pages = 0;
        do {
            auto const page = EventSearch(database()).list(query).value();
            for (auto const& event : page.items) {
                EXPECT_TRUE(ids.insert(event.id.text()).second);
                EXPECT_LE(event.place.moment, last);
                last = event.place.moment;
            }
            query.behind = page.next;
            ++pages;
        } while (query.behind);
        EXPECT_EQ(ids.size(), many.size());
        EXPECT_EQ(pages, 5u);
    }
}

TEST_P(EventSearching, sums_what_its_lists_hold) {
    add_five();
    auto const all = summary();
    EXPECT_EQ(all.total, 5);
    EXPECT_EQ(all.counted, 5);
    EXPECT_FALSE(all.is_more);
    auto const named = [&](EventFacet facet, std::string const& key) {
        for (auto const& value : all.facets.at(facet)) {
            if (value.key == key) return value.events;
        }
        return std::int64_t{0};
    };
    EXPECT_EQ(named(EventFacet::organisation, bank.text()), 3);
    EXPECT_EQ(named(EventFacet::organisation, ""), 1);
    EXPECT_EQ(named(EventFacet::rsit_class, "malicious-code"), 2);
    EXPECT_EQ(named(EventFacet::port, "443"), 2);
    EXPECT_EQ(named(EventFacet::source, "other-feed"), 3);
    EXPECT_EQ(named(EventFacet::day, "2026-11-21"), 5);
    EXPECT_EQ(summary(with([](auto& f) { f.address = base::Prefix::parse("0.0.0.0/0"); })).total, 4)
        << "one with both ends there is one";
    EXPECT_EQ(summary(with([](auto& f) { f.severity = "high"; })).total, 1);
}

/// Rows at one moment each second, written as quickly as both databases can.
void add_many(storage::Database& database, int count) {
    auto const written = database.write(storage::Priority::bulk, [&](storage::Session& session) {
        auto bulk = session.bulk(
            "insert into event (id, delivery, row, part, source, moment, observed, class, type, source_key, "
            "content_key, happening_key, fields, tags, owner, tlp, pap, lineage, created_at, created_by, changed_at, "
            "changed_by, version) values (?, 'd', ?, 0, 'many', ?, 0, 'other', 'other', '4c6336401', ?, 0, '{}', '', "
            "'00000000-0000-0000-0000-000000000000', 'green', 'clear', '', 0, '', 0, '', 1)");
        for (int number = 0; number < count; ++number) {
            auto const moment = instant_of(0) - std::chrono::seconds(number);
            bulk.add(base::Id<Event>::make(moment), number, moment, number);
        }
        bulk.finish();
    });
    ASSERT_TRUE(written.has_value()) << written.error().detail;
}

TEST_P(EventSearching, looks_as_long_as_it_may_and_says_how_far_it_looked) {
    constexpr int more = 100;
    constexpr int at_least = 2000;
    add({{{"classification.type", "spam"}, {"extra.note", "needle"}, {"time.source", "2026-11-01T00:00:00Z"}}});
    add_many(database(), static_cast<int>(most_looked_at) + more);
    EventSearch const hasty(database(), std::chrono::milliseconds(0));
    EventSearch const patient(database(), std::chrono::minutes(1));
    auto query = EventQuery{with([](auto& f) { f.text = "needle"; })};
    auto page = hasty.list(query).value();
    EXPECT_THAT(page.items, IsEmpty());
    EXPECT_EQ(page.looked_to, instant_of(0) - std::chrono::seconds(at_least - 1));
    std::size_t pages = 1;
    for (; page.next; ++pages) {
        query.behind = page.next;
        page = hasty.list(query).value();
    }
    EXPECT_EQ(page.items.size(), 1u);
    EXPECT_EQ(pages, most_looked_at / at_least + 1);
    EXPECT_FALSE(page.looked_to.has_value());
    query.behind.reset();
    EXPECT_EQ(patient.list(query).value().items.size(), 1u);

    auto const asked = hasty.summary(query.filter, 10).value();
    EXPECT_EQ(asked.total, 0);
    EXPECT_TRUE(asked.is_more) << "it may be that there are";
    auto const all = patient.summary({}, 10).value();
    EXPECT_EQ(all.total, static_cast<std::int64_t>(most_looked_at) + more + 1);
    EXPECT_FALSE(all.is_more);
    EXPECT_EQ(all.counted, static_cast<std::int64_t>(most_looked_at)) << "facets are of the newest";
    EXPECT_THAT(types(with([](auto& f) { f.type = "spam"; })), ElementsAre("spam")) << "an index leads there at once";
    EXPECT_EQ(EventSearch(database())
                  .list({with([](auto& f) { f.address = base::Prefix::parse("198.51.100.0/24"); })})
                  .value()
                  .items.size(),
              50u)
        << "a prefix that holds more than is put in order";
}

TEST_P(EventSearching, finds_what_an_older_kula_kept) {
    add_five();
    auto const undone = database().write(storage::Priority::bulk, [](storage::Session& session) {
        session.execute("delete from event_place");
        session.execute("update event set tags = null, source_key = null, destination_key = null, domain_key = null");
    });
    ASSERT_TRUE(undone.has_value());
    EXPECT_THAT(types(with([](auto& f) { f.address = base::Prefix::parse("192.0.2.7"); })), IsEmpty());
    start();
    EXPECT_THAT(types(with([](auto& f) { f.address = base::Prefix::parse("192.0.2.7"); })),
                ElementsAre("brute-force", "ddos-amplifier"));
    EXPECT_THAT(types(with([](auto& f) { f.address = base::Prefix::parse("2001:db8::8"); })),
                ElementsAre("infected-system"));
    EXPECT_THAT(types(with([](auto& f) { f.tag = "emotet"; })), ElementsAre("c2-server"));
    EXPECT_THAT(types(with([](auto& f) { f.domain = "bank.example"; })), ElementsAre("phishing", "ddos-amplifier"));
}

TEST_P(EventSearching, runs_on_the_tables_of_a_kula_without_search) {
    renew();
    ASSERT_TRUE(database().migrate(storage::testing::first_scripts(events_migrations(), 3)).has_value());
    auto const written = database().write(storage::Priority::bulk, [](storage::Session& session) {
        session.execute(
            "insert into event (id, delivery, row, part, source, moment, observed, class, type, source_address, "
            "content_key, happening_key, fields, owner, tlp, pap, lineage, created_at, created_by, changed_at, "
            "changed_by, version) values ('01930b2e-6c00-7000-8000-000000000001', 'd', 1, 0, 'old', 0, 0, 'other', "
            "'other', '192.0.2.7', 1, 1, ?, '00000000-0000-0000-0000-000000000000', 'green', 'clear', '', 0, '', 0, "
            "'', 1)",
            R"({"source.ip":"192.0.2.7","classification.type":"other"})");
    });
    ASSERT_TRUE(written.has_value()) << written.error().detail;
    start();
    EXPECT_THAT(types(with([](auto& f) { f.address = base::Prefix::parse("192.0.2.0/24"); })), ElementsAre("other"));
}

TEST_P(EventSearching, leaves_the_events_of_a_removed_organisation_to_nobody) {
    add_five();
    ASSERT_TRUE(store->release_organisation(bank).has_value());
    EXPECT_THAT(types(with([&](auto& f) { f.organisations = std::vector{bank}; })), IsEmpty());
    EXPECT_THAT(types(with([](auto& f) { f.organisations = None{}; })),
                ElementsAre("brute-force", "c2-server", "phishing", "ddos-amplifier"));
}

}  // namespace
}  // namespace kula::events
