// What becomes of one mail, as peers that are scripted here answer it. A real server takes it in tests/journeys.

#include "net/smtp.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <thread>
#include <vector>

#include "line_peer.hpp"

namespace kula::net {
namespace {

using ::testing::HasSubstr;

constexpr std::string_view mail = "Subject: x\r\n\r\n.dot\r\nText.\r\n";

/// Answers each line of a client as it was told; `CLOSE` ends the connection instead. One client.
class Peer {
public:
    struct Turn {
        std::string when;  ///< The line begins so; `.` is the end of the text.
        std::string answer;
    };
    explicit Peer(std::vector<Turn> turns, std::string const& greeting = "220 mx.example ESMTP")
        : lines_(greeting + "\r\n", [turns = std::move(turns), is_text = false](std::string const& line) mutable {
              if (is_text && line != ".\r\n") return std::optional<std::string>("");
              auto const turn =
                  std::find_if(turns.begin(), turns.end(), [&](Turn const& t) { return line.starts_with(t.when); });
              auto const answer = turn == turns.end() ? "250 2.0.0 Ok" : turn->answer;
              is_text = line.starts_with("DATA") && answer.starts_with("354");
              return answer == "CLOSE" ? std::nullopt : std::optional(answer + "\r\n");
          }) {}

    [[nodiscard]] std::string address() const { return "smtp://127.0.0.1:" + std::to_string(lines_.port()); }
    /// All lines of the client. Once it is done.
    std::string heard() { return lines_.heard(); }

private:
    LinePeer lines_;
};

using Turns = std::vector<Peer::Turn>;

SmtpOptions options_for(std::string server) {
    SmtpOptions options;
    options.server = std::move(server);
    options.hello_as = "csirt.example";
    options.longest = std::chrono::seconds(5);
    return options;
}

SmtpAnswer sent_to(Peer const& peer) {
    auto client = SmtpClient::open(options_for(peer.address()));
    EXPECT_TRUE(client.has_value()) << client.error().detail;
    return (*client)->send("team@csirt.example", "soc@bank.example", mail, {});
}

TEST(Smtp, a_mail_is_accepted_when_the_server_says_so) {
    Peer peer(Turns{{"DATA", "354 go on"}, {".\r\n", "250 2.0.0 queued as 7"}});
    auto const answer = sent_to(peer);
    EXPECT_EQ(answer.outcome, SmtpOutcome::accepted) << answer.text;
    EXPECT_EQ(answer.code, 250U);
    auto const heard = peer.heard();
    EXPECT_THAT(heard, HasSubstr("EHLO csirt.example\r\n"));
    EXPECT_THAT(heard, HasSubstr("MAIL FROM:<team@csirt.example>"));
    EXPECT_THAT(heard, HasSubstr("RCPT TO:<soc@bank.example>\r\n"));
    EXPECT_THAT(heard, HasSubstr("Subject: x\r\n\r\n..dot\r\nText.\r\n.\r\n"));
}

TEST(Smtp, what_may_work_later_is_told_from_what_never_will) {
    struct Case {
        Peer::Turn turn;
        SmtpOutcome outcome;
        std::string text;
    };
    for (auto const& [turn, outcome, text] :
         std::vector<Case>{{{"RCPT", "450 4.2.0 greylisted"}, SmtpOutcome::deferred, "450 4.2.0 greylisted"},
                           {{"RCPT", "550 5.1.1 no such user"}, SmtpOutcome::rejected, "550 5.1.1 no such user"},
                           {{"MAIL", "451 4.7.1 later"}, SmtpOutcome::deferred, "451 4.7.1 later"},
                           {{"MAIL", "552 5.3.4 too large"}, SmtpOutcome::rejected, "552 5.3.4 too large"},
                           {{"MAIL", "530 5.7.0 must sign in"}, SmtpOutcome::no_answer, ""},
                           {{"DATA", "421 4.3.2 going down"}, SmtpOutcome::deferred, "421 4.3.2 going down"},
                           {{".\r\n", "554 5.6.0 not this text"}, SmtpOutcome::rejected, "554 5.6.0 not this text"},
                           {{".\r\n", "452 4.3.1 disk full"}, SmtpOutcome::deferred, "452 4.3.1 disk full"}}) {
        Peer peer(Turns{turn, {"DATA", "354 go on"}});
        auto const answer = sent_to(peer);
        EXPECT_EQ(answer.outcome, outcome) << turn.answer;
        EXPECT_THAT(answer.text, HasSubstr(text));
        EXPECT_FALSE(answer.may_be_accepted) << turn.answer;
    }
}

TEST(Smtp, a_server_that_is_not_ready_has_said_nothing_about_the_mail) {
    Peer busy(Turns{}, "554 no service here");
    EXPECT_EQ(sent_to(busy).outcome, SmtpOutcome::no_answer);
    Peer silent(Turns{{"EHLO", "CLOSE"}});
    EXPECT_EQ(sent_to(silent).outcome, SmtpOutcome::no_answer);
    auto nobody = SmtpClient::open(options_for("smtp://127.0.0.1:9")).value();
    auto const answer = nobody->send("a@csirt.example", "b@bank.example", mail, {});
    EXPECT_EQ(answer.outcome, SmtpOutcome::no_answer);
    EXPECT_EQ(answer.code, 0U);
    EXPECT_FALSE(answer.may_be_accepted);
}

TEST(Smtp, a_lost_answer_leaves_open_whether_the_mail_was_taken) {
    Peer peer(Turns{{"DATA", "354 go on"}, {".\r\n", "CLOSE"}});
    auto const answer = sent_to(peer);
    EXPECT_EQ(answer.outcome, SmtpOutcome::no_answer);
    EXPECT_TRUE(answer.may_be_accepted) << answer.text;
    Peer earlier(Turns{{"DATA", "CLOSE"}});
    EXPECT_FALSE(sent_to(earlier).may_be_accepted);
}

TEST(Smtp, ends_when_it_is_stopped) {
    Peer peer(Turns{{"DATA", "354 go on"}, {".\r\n", "250-never ending"}});
    auto client = SmtpClient::open(options_for(peer.address())).value();
    std::stop_source stop;
    std::jthread const stopper([&stop] {
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
        stop.request_stop();
    });
    auto const begin = std::chrono::steady_clock::now();
    EXPECT_EQ(client->send("a@csirt.example", "b@bank.example", mail, stop.get_token()).outcome,
              SmtpOutcome::no_answer);
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(4));
}

TEST(Smtp, nothing_goes_elsewhere_without_tls) {
    auto const refusal = [](SmtpOptions options) {
        auto const opened = SmtpClient::open(std::move(options));
        return opened ? "opened" : opened.error().detail;
    };
    auto options = options_for("smtp://mail.example.org");
    options.user = "kula";
    options.password = "secret";
    EXPECT_EQ(refusal(options), "opened") << "with STARTTLS";
    options.in_the_clear = InTheClear::anywhere;
    EXPECT_THAT(refusal(options), HasSubstr("the password would travel"));
    for (auto const* const none : {"", "mail example", "http://mail.example.org", "smtp://mail.example.org/path",
                                   "smtp://kula:secret@mail.example.org"})
        EXPECT_THAT(refusal(options_for(none)), HasSubstr("is no address of a mail server")) << none;
}

TEST(Smtp, a_server_without_starttls_gets_nothing_where_it_is_needed) {
    Peer peer(Turns{{"EHLO", "250 mx.example"}});
    auto options = options_for("smtp://localhost.localdomain:" + peer.address().substr(peer.address().rfind(':') + 1));
    auto client = SmtpClient::open(options).value();
    EXPECT_EQ(client->send("a@csirt.example", "b@bank.example", mail, {}).outcome, SmtpOutcome::no_answer);
}

}  // namespace
}  // namespace kula::net
