// What goes to a webhook is signed, keeps its id, waits as its server asks, and never reaches another machine.

#include "notify/courier.hpp"

#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "storage_testing/twins.hpp"
#include "webhook_signature.hpp"

namespace kula::notify {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;
using enum MessageState;

constexpr auto url = "https://hooks.bank.example/kula?from=csirt";

class CourierTest : public storage::testing::Twins {
protected:
    struct Asked {
        std::string server;
        net::ClientRequest request;
    };

    void SetUp() override {
        Twins::SetUp();
        if (IsSkipped()) return;
        start();
        bank = made("Example Bank");
        secret = webhooks->put(bank, url, true, desk).value().secret.value();
    }
    void TearDown() override {
        stop();
        Twins::TearDown();
    }
    void start() {
        journal = journal::Journal::open(database(), clock).value();
        registry = registry::Registry::open(database(), *journal, clock).value();
        gate = release::Gate::open(database(), *journal, *registry, clock, {}).value();
        outbox = Outbox::open(database(), *journal, *gate, clock, {"csirt.example"}).value();
        webhooks = std::make_unique<Webhooks>(database(), *journal, *gate, *outbox, secrets, clock);
        courier = std::make_unique<Courier>(
            *outbox, *webhooks, *gate,
            [this](std::string const& server, net::ClientRequest const& request, std::stop_token const&) {
                if (before_answer) before_answer(server);
                asked.push_back({server, request});
                return answer;
            },
            clock);
    }
    void stop() {
        courier.reset();
        webhooks.reset();
        outbox.reset();
        gate.reset();
        registry.reset();
        journal.reset();
    }
    /// As after `kill -9`: nothing in memory is left.
    void restart() {
        stop();
        reopen();
        start();
    }
    registry::OrganisationId made(std::string const& name) {
        registry::OrganisationContent content;
        content.name = name;
        return registry->create(content, {}, desk).value().id;
    }
    Message tested() { return webhooks->test(bank, desk).value(); }
    Message now(Message const& message) { return outbox->find(message.id, base::Clearance::everything()).value(); }
    Webhook now() { return webhooks->find(bank, base::Clearance::everything()).value().value(); }
    bool send() { return courier->send_one({}).value(); }
    void let_answer(unsigned status, std::string const& retry_after = {}) {
        net::ClientAnswer told{.status = status};
        if (!retry_after.empty()) told.headers.add("Retry-After", retry_after);
        answer = {std::move(told)};
    }

