// What goes to a webhook is signed, keeps its id, waits as its server asks, and never reaches another machine.

#include "notify/courier.hpp"

#include <fmt/format.h>
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
    /// Another organisation's message, to its own webhook.
    Message led_to(std::string const& name, std::string const& at) {
        auto const organisation = made(name);
        EXPECT_TRUE(webhooks->put(organisation, at, true, desk).has_value());
        return webhooks->test(organisation, desk).value();
    }
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
    auto const keys = webhooks->keys(bank).value();
    ASSERT_THAT(keys, SizeIs(1));
    EXPECT_EQ(webhook_secret(keys[0]), secret);
    EXPECT_EQ(request.headers.find("webhook-signature"),
              webhook_signature(keys[0], message.id.text(), at, request.body));
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

TEST_P(CourierTest, a_webhook_that_asks_to_be_left_alone_is_and_binds_no_other_at_its_server) {
    auto const first = tested();
    auto const second = tested();
    let_answer(429, "7200");
    ASSERT_TRUE(send());
    EXPECT_EQ(now(first).next_at, clock.now() + hours(2));
    EXPECT_FALSE(send()) << "the other one waits, too";
    let_answer(200);
    auto const school = led_to("Example School", "https://hooks.bank.example/school");
    ASSERT_TRUE(send());
    EXPECT_EQ(now(school).state, sent);
    clock.advance(minutes(119));
    EXPECT_FALSE(send());
    clock.advance(minutes(1));
    EXPECT_TRUE(send() && send());
    EXPECT_EQ(now(second).state, sent);
    EXPECT_EQ(now(second).attempts, 1);
}

TEST_P(CourierTest, a_bad_answer_rests_the_webhook_longer_each_time_until_it_goes_well_or_somebody_hurries) {
    for (auto number = 0; number < 5; ++number) tested();
    let_answer(500);
    for (auto const pause : {minutes(1), minutes(2), minutes(4)}) {
        ASSERT_TRUE(send());
        clock.advance(pause - seconds(1));
        EXPECT_FALSE(send());
        clock.advance(seconds(1));
    }
    EXPECT_THAT(asked, SizeIs(3));
    let_answer(204);
    EXPECT_TRUE(send() && send()) << "what goes well goes on";
    let_answer(500);
    ASSERT_TRUE(send());
    EXPECT_FALSE(send()) << "it rests";
    let_answer(204);
    auto const last = tested();
    while (send()) {
    }
    EXPECT_EQ(now(last).state, sent) << "a test is wanted now";
}

TEST_P(CourierTest, a_server_is_asked_no_more_a_minute_than_it_may_be) {
    for (auto number = 0; number < 61; ++number) tested();
    for (auto number = 0; number < 60; ++number) ASSERT_TRUE(send());
    EXPECT_FALSE(send());
    led_to("Example School", "https://hooks.bank.example/school");
    EXPECT_FALSE(send()) << "it is the same server";
    clock.advance(minutes(1));
    EXPECT_TRUE(send() && send());
}

TEST_P(CourierTest, whose_turn_was_longest_ago_goes_first_and_trouble_takes_half_of_the_threads) {
    std::vector<std::string> servers;
    tested();
    tested();
    led_to("Example School", "https://hooks.school.example/");
    led_to("Example Clinic", "https://hooks.clinic.example/");
    before_answer = [&](std::string const& server) { servers.push_back(server); };
    while (send()) {
    }
    EXPECT_THAT(servers, ElementsAre("https://hooks.bank.example", "https://hooks.clinic.example",
                                     "https://hooks.school.example", "https://hooks.bank.example"));
    let_answer(500);
    for (auto const* each : {"a", "b", "c"}) {
        auto const troubled = led_to(each, fmt::format("https://{}.example/", each));
        led_to(fmt::format("{}, too", each), fmt::format("https://{}.example/", each));
        ASSERT_TRUE(send()) << troubled.id.text();
    }
    clock.advance(minutes(1));
    servers.clear();
    before_answer = [&](std::string const& server) {
        servers.push_back(server);
        if (servers.size() == 1) {
            EXPECT_TRUE(send());
        } else if (servers.size() == 2) {
            EXPECT_FALSE(send()) << "two of four threads are with those in trouble";
            tested();
            EXPECT_TRUE(send());
        }
    };
    ASSERT_TRUE(send());
    EXPECT_THAT(servers, ElementsAre("https://a.example", "https://b.example", "https://hooks.bank.example"));
}

