#pragma once
// Deliveries that are told and followed, on both databases.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "findings/findings.hpp"
#include "intake/intake.hpp"
#include "storage_testing/twins.hpp"

namespace kula::findings::testing {

using std::chrono_literals::operator""h;

class FindingsHouse : public storage::testing::Twins {
protected:
    void SetUp() override {
        Twins::SetUp();
        if (IsSkipped()) return;
        start();
        registry::OrganisationContent content;
        content.name = "Example Bank";
        content.sector = "banking";
        content.networks = {*registry::Network::parse("192.0.2.0/28"), *registry::Network::parse("bank.example")};
        bank = registry->create(content, {}, {"desk"}).value().id;
        ASSERT_TRUE(registry->replace_national_space(0, {"192.0.2.0/24", "198.51.100.0/24"}, {}, {"desk"}).has_value());
    }
    void TearDown() override {
        stop();
        Twins::TearDown();
    }
    void start() {
        journal = journal::Journal::open(database(), clock).value();
        registry = registry::Registry::open(database(), *journal, clock).value();
        indicators = indicators::Store::open(database(), *journal, clock).value();
        vulnerabilities = vulnerabilities::Catalogue::open(database(), *journal, clock).value();
        events = events::EventStore::open(database(), clock).value();
        intake = intake::Intake::open(database(), *journal, *events, *registry, *indicators, *vulnerabilities, clock)
                     .value();
        auto opened = Findings::open(database(), *journal, *registry, *vulnerabilities, clock);
        ASSERT_TRUE(opened.has_value()) << opened.error().detail;
        findings = std::move(*opened);
    }
    void stop() {
        findings.reset();
        intake.reset();
        events.reset();
        vulnerabilities.reset();
        indicators.reset();
        registry.reset();
        journal.reset();
    }
    void restart() {
        stop();
        reopen();
        start();
    }

    /// Rows of `head`, read as a delivery of this source.
    intake::DeliveryAccount deliver(std::string const& rows, std::string const& source = "scan",
                                    std::string const& name = "report.csv",
                                    intake::Mapping const& mapping = *intake::Mappings::shipped().find("csv")) {
        auto writer = intake->begin().value();
        auto const content = std::string(head) + rows;
        EXPECT_TRUE(writer.add({reinterpret_cast<std::byte const*>(content.data()), content.size()}).has_value());
        auto account = intake->read({name, source, mapping}, writer.finish().value());
        EXPECT_TRUE(account.has_value()) << account.error().detail;
        return *account;
    }
    /// An open resolver at this address, as of now.
    [[nodiscard]] std::string row(std::string const& address, std::string const& rest = "") const {
        return base::to_seconds_text(clock.now()) + ',' + address + ",53,udp,vulnerable,ddos-amplifier,open-dns" +
               (rest.empty() ? ",," : rest) + '\n';
    }
    Followed follow() {
        auto followed = findings->follow();
        EXPECT_TRUE(followed.has_value()) << followed.error().detail;
        return *followed;
    }
    /// A day later, a delivery of these rows, followed.
    Followed next_day(std::vector<std::string> const& addresses, std::string const& source = "scan") {
        clock.advance(24h);
        std::string rows;
        for (auto const& address : addresses) rows += row(address);
        deliver(rows, source);
        return follow();
    }
    std::vector<Finding> all(FindingQuery query = {}) {
        query.clearance = base::Clearance::everything();
        return findings->list(query).value().items;
    }
    Finding one() {
        auto const found = all();
        EXPECT_EQ(found.size(), 1u);
        return found.at(0);
    }
    FindingStory story() { return findings->story(one().id, base::Clearance::everything()).value(); }
    base::Result<Finding> take(State to, Party party = Party::team, std::string reason = "because",
                               std::optional<base::Instant> until = {}) {
        return findings->take_step(one().id, {}, {to, std::move(reason), until}, party, desk);
    }

    static constexpr std::string_view head =
        "time.source,source.ip,source.port,protocol.transport,classification.taxonomy,classification.type,"
        "classification.identifier,severity,malware.name\n";
    base::Actor const desk{"user:example.analyst"};
    registry::OrganisationId bank{};
    std::unique_ptr<journal::Journal> journal;
    std::unique_ptr<registry::Registry> registry;
    std::unique_ptr<indicators::Store> indicators;
    std::unique_ptr<vulnerabilities::Catalogue> vulnerabilities;
    std::unique_ptr<events::EventStore> events;
    std::unique_ptr<intake::Intake> intake;
    std::unique_ptr<Findings> findings;
};

}  // namespace kula::findings::testing