    base::Actor const desk{"user:1", "192.0.2.1"};
    seals::SecretBox const secrets{{}};
    std::unique_ptr<journal::Journal> journal;
    std::unique_ptr<registry::Registry> registry;
    std::unique_ptr<release::Gate> gate;
    std::unique_ptr<Outbox> outbox;
    std::unique_ptr<Webhooks> webhooks;
    std::unique_ptr<Courier> courier;
    registry::OrganisationId bank;
    std::string secret;
    std::vector<Asked> asked;
    WebAnswer answer{net::ClientAnswer{.status = 204}};
    std::function<void(std::string const& server)> before_answer;
};
KULA_ON_BOTH_DATABASES(CourierTest);

TEST_P(CourierTest, what_is_sent_is_signed_with_the_secret_that_was_told) {
    auto const message = tested();
    ASSERT_TRUE(send());
    EXPECT_FALSE(send()) << "once";
    ASSERT_THAT(asked, SizeIs(1));
    auto const& [server, request] = asked[0];
    EXPECT_EQ(server, "https://hooks.bank.example");
    EXPECT_EQ(request.target, "/kula?from=csirt");
    EXPECT_EQ(request.headers.find("webhook-id"), message.id.text());
    auto const at = std::chrono::floor<seconds>(clock.now());
    EXPECT_EQ(request.headers.find("webhook-timestamp"), std::to_string(at.time_since_epoch().count()));
    auto const key = webhooks->key(bank).value();
    EXPECT_EQ(webhook_secret(key), secret);
    EXPECT_EQ(request.headers.find("webhook-signature"), webhook_signature(key, message.id.text(), at, request.body));
    EXPECT_EQ(nlohmann::json::parse(request.body).at("type"), "test");
    EXPECT_EQ(now(message).state, sent);
    EXPECT_EQ(now(message).code, 204);
    EXPECT_EQ(now().succeeded_at, clock.now());
    EXPECT_EQ(gate->decisions("message:" + message.id.text()).value().at(0).decision.reason,
              release::Reason::own_machine);
}

TEST_P(CourierTest, what_is_not_taken_is_tried_again_under_the_same_id) {
    auto const message = tested();
    let_answer(500);
    ASSERT_TRUE(send());
    EXPECT_EQ(now(message).state, waiting);
    EXPECT_EQ(now(message).next_at, clock.now() + minutes(1));
    EXPECT_EQ(now().failure, "the server answered 500");
    clock.advance(minutes(1));
    let_answer(404);
    ASSERT_TRUE(send());
    EXPECT_EQ(now(message).next_at, clock.now() + minutes(2)) << "it may be a mistake that is mended";
    clock.advance(minutes(2));
    let_answer(200);
    ASSERT_TRUE(send());
    EXPECT_EQ(now(message).state, sent);
    ASSERT_THAT(asked, SizeIs(3));
    EXPECT_EQ(asked[0].request.headers.find("webhook-id"), asked[2].request.headers.find("webhook-id"));
    EXPECT_EQ(asked[0].request.body, asked[2].request.body);
    EXPECT_NE(asked[0].request.headers.find("webhook-signature"), asked[2].request.headers.find("webhook-signature"))
        << "signed with its moment";
    EXPECT_THAT(outbox->attempts(message.id).value(), SizeIs(3));
}

TEST_P(CourierTest, a_server_that_asks_to_be_left_alone_is) {
    auto const first = tested();
    auto const second = tested();
    let_answer(429, "7200");
    ASSERT_TRUE(send());
    EXPECT_EQ(now(first).next_at, clock.now() + hours(2));
    EXPECT_FALSE(send()) << "the other one waits, too";
    clock.advance(hours(2));
    let_answer(200);
    EXPECT_TRUE(send() && send());
    EXPECT_EQ(now(second).state, sent);
    EXPECT_EQ(now(second).attempts, 1);
}

TEST_P(CourierTest, a_slow_server_holds_up_no_other) {
    tested();
    tested();
    auto const school = made("Example School");
    ASSERT_TRUE(webhooks->put(school, "https://hooks.school.example/", true, desk).has_value());
    auto const other = webhooks->test(school, desk).value();
    std::vector<std::string> servers;
    before_answer = [&](std::string const& server) {
        servers.push_back(server);
        if (servers.size() > 1) return;
        EXPECT_TRUE(send()) << "while the first one thinks";
        EXPECT_FALSE(send()) << "nobody else sends to it meanwhile";
        EXPECT_EQ(now(other).state, sent);
    };
    ASSERT_TRUE(send());
    EXPECT_THAT(servers, ElementsAre("https://hooks.bank.example", "https://hooks.school.example"));
}

TEST_P(CourierTest, a_webhook_that_is_gone_is_switched_off_and_what_waits_is_held) {
    auto const first = tested();
    auto const second = tested();
    let_answer(410);
    EXPECT_TRUE(send() && send());
    EXPECT_EQ(now(first).state, failed);
    EXPECT_EQ(now(first).reason, why::gone);
    EXPECT_EQ(now(second).state, held);
    EXPECT_EQ(now(second).reason, why::webhook_off);
    EXPECT_THAT(asked, SizeIs(1));
    EXPECT_FALSE(now().is_enabled);
    EXPECT_EQ(now().gone_at, clock.now());
    EXPECT_EQ(webhooks->test(bank, desk).error().fault, base::Fault::conflict);
    let_answer(200);
    EXPECT_FALSE(webhooks->put(bank, url, true, desk).value().secret.has_value()) << "the same server knows it";
    EXPECT_EQ(now().gone_at, std::nullopt);
    ASSERT_TRUE(outbox->retry(second.id, desk).has_value());
    EXPECT_TRUE(send());
    EXPECT_EQ(now(second).state, sent);
}

TEST_P(CourierTest, what_waits_for_another_machine_is_held) {
    auto const message = tested();
    auto const moved = webhooks->put(bank, "https://new.bank.example/", true, desk).value();
    EXPECT_NE(moved.secret.value(), secret) << "another server gets another secret";
    ASSERT_TRUE(send());
    EXPECT_THAT(asked, SizeIs(0));
    EXPECT_EQ(now(message).reason, why::no_webhook);
    auto const next = tested();
    ASSERT_TRUE(webhooks->remove(bank, desk).has_value());
    ASSERT_TRUE(send());
    EXPECT_EQ(now(next).reason, why::no_webhook);
    EXPECT_EQ(webhooks->find(bank, base::Clearance::everything()).value(), std::nullopt);
}

TEST_P(CourierTest, a_crash_between_the_answer_and_its_mark_repeats_under_the_same_id) {
    auto const message = tested();
    ASSERT_TRUE(outbox->take(Channel::webhook, [](std::string const&) { return true; }).value().has_value());
    restart();
    EXPECT_EQ(now(message).repeats, 1);
    ASSERT_TRUE(send());
    EXPECT_EQ(asked.at(0).request.headers.find("webhook-id"), message.id.text());
    EXPECT_EQ(webhook_secret(webhooks->key(bank).value()), secret);
    EXPECT_EQ(now(message).state, sent);
}

TEST_P(CourierTest, silence_rests_the_server_and_is_counted_where_it_may_have_heard) {
    auto const first = tested();
    auto const second = tested();
    answer = {base::unavailable("https://hooks.bank.example does not answer"), true};
    ASSERT_TRUE(send());
    EXPECT_FALSE(send()) << "the other one waits, too";
    EXPECT_EQ(now(first).repeats, 1);
    clock.advance(minutes(1));
    answer.may_have_arrived = false;
    ASSERT_TRUE(send());
    EXPECT_EQ(now(second).attempts, 1);
    EXPECT_EQ(now(second).repeats, 0) << "it never arrived";
    clock.advance(hours(73));
    ASSERT_TRUE(send() && send());
    EXPECT_EQ(now(first).state, failed);
    EXPECT_EQ(now(first).reason, why::expired);
}

TEST_P(CourierTest, mail_and_webhooks_are_taken_apart) {
    tested();
    EXPECT_EQ(outbox->take(Channel::mail, [](std::string const&) { return true; }).value().has_value(), false);
    MessageQuery query;
    query.clearance = base::Clearance::everything();
    query.channel = Channel::mail;
    EXPECT_EQ(outbox->list(query)->total, 0);
    query.channel = Channel::webhook;
    EXPECT_EQ(outbox->list(query)->total, 1);
}

TEST_P(CourierTest, addresses_in_the_clear_or_none_are_refused) {
    for (auto const* text : {"http://hooks.bank.example/", "ftp://hooks.bank.example/", "hooks", "", "https://a:b@c/"})
        EXPECT_EQ(webhooks->put(bank, text, true, desk).error().fault, base::Fault::invalid) << text;
    EXPECT_TRUE(webhooks->put(bank, "http://127.0.0.1:8080/", true, desk).has_value());
    base::Actor const stranger{"user:2", "", "", base::Clearance::of({})};
    EXPECT_EQ(webhooks->put(bank, url, true, stranger).error().fault, base::Fault::not_found);
    EXPECT_EQ(webhooks->find(bank, stranger.clearance).error().fault, base::Fault::not_found);
}

TEST_P(CourierTest, the_trail_tells_no_secret) {
    auto const renewed = webhooks->renew_secret(bank, desk).value().secret.value();
    EXPECT_NE(renewed, secret);
    for (auto const& entry : journal->list({}).value().items) {
        for (auto const& told : {entry.fact.before, entry.fact.after}) {
            EXPECT_EQ(told.find(secret.substr(6)), std::string::npos);
            EXPECT_EQ(told.find(renewed.substr(6)), std::string::npos);
        }
    }
}

}  // namespace
}  // namespace kula::notify