TEST_P(CourierTest, a_slow_server_holds_up_no_other) {
    tested();
    tested();
    auto const other = led_to("Example School", "https://hooks.school.example/");
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
    ASSERT_TRUE(outbox->take(Channel::webhook, [](auto const& ways) { return std::optional(ways.front()); })
                    .value()
                    .has_value());
    restart();
    EXPECT_EQ(now(message).repeats, 1);
    ASSERT_TRUE(send());
    EXPECT_EQ(asked.at(0).request.headers.find("webhook-id"), message.id.text());
    EXPECT_EQ(webhook_secret(webhooks->keys(bank).value().at(0)), secret);
    EXPECT_EQ(now(message).state, sent);
}

TEST_P(CourierTest, silence_is_counted_where_it_may_have_been_heard_and_rests_the_server_where_it_was_not) {
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
    EXPECT_FALSE(send());
    auto const other = made("Example School");
    ASSERT_TRUE(webhooks->put(other, "https://hooks.bank.example/school", true, desk).has_value());
    clock.advance(hours(73));
    ASSERT_TRUE(send() && send());
    EXPECT_EQ(now(first).state, failed);
    EXPECT_EQ(now(first).reason, why::expired);
}

TEST_P(CourierTest, a_secret_that_is_renewed_signs_beside_the_new_one_for_a_day_and_is_forgotten_then) {
    auto const signatures = [&] {
        tested();
        EXPECT_TRUE(send());
        auto const told = asked.back().request.headers.find("webhook-signature").value_or("");
        return std::count(told.begin(), told.end(), ' ') + 1;
    };
    auto const stored = [&] {
        auto const count = [](storage::Session const& session) {
            return session.value<std::int64_t>("select count(*) from webhook_former_secret");
        };
        return database().read(count).value();
    };
    EXPECT_EQ(signatures(), 1);
    auto const renewed = webhooks->renew_secret(bank, desk).value();
    EXPECT_EQ(renewed.webhook.former_until, clock.now() + hours(24));
    EXPECT_EQ(now().former_until, clock.now() + hours(24));
    auto const keys = webhooks->keys(bank).value();
    ASSERT_THAT(keys, SizeIs(2));
    EXPECT_EQ(webhook_secret(keys[0]), renewed.secret);
    EXPECT_EQ(webhook_secret(keys[1]), secret);
    EXPECT_EQ(signatures(), 2);
    clock.advance(hours(1));
    for (auto number = 0; number < 4; ++number) {
        ASSERT_TRUE(webhooks->renew_secret(bank, desk).has_value());
        clock.advance(seconds(1));
    }
    EXPECT_EQ(signatures(), 4) << "no more than three of before";
    ASSERT_TRUE(webhooks->put(bank, url, false, desk).has_value());
    ASSERT_TRUE(webhooks->put(bank, url, true, desk).has_value());
    EXPECT_EQ(signatures(), 4) << "the same server";
    clock.advance(hours(24));
    EXPECT_EQ(now().former_until, std::nullopt);
    EXPECT_EQ(signatures(), 1);
    EXPECT_EQ(stored(), 0) << "deleted, not only passed over";
    ASSERT_TRUE(webhooks->renew_secret(bank, desk).has_value());
    ASSERT_TRUE(webhooks->put(bank, "https://new.bank.example/", true, desk).has_value());
    EXPECT_EQ(signatures(), 1) << "the other server never knew it";
    EXPECT_EQ(stored(), 0);
    ASSERT_TRUE(webhooks->renew_secret(bank, desk).has_value());
    ASSERT_TRUE(webhooks->remove(bank, desk).has_value());
    EXPECT_EQ(stored(), 0);
}

TEST_P(CourierTest, mail_and_webhooks_are_taken_apart) {
    tested();
    auto const none = outbox->take(Channel::mail, [](auto const& ways) {
        EXPECT_THAT(ways, SizeIs(0));
        return std::optional<std::string>();
    });
    EXPECT_EQ(none.value().has_value(), false);
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
