#pragma once
// A report that is followed, rules that send, and a mail server that says what it is told to say; on both databases.

#include <memory>
#include <string>
#include <vector>

#include "intake/intake.hpp"
#include "notify/postman.hpp"
#include "rounds/rounds.hpp"
#include "storage_testing/twins.hpp"

namespace kula::rounds::testing {

using std::chrono_literals::operator""h;

class RoundsHouse : public storage::testing::Twins {
protected:
    struct Sent {
        std::string to, mail;
    };

    void SetUp() override {
        Twins::SetUp();
        if (IsSkipped()) return;
        start();
        holding = made("Example Holding", {{"Holding's office", "management", "office@holding.example", {}, {}}});
        bank =
            made("Example Bank",
                 {{"Abuse desk", "abuse", "abuse@bank.example", {}, {"en"}}, {"Press", "press", "press@bank.example"}},
                 holding);
        ASSERT_TRUE(gate->agree(bank, base::Tlp::amber, "asked for by letter", desk).has_value());
        ASSERT_TRUE(gate->agree(holding, base::Tlp::amber, "asked for by letter", desk).has_value());
        registry::TeamContent team;
        team.name.in(base::Language::en) = "Example CSIRT";
        team.short_name = "EX-CSIRT";
        team.email = "team@csirt.example";
        team.portal = "https://csirt.example";
        ASSERT_TRUE(registry->replace_team(0, team, desk).has_value());
        ASSERT_TRUE(registry->replace_national_space(0, {"192.0.2.0/24"}, {}, desk).has_value());
        let_rules({rule()});
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
        findings = findings::Findings::open(database(), *journal, *registry, *vulnerabilities, clock).value();
        routing = std::make_unique<findings::RoutingStore>(database(), *journal, clock);
        composer = std::make_unique<notify::Composer>(formats::MailAddress{"CSIRT", "team@csirt.example"}, nullptr,
                                                      nullptr, clock);
        gate = release::Gate::open(database(), *journal, *registry, clock, composer->own_keys()).value();
        outbox = notify::Outbox::open(database(), *journal, *gate, clock,
                                      {.domain = "csirt.example", .on_sent = as_notified(*findings)})
                     .value();
        postman = std::make_unique<notify::Postman>(
            *outbox, *gate, *composer,
            [this](std::string const&, std::string const& to, std::string const& mail, std::stop_token const&) {
                sent.push_back({to, mail});
                return answer;
            },
            clock);
        webhooks = std::make_unique<notify::Webhooks>(database(), *journal, *gate, *outbox, secrets, clock);
        answers = std::make_unique<Answers>(database(), *findings, *outbox, secrets, clock);
        contact_links = std::make_unique<ContactLinks>(*registry, *outbox, secrets, clock);
        rounds = std::make_unique<Rounds>(Rounds::Rooms{database(), *findings, *routing, *registry, *gate, *outbox,
                                                        *webhooks, *answers, *contact_links, clock});
    }
    void stop() {
        rounds.reset();
        contact_links.reset();
        answers.reset();
        webhooks.reset();
        postman.reset();
        outbox.reset();
        gate.reset();
        routing.reset();
        findings.reset();
        intake.reset();
        events.reset();
        vulnerabilities.reset();
        indicators.reset();
        registry.reset();
        journal.reset();
    }
    registry::OrganisationId made(std::string const& name, std::vector<registry::Contact> contacts,
                                  std::optional<registry::OrganisationId> parent = {}) {
        registry::OrganisationContent content;
        content.name = name;
        content.contacts = std::move(contacts);
        content.parent = parent;
        if (parent) content.networks = {*registry::Network::parse("192.0.2.0/28")};
        if (parent) content.sector = "banking";
        return registry->create(content, {}, desk).value().id;
    }
    static findings::RoutingRule rule() {
        findings::RoutingRule out;
        out.name.in(base::Language::en) = "all";
        out.roles = {"abuse"};
        out.remind_after = std::chrono::days(3);
        out.ladder = {{std::chrono::days(5), findings::Side::organisation, "management"},
                      {std::chrono::days(7), findings::Side::parent, "management"},
                      {std::chrono::days(9), findings::Side::team, ""}};
        return out;
    }
    void let_rules(std::vector<findings::RoutingRule> rules, bool sends = true,
                   std::optional<findings::TeamHours> hours = {},
                   std::vector<findings::SectorAuthority> authorities = {}) {
        auto const before = routing->stored().value();
        auto const done =
            routing->replace(before.version, {std::move(rules), sends, std::move(hours), std::move(authorities)}, desk);
        ASSERT_TRUE(done.has_value()) << done.error().detail;
    }
    /// A report of open resolvers at these addresses, each at so many ports from 53 on, followed.
    void report(std::vector<std::string> const& addresses, int ports = 1) {
        std::string content =
            "time.source,source.ip,source.port,protocol.transport,classification.taxonomy,classification.type,"
            "classification.identifier\n";
        for (auto const& address : addresses) {
            for (int port = 53; port < 53 + ports; ++port)
                content += base::to_seconds_text(clock.now()) + ',' + address + ',' + std::to_string(port) +
                           ",udp,vulnerable,ddos-amplifier,open-dns\n";
        }
        auto writer = intake->begin().value();
        ASSERT_TRUE(writer.add({reinterpret_cast<std::byte const*>(content.data()), content.size()}).has_value());
        auto const mapping = intake::Mappings::shipped().find("csv").value();
        ASSERT_TRUE(intake->read({"report.csv", "scan", mapping}, writer.finish().value()).has_value());
        ASSERT_TRUE(findings->follow().has_value());
    }
    Round round() {
        auto made = rounds->make([this](std::string const& sentence) { faults.push_back(sentence); }, {});
        EXPECT_TRUE(made.has_value()) << made.error().detail;
        return *made;
    }
    void send_all() {
        while (postman->send_one({}).value()) continue;
    }
    std::vector<findings::Finding> all() {
        return findings->list({.clearance = base::Clearance::everything()}).value().items;
    }
    findings::Finding one() {
        auto const found = all();
        EXPECT_EQ(found.size(), 1U);
        return found.at(0);
    }
    std::vector<notify::Message> messages() {
        return outbox->list({.clearance = base::Clearance::everything()}).value().items;
    }
    /// The text of the newest mail.
    std::string text() { return outbox->letter(messages().at(0).id).value().text; }
    /// The link in the newest mail.
    std::string token(std::string_view page = "/answer/") {
        auto const written = text();
        auto const begin = written.find(page) + page.size();
        return written.substr(begin, written.find('\n', begin) - begin);
    }

    base::Actor const desk{"user:example.analyst"};
    seals::SecretBox const secrets{{}};
    registry::OrganisationId bank{}, holding{};
    std::unique_ptr<journal::Journal> journal;
    std::unique_ptr<registry::Registry> registry;
    std::unique_ptr<indicators::Store> indicators;
    std::unique_ptr<vulnerabilities::Catalogue> vulnerabilities;
    std::unique_ptr<events::EventStore> events;
    std::unique_ptr<intake::Intake> intake;
    std::unique_ptr<findings::Findings> findings;
    std::unique_ptr<findings::RoutingStore> routing;
    std::unique_ptr<notify::Composer> composer;
    std::unique_ptr<release::Gate> gate;
    std::unique_ptr<notify::Outbox> outbox;
    std::unique_ptr<notify::Postman> postman;
    std::unique_ptr<notify::Webhooks> webhooks;
    std::unique_ptr<Answers> answers;
    std::unique_ptr<ContactLinks> contact_links;
    std::unique_ptr<Rounds> rounds;
    std::vector<Sent> sent;
    std::vector<std::string> faults;
    net::SmtpAnswer answer{net::SmtpOutcome::accepted, 250, "250 2.0.0 queued"};
};

}  // namespace kula::rounds::testing
