// What is entered leaves once, as it was decided, and what became of it is kept.

#include "notify/outbox.hpp"

#include <gmock/gmock.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>

#include "notify/postman.hpp"
#include "seals_testing/example_key.hpp"
#include "storage_testing/twins.hpp"

namespace kula::notify {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using enum MessageState;

// Nothing that was not decided can be entered.
template <class T>
concept Enterable = requires(Outbox const& outbox, storage::Session& session, T const& thing,
                             base::Actor const& actor) {
    outbox.enter(session, thing, actor);
};
static_assert(Enterable<release::Released<Letter>> && Enterable<release::Held<Letter>> && !Enterable<Letter>);

/// The team's key, made once.
seals::OpenPgpSigner const& team_key() {
    static seals::OpenPgpSigner const key = [] {
        storage::testing::TemporaryFolder const folder;
        auto const file = (folder.path() / "team.asc").string();
        auto const gpg =
            "gpg --quiet --batch --pinentry-mode loopback --passphrase '' --homedir " + folder.path().string();
        auto const made = gpg + " --quick-gen-key 'CSIRT <team@csirt.example>' ed25519 sign never && " + gpg +
                          " --armor --export-secret-keys > " + file + " && chmod 600 " + file +
                          " && gpgconf --homedir " + folder.path().string() + " --kill gpg-agent";
        auto* const pipe = popen(("(" + made + ") 2>&1").c_str(), "r");
        for (int c = 0; (c = fgetc(pipe)) != EOF;) continue;
        pclose(pipe);
        return seals::OpenPgpSigner::open(file).value();
    }();
    return key;
}

class OutboxTest : public storage::testing::Twins {
protected:
    struct Sent {
        std::string to, mail;
    };

