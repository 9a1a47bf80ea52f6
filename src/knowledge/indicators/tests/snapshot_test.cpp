// Proves what the compiled snapshot finds: hosts, stretches, AS numbers, names, and who stands behind them.
#include "indicators/snapshot.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <unordered_map>

#include "origins/table_reader.hpp"

namespace kula::indicators {
namespace {

using base::Address;
using testing::ElementsAre;

/// Everything that a list of words means, from one source.
std::shared_ptr<Snapshot const> compile(std::vector<std::string> const& listed,
                                        std::shared_ptr<origins::AsTable const> as_table = {}) {
    SnapshotBuilder builder;
    auto const source = builder.source("test");
    for (auto const& text : listed) builder.add(Value::parse(text, ReservedSpace::allow).value(), source);
    builder.as_table(std::move(as_table));
    return builder.compile();
}

std::string found(Snapshot const& snapshot, std::optional<Number> number) {
    return number ? snapshot.value(*number).text() : "nothing";
}

std::string at(Snapshot const& snapshot, char const* address) {
    return found(snapshot, snapshot.find(*Address::parse(address)));
}

TEST(Snapshot, finds_every_host_and_nothing_else) {
    std::mt19937 random(5);
    SnapshotBuilder builder;
    auto const source = builder.source("test");
    std::vector<std::uint32_t> hosts{0, 1, 0xffffffff};
    while (hosts.size() < 50'000) hosts.push_back(static_cast<std::uint32_t>(random()) & 0xff0fffff);
    for (auto const host : hosts)
        builder.add({.kind = Kind::address, .range = {Address::v4(host), Address::v4(host)}}, source);
    auto const snapshot = builder.compile();
    std::vector<Number> numbers(hosts.size());
    snapshot->find_hosts4(hosts, numbers);
    for (std::size_t i = 0; i < hosts.size(); ++i) {
        ASSERT_NE(numbers[i], no_indicator);
        ASSERT_EQ(snapshot->value(numbers[i]).range.first.number4(), hosts[i]);
        ASSERT_EQ(snapshot->find(Address::v4(hosts[i])), numbers[i]);
    }
    for (auto& host : hosts) host = static_cast<std::uint32_t>(random()) | 0x00100000 | 0x00200000;
    snapshot->find_hosts4(hosts, numbers);
    EXPECT_EQ(numbers, std::vector<Number>(hosts.size(), no_indicator));
    snapshot->find_stretches4(hosts, numbers);
    EXPECT_EQ(numbers, std::vector<Number>(hosts.size(), no_indicator));
}

TEST(Snapshot, tells_the_most_specific_of_nested_stretches) {
    auto const snapshot =
        compile({"198.51.100.0/24", "198.51.100.64/26", "198.51.100.70", "198.51.100.60-198.51.100.66"});
    EXPECT_EQ(at(*snapshot, "198.51.100.1"), "198.51.100.0/24");
    EXPECT_EQ(at(*snapshot, "198.51.100.61"), "198.51.100.60-198.51.100.66");
    EXPECT_EQ(at(*snapshot, "198.51.100.64"), "198.51.100.60-198.51.100.66");
    EXPECT_EQ(at(*snapshot, "198.51.100.67"), "198.51.100.64/26");
    EXPECT_EQ(at(*snapshot, "198.51.100.70"), "198.51.100.70");
    EXPECT_EQ(at(*snapshot, "198.51.100.128"), "198.51.100.0/24");
    EXPECT_EQ(at(*snapshot, "198.51.101.0"), "nothing");
}

TEST(Snapshot, finds_ipv6_hosts_and_prefixes) {
    auto const snapshot = compile({"2001:db8::/32", "2001:db8:1::/48", "2001:db8:1::5"});
    EXPECT_EQ(at(*snapshot, "2001:db8:1::5"), "2001:db8:1::5");
    EXPECT_EQ(at(*snapshot, "2001:db8:1::6"), "2001:db8:1::/48");
    EXPECT_EQ(at(*snapshot, "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"), "2001:db8::/32");
    EXPECT_EQ(at(*snapshot, "2001:db9::"), "nothing");
}

TEST(Snapshot, reports_one_indicator_with_all_its_sources_and_the_strictest_marking) {
    SnapshotBuilder builder;
    auto const value = Value::parse("192.0.2.7").value();
    builder.add(value, builder.source("zeta", {base::Tlp::green, base::Pap::clear}));
    builder.add(value, builder.source("alpha", {base::Tlp::clear, base::Pap::red}));
    builder.add(value, builder.source("alpha", {base::Tlp::amber, base::Pap::clear}));
    builder.add(Value::parse("192.0.2.8").value(), builder.source("zeta", {base::Tlp::green, base::Pap::clear}));
    auto const snapshot = builder.compile();
    EXPECT_EQ(snapshot->size(), 2u);
    auto const number = snapshot->find(*Address::parse("192.0.2.7")).value();
    EXPECT_THAT(snapshot->sources(number), ElementsAre("alpha", "zeta"));
    EXPECT_EQ(snapshot->marking(number), (base::Marking{base::Tlp::amber, base::Pap::red}));
}

TEST(Snapshot, remembers_what_is_on_a_warning_list) {
    SnapshotBuilder builder;
    auto const source = builder.source("test");
    builder.add(Value::parse("192.0.2.7").value(), source);
    builder.add(Value::parse("192.0.2.8").value(), source, Alerting::warned);
    auto const snapshot = builder.compile();
    EXPECT_EQ(snapshot->alerting(*snapshot->find(*Address::parse("192.0.2.7"))), Alerting::alerted);
    EXPECT_EQ(snapshot->alerting(*snapshot->find(*Address::parse("192.0.2.8"))), Alerting::warned);
}

TEST(Snapshot, finds_as_numbers_by_what_they_announce_and_others_do_not_announce_more_specifically) {
    auto content = origins::read_table(origins::TableKind::as_numbers,
                                       "198.51.100.0\t198.51.100.255\t64500\tQM\tExample\n198.51.100.128/25,AS64501\n");
    auto const snapshot =
        compile({"AS64500", "198.51.100.9"}, std::make_shared<origins::AsTable const>(std::move(content.value())));
    EXPECT_EQ(at(*snapshot, "198.51.100.1"), "AS64500");
    EXPECT_EQ(at(*snapshot, "198.51.100.9"), "198.51.100.9");
    EXPECT_EQ(at(*snapshot, "198.51.100.200"), "nothing");
}

TEST(Snapshot, finds_domains_with_their_subdomains_the_closest_first) {
    auto const snapshot = compile({"bad.example", "worse.bad.example"});
    EXPECT_EQ(found(*snapshot, snapshot->find_domain("BAD.example.")), "bad.example");
    EXPECT_EQ(found(*snapshot, snapshot->find_domain("a.b.bad.example:8080")), "bad.example");
    EXPECT_EQ(found(*snapshot, snapshot->find_domain("x.worse.bad.example")), "worse.bad.example");
    EXPECT_EQ(found(*snapshot, snapshot->find_domain("notbad.example")), "nothing");
    EXPECT_EQ(found(*snapshot, snapshot->find_domain("example")), "nothing");
    EXPECT_EQ(found(*snapshot, snapshot->find_domain(std::string(300, 'a') + ".bad.example")), "nothing");
}

TEST(Snapshot, finds_urls_by_host_and_path) {
    auto const snapshot = compile({"http://bad.example/drop.exe", "https://bad.example:8443/login?next=1"});
    EXPECT_EQ(found(*snapshot, snapshot->find_url("bad.example", "/drop.exe", 80)), "http://bad.example/drop.exe");
    EXPECT_EQ(found(*snapshot, snapshot->find_url("Bad.Example:80", "/drop.exe?x=1", 80)),
              "http://bad.example/drop.exe");
    EXPECT_EQ(found(*snapshot, snapshot->find_url("", "http://bad.example/drop.exe", 3128)),
              "http://bad.example/drop.exe");
    EXPECT_EQ(found(*snapshot, snapshot->find_url("bad.example", "/drop.exe2", 80)), "nothing");
    EXPECT_EQ(found(*snapshot, snapshot->find_url("bad.example", "/login?next=1", 8443)),
              "https://bad.example:8443/login?next=1");
    EXPECT_EQ(found(*snapshot, snapshot->find_url("bad.example", "/login", 8443)), "nothing");
}

TEST(Snapshot, finds_hashes_in_any_case) {
    auto const snapshot = compile({"d41d8cd98f00b204e9800998ecf8427e"});
    EXPECT_EQ(found(*snapshot, snapshot->find_hash("D41D8CD98F00B204E9800998ECF8427E")),
              "d41d8cd98f00b204e9800998ecf8427e");
    EXPECT_EQ(found(*snapshot, snapshot->find_hash("d41d")), "nothing");
}

TEST(Snapshot, of_nothing_finds_nothing) {
    auto const snapshot = SnapshotBuilder().compile();
    EXPECT_EQ(snapshot->size(), 0u);
    EXPECT_EQ(at(*snapshot, "192.0.2.1"), "nothing");
    EXPECT_EQ(at(*snapshot, "::1"), "nothing");
    EXPECT_EQ(found(*snapshot, snapshot->find_domain("example.org")), "nothing");
    EXPECT_FALSE(snapshot->has_names());
}

}  // namespace
}  // namespace kula::indicators