    void SetUp() override {
        Twins::SetUp();
        if (IsSkipped()) return;
        start();
        registry::OrganisationContent content;
        content.name = "Example Bank";
        content.contacts = {{"SOC", "security", "soc@bank.example", {}, {}},
                            {"Desk", "duty", "desk@bank.example", {}, {}},
                            {"Press", "press", "press@bank.example", {}, {}}};
        content.contacts[0].openpgp.emplace().text = seals::testing::example_key;
        bank = registry->create(content, {}, desk).value().id;
    }
    void TearDown() override {
        stop();
        Twins::TearDown();
    }
    void start() {
        journal = journal::Journal::open(database(), clock).value();
        registry = registry::Registry::open(database(), *journal, clock).value();
        composer = std::make_unique<Composer>(formats::MailAddress{"CSIRT", "team@csirt.example"}, &team_key(), nullptr,
                                              clock);
        gate = release::Gate::open(database(), *journal, *registry, clock, composer->own_keys()).value();
        outbox = Outbox::open(database(), *journal, *gate, clock, {"csirt.example"}).value();
        postman = std::make_unique<Postman>(
            *outbox, *gate, *composer,
            [this](std::string const& from, std::string const& to, std::string const& mail, std::stop_token const&) {
                EXPECT_EQ(from, "team@csirt.example");
                if (before_answer) before_answer();
                sent.push_back({to, mail});
                return answer;
            },
            clock, PostmanOptions{.most_a_minute = 3});
    }
    void stop() {
        postman.reset();
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
    Draft draft(base::Tlp tlp, std::vector<std::string> roles = {"security"}) const {
        Draft out{bank, {std::move(roles), {}}, {}};
        out.letter.marking = {tlp, base::Pap::clear};
        out.letter.subject = "Open resolver";
        out.letter.text = "At 192.0.2.7 a resolver answers everybody.";
        out.letter.language = "en";
        return out;
    }
    Message written(base::Tlp tlp, std::vector<std::string> roles = {"security"}) {
        auto made = outbox->write(draft(tlp, std::move(roles)), desk);
        EXPECT_TRUE(made.has_value()) << made.error().detail;
        return made->front();
    }
    Message now(Message const& message) { return outbox->find(message.id, base::Clearance::everything()).value(); }
    bool send() { return postman->send_one({}).value(); }
    std::size_t send_all() {
        std::size_t count = 0;
        while (send()) ++count;
        return count;
    }

    base::Actor const desk{"user:1", "192.0.2.1"};
    std::unique_ptr<journal::Journal> journal;
    std::unique_ptr<registry::Registry> registry;
    std::unique_ptr<Composer> composer;
    std::unique_ptr<release::Gate> gate;
    std::unique_ptr<Outbox> outbox;
    std::unique_ptr<Postman> postman;
    registry::OrganisationId bank;
    std::vector<Sent> sent;
    net::SmtpAnswer answer{net::SmtpOutcome::accepted, 250, "250 2.0.0 queued"};
    std::function<void()> before_answer;
};
KULA_ON_BOTH_DATABASES(OutboxTest);

TEST_P(OutboxTest, a_mail_leaves_encrypted_and_tells_outside_only_its_label_and_ticket) {
    auto const made = written(base::Tlp::amber);
    EXPECT_EQ(made.ticket, "KULA-2026-000001");
    ASSERT_EQ(send_all(), 1U);
    ASSERT_EQ(sent.size(), 1U);
    EXPECT_EQ(sent[0].to, "soc@bank.example");
    EXPECT_THAT(sent[0].mail,
                AllOf(HasSubstr("Subject: [TLP:AMBER] KULA-2026-000001\r\n"), HasSubstr("multipart/encrypted"),
                      HasSubstr("Message-Id: <" + made.message_id + ">"), Not(HasSubstr("esolver"))));
    auto const after = now(made);
    EXPECT_EQ(after.state, MessageState::sent);
    EXPECT_EQ(after.answer, "250 2.0.0 queued");
    EXPECT_EQ(after.repeats, 0);
    EXPECT_EQ(send_all(), 0U) << "once";
    auto const trail = journal->list({}).value().items;
    EXPECT_EQ(trail[0].fact.deed, "message.sent");
    EXPECT_EQ(trail[1].fact.deed, "message.entered");
}

TEST_P(OutboxTest, what_has_no_key_is_held_and_leaves_when_there_is_one) {
    auto const made = written(base::Tlp::amber, {"duty"});
    EXPECT_EQ(made.state, held);
    EXPECT_EQ(made.reason, "no_key");
    EXPECT_EQ(send_all(), 0U);
    ASSERT_TRUE(outbox->retry(made.id, desk).has_value());
    send_all();
    EXPECT_EQ(now(made).state, held) << "nothing has changed";
    EXPECT_TRUE(sent.empty());
    auto content = registry->find(bank, base::Clearance::everything()).value().content;
    content.contacts[1].openpgp.emplace().text = seals::testing::example_key;
    ASSERT_TRUE(registry->replace(bank, 1, content, {}, desk).has_value());
    ASSERT_TRUE(outbox->retry(made.id, desk).has_value());
    send_all();
    EXPECT_EQ(now(made).state, MessageState::sent);
    auto const decisions = gate->decisions("message:" + made.id.text()).value();
    ASSERT_EQ(decisions.size(), 2U) << "what was decided then and now";
    EXPECT_EQ(decisions[1].decision.reason, release::Reason::encrypted);
    EXPECT_EQ(now(made).decision, decisions[1].id);
}

TEST_P(OutboxTest, a_key_that_expires_before_a_mail_leaves_holds_it) {
    auto const made = written(base::Tlp::amber);
    clock.set(base::Instant(std::chrono::sys_days(std::chrono::year(2028) / 1 / 2)));
    ASSERT_TRUE(outbox->retry(made.id, desk).has_value());
    send_all();
    EXPECT_TRUE(sent.empty());
    EXPECT_EQ(now(made).state, held);
    EXPECT_EQ(now(made).reason, "key_expired");
}

TEST_P(OutboxTest, a_refusal_enters_nothing) {
    EXPECT_EQ(outbox->write(draft(base::Tlp::amber, {"security", "press"}), desk).error().fault, base::Fault::invalid);
    EXPECT_EQ(outbox->write(draft(base::Tlp::red), desk).error().fault, base::Fault::invalid);
    EXPECT_EQ(outbox->write(draft(base::Tlp::amber, {"legal"}), desk).error().detail,
              "roles: reach nobody who has a mail address");
    auto bad = draft(base::Tlp::green);
    bad.letter.subject = "a\r\nBcc: everybody@example.org";
    EXPECT_THAT(outbox->write(bad, desk).error().detail, HasSubstr("subject: holds line breaks"));
    MessageQuery all;
    all.clearance = base::Clearance::everything();
    EXPECT_EQ(outbox->list(all)->total, 0);
    EXPECT_EQ(written(base::Tlp::amber).ticket, "KULA-2026-000001");
}

TEST_P(OutboxTest, a_mail_that_is_put_off_is_tried_again_later_and_later) {
    auto const made = written(base::Tlp::amber);
    answer = {net::SmtpOutcome::deferred, 451, "451 4.7.1 greylisted"};
    send_all();
    EXPECT_EQ(now(made).state, waiting);
    EXPECT_EQ(now(made).next_at - clock.now(), std::chrono::minutes(1));
    send_all();
    EXPECT_EQ(sent.size(), 1U) << "not before its time";
    clock.advance(std::chrono::minutes(1));
    send_all();
    EXPECT_EQ(now(made).next_at - clock.now(), std::chrono::minutes(2));
    answer = {net::SmtpOutcome::accepted, 250, "250 Ok"};
    clock.advance(std::chrono::minutes(2));
    send_all();
    EXPECT_EQ(now(made).state, MessageState::sent);
    auto const attempts = outbox->attempts(made.id).value();
    ASSERT_EQ(attempts.size(), 3U);
    EXPECT_EQ(attempts[0].outcome, "deferred");
    EXPECT_EQ(attempts[2].outcome, "accepted");
    EXPECT_EQ(now(made).repeats, 0);
}

TEST_P(OutboxTest, a_mail_that_is_rejected_or_late_has_failed) {
    auto const rejected = written(base::Tlp::amber);
    answer = {net::SmtpOutcome::rejected, 550, "550 5.1.1 no such user"};
    send_all();
    EXPECT_EQ(now(rejected).state, failed);
    EXPECT_EQ(now(rejected).reason, "rejected");
    EXPECT_EQ(now(rejected).answer, "550 5.1.1 no such user");
    auto const late = written(base::Tlp::amber);
    answer = {net::SmtpOutcome::no_answer, 0, "cannot be reached"};
    for (int hour = 0; hour < 80; ++hour) {
        clock.advance(std::chrono::hours(1));
        send_all();
    }
    EXPECT_EQ(now(late).state, failed);
    EXPECT_EQ(now(late).reason, "expired");
    EXPECT_EQ(now(late).answer, "cannot be reached");
}

TEST_P(OutboxTest, a_crash_while_sending_repeats_with_the_same_identity_and_counts_it) {
    auto const made = written(base::Tlp::amber);
    ASSERT_TRUE(
        outbox->take(Channel::mail, [](auto const& ways) { return std::optional(ways.front()); }).value().has_value());
    restart();
    EXPECT_EQ(now(made).state, waiting);
    EXPECT_EQ(now(made).repeats, 1);
    send_all();
    ASSERT_EQ(sent.size(), 1U);
    EXPECT_THAT(sent[0].mail, HasSubstr(made.message_id));
    EXPECT_EQ(now(made).state, MessageState::sent);
    EXPECT_EQ(now(made).attempts, 2);
    EXPECT_EQ(outbox->attempts(made.id)->front().outcome, "interrupted");
    restart();
    EXPECT_EQ(send_all(), 0U);
}

TEST_P(OutboxTest, an_answer_that_is_lost_is_counted_as_a_repeat) {
    auto const made = written(base::Tlp::amber);
    answer = {net::SmtpOutcome::no_answer, 0, "connection lost", true};
    send_all();
    EXPECT_EQ(now(made).repeats, 1);
    EXPECT_EQ(now(made).state, waiting);
}

TEST_P(OutboxTest, what_was_altered_since_it_was_decided_does_not_leave) {
    auto const made = written(base::Tlp::amber);
    ASSERT_TRUE(database()
                    .write(storage::Priority::interactive,
                           [&](storage::Session& session) {
                               session.execute(
                                   "update outbox set payload = replace(payload, '192.0.2.7', '192.0.2.8')");
                           })
                    .has_value());
    send_all();
    EXPECT_TRUE(sent.empty());
    EXPECT_EQ(now(made).state, failed);
    EXPECT_EQ(now(made).reason, "altered");
}

TEST_P(OutboxTest, a_mail_that_comes_back_disables_its_address_until_somebody_tries_again) {
    auto const made = written(base::Tlp::amber);
    auto const report = [&](std::string recipient, std::string status) {
        return formats::DeliveryReport{
            {{std::move(recipient), formats::DeliveryAction::failed, std::move(status), "no such user"}},
            made.message_id};
    };
    std::optional<base::Fault> while_sending;
    before_answer = [&] { while_sending = outbox->bounced(report("soc@bank.example", "5.1.1")).error().fault; };
    send_all();
    before_answer = {};
    EXPECT_EQ(while_sending, base::Fault::conflict) << "it is not known yet that the server took it";
    EXPECT_EQ(outbox->bounced(report("soc@bank.example", "4.2.2")).value(), 0U) << "not for good";
    EXPECT_EQ(outbox->bounced(report("other@bank.example", "5.1.1")).value(), 0U);
    EXPECT_EQ(outbox->bounced(report("SOC@bank.example", "5.1.1")).value(), 1U);
    EXPECT_EQ(outbox->bounced(report("SOC@bank.example", "5.1.1")).value(), 0U) << "told twice is once";
    EXPECT_EQ(now(made).state, bounced);
    auto const next = written(base::Tlp::amber);
    send_all();
    EXPECT_EQ(now(next).state, held);
    EXPECT_EQ(now(next).reason, "address_disabled");
    EXPECT_TRUE(outbox->foretell(draft(base::Tlp::amber), base::Clearance::everything())->front().is_disabled);
    ASSERT_TRUE(outbox->retry(next.id, desk).has_value());
    send_all();
    EXPECT_EQ(now(next).state, MessageState::sent);
}

TEST_P(OutboxTest, a_domain_gets_no_more_a_minute_than_it_may) {
    for (int count = 0; count < 5; ++count) written(base::Tlp::amber);
    EXPECT_EQ(send_all(), 3U);
    EXPECT_EQ(send_all(), 0U);
    clock.advance(std::chrono::seconds(61));
    EXPECT_EQ(send_all(), 2U);
}

TEST_P(OutboxTest, a_domain_that_is_not_sent_to_now_holds_up_no_other) {
    registry::OrganisationContent content;
    content.name = "Example Hospital";
    content.contacts = {{"IT", "security", "it@Hospital.Example", {}, {}}};
    auto const hospital = registry->create(content, {}, desk).value().id;
    for (int count = 0; count < 205; ++count) written(base::Tlp::amber);
    EXPECT_EQ(send_all(), 3U);
    clock.advance(std::chrono::seconds(1));
    auto later = draft(base::Tlp::clear);
    later.organisation = hospital;
    ASSERT_TRUE(outbox->write(later, desk).has_value());
    EXPECT_EQ(send_all(), 1U) << "though 202 mails wait for longer";
    EXPECT_EQ(sent.back().to, "it@Hospital.Example");
}

TEST_P(OutboxTest, a_contact_that_is_gone_gets_nothing) {
    auto const made = written(base::Tlp::amber);
    auto content = registry->find(bank, base::Clearance::everything()).value().content;
    content.contacts.erase(content.contacts.begin());
    ASSERT_TRUE(registry->replace(bank, 1, content, {}, desk).has_value());
    send_all();
    EXPECT_TRUE(sent.empty());
    EXPECT_EQ(now(made).reason, "no_contact");
}

TEST_P(OutboxTest, is_listed_as_far_as_one_may_see) {
    auto const amber = written(base::Tlp::amber);
    auto const person = base::Uuid::v7(clock.now());
    auto red = draft(base::Tlp::red, {});
    red.contacts.addresses = {"soc@bank.example"};
    base::Actor const writer{"user:2", {}, {}, base::Clearance::of_team(person)};
    EXPECT_EQ(outbox->write(red, desk).error().fault, base::Fault::refused) << "a program names nobody";
    auto const secret = outbox->write(red, writer).value().front();
    MessageQuery query;
    query.clearance = base::Clearance::of_team(std::nullopt);
    EXPECT_EQ(outbox->list(query)->total, 1);
    EXPECT_FALSE(outbox->find(secret.id, query.clearance).has_value());
    query.clearance = writer.clearance;
    EXPECT_EQ(outbox->list(query)->items.front().id, secret.id);
    query.clearance = base::Clearance::of({base::Uuid::v7(clock.now())});
    EXPECT_EQ(outbox->list(query)->total, 0);
    EXPECT_FALSE(outbox->find(amber.id, query.clearance).has_value());
    EXPECT_FALSE(outbox->cancel(amber.id, {"user:3", {}, {}, query.clearance}).has_value());
}

TEST_P(OutboxTest, is_paged_and_counts_its_states) {
    for (int count = 0; count < 3; ++count) written(base::Tlp::amber);
    auto const cancelled_one = written(base::Tlp::amber);
    ASSERT_TRUE(outbox->cancel(cancelled_one.id, desk).has_value());
    EXPECT_EQ(outbox->cancel(cancelled_one.id, desk).error().fault, base::Fault::conflict);
    EXPECT_EQ(outbox->retry(cancelled_one.id, desk).error().fault, base::Fault::conflict);
    MessageQuery query;
    query.clearance = base::Clearance::everything();
    query.limit = 3;
    auto const first = outbox->list(query).value();
    EXPECT_EQ(first.total, 4);
    EXPECT_THAT(first.states, ElementsAre(std::pair(cancelled, 1), std::pair(waiting, 3)));
    query.cursor = first.next;
    EXPECT_EQ(outbox->list(query)->items.size(), 1U);
    query.cursor = "x";
    EXPECT_EQ(outbox->list(query).error().fault, base::Fault::invalid);
    query = {};
    query.clearance = base::Clearance::everything();
    query.state = cancelled;
    EXPECT_EQ(outbox->list(query)->total, 1);
}

TEST_P(OutboxTest, gives_no_ticket_twice_and_begins_anew_each_year) {
    EXPECT_EQ(written(base::Tlp::amber).ticket, "KULA-2026-000001");
    restart();
    EXPECT_EQ(written(base::Tlp::amber).ticket, "KULA-2026-000002");
    clock.set(base::Instant(std::chrono::sys_days(std::chrono::year(2027) / 1 / 1)));
    EXPECT_EQ(written(base::Tlp::amber).ticket, "KULA-2027-000001");
}

TEST(Letter, is_read_as_it_was_written) {
    Letter letter{MessageId::make({}),
                  {base::Tlp::amber_strict, base::Pap::red},
                  "KULA-2026-000001",
                  "Наслов",
                  "Текст.\n",
                  "mk",
                  "a@b.example",
                  formats::MailAuthor::program,
                  {{"a.csv", "text/csv", std::string("\0\xff", 2)}}};
    auto const read = Letter::parse(letter.payload());
    ASSERT_TRUE(read.has_value());
    EXPECT_EQ(read->payload(), letter.payload());
    EXPECT_EQ(read->attachments[0].bytes, std::string("\0\xff", 2));
    EXPECT_FALSE(Letter::parse("{}").has_value());
}

}  // namespace
}  // namespace kula::notify
