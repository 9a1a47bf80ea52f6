// What a mail server answers. Programs that we did not write talk to it in tests/journeys.

#include "net/smtp_conversation.hpp"

#include <gmock/gmock.h>

namespace kula::net {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

/// A server whose mails one can look at. It knows all of bank.example.
struct Server {
    std::vector<TakenMail> mails{};
    bool has_room = true;
    SmtpConversation conversation{{.name = "mx.example",
                                   .longest_mail = 1000,
                                   .knows = [](std::string_view address) { return address.ends_with("@bank.example"); },
                                   .keep =
                                       [this](TakenMail const& mail) {
                                           if (has_room) mails.push_back(mail);
                                           return has_room;
                                       }}};
    Server() = default;
    Server(Server const&) = delete;
    Server& operator=(Server const&) = delete;
    std::string take(std::string_view bytes) { return conversation.take(bytes); }
};

constexpr std::string_view envelope =
    "EHLO a.example\r\nMAIL FROM:<team@csirt.example>\r\nRCPT TO:<soc@bank.example>\r\n";

TEST(Smtp_conversation, takes_a_mail_as_it_was_meant) {
    Server server;
    EXPECT_EQ(server.conversation.greeting(), "220 mx.example ESMTP\r\n");
    EXPECT_THAT(server.take(envelope), HasSubstr("250 SIZE 1000\r\n250 2.0.0 OK\r\n250 2.0.0 OK\r\n"));
    EXPECT_THAT(server.take("data\r\n"), StartsWith("354 "));
    EXPECT_EQ(server.take("Subject: x\r\n\r\n..dot\r\nText.\r\n"), "");
    EXPECT_THAT(server.mails, IsEmpty());
    EXPECT_THAT(server.take(".\r\nQUIT\r\n"), StartsWith("250 2.0.0 Taken\r\n221 "));
    ASSERT_EQ(server.mails.size(), 1U);
    EXPECT_EQ(server.mails[0].from, "team@csirt.example");
    EXPECT_THAT(server.mails[0].to, ElementsAre("soc@bank.example"));
    EXPECT_EQ(server.mails[0].text, "Subject: x\r\n\r\n.dot\r\nText.\r\n");
    EXPECT_TRUE(server.conversation.is_over());
    EXPECT_EQ(server.take("NOOP\r\n"), "");
}

TEST(Smtp_conversation, is_the_same_byte_by_byte) {
    Server server;
    std::string answers;
    for (char const c : std::string(envelope) + "DATA\r\nText\r\n.\r\n") answers += server.take({&c, 1});
    EXPECT_THAT(answers, HasSubstr("354 "));
    EXPECT_THAT(answers, ::testing::EndsWith("250 2.0.0 Taken\r\n"));
    ASSERT_EQ(server.mails.size(), 1U);
    EXPECT_EQ(server.mails[0].text, "Text\r\n");
}

TEST(Smtp_conversation, hides_no_mail_in_another) {
    for (auto const* const end : {"\n.\n", "\r.\r", "\n.\r\n", "\r\n.\n", "\r\n.\r"}) {
        Server server;
        server.take(envelope);
        server.take("DATA\r\nOne" + std::string(end) + "MAIL FROM:<forged@bank.example>\r\n.\r\n");
        ASSERT_EQ(server.mails.size(), 1U) << ::testing::PrintToString(end);
        EXPECT_THAT(server.mails[0].text, HasSubstr("forged")) << ::testing::PrintToString(end);
    }
}

TEST(Smtp_conversation, refuses_what_is_out_of_order_or_unknown_and_goes_on) {
    Server server;
    EXPECT_THAT(server.take("MAIL FROM:<a@csirt.example>\r\n"), StartsWith("503 "));
    server.take("HELO a.example\r\n");
    EXPECT_THAT(server.take("RCPT TO:<soc@bank.example>\r\n"), StartsWith("503 "));
    EXPECT_THAT(server.take("DATA\r\n"), StartsWith("503 "));
    EXPECT_THAT(server.take("MAIL FROM: a@csirt.example\r\n"), StartsWith("501 "));
    EXPECT_THAT(server.take("MAIL FROM:<" + std::string(300, 'a') + ">\r\n"), StartsWith("501 "));
    EXPECT_THAT(server.take("MAIL FROM:<a@csirt.example> SIZE=10\r\n"), StartsWith("250 "));
    EXPECT_THAT(server.take("MAIL FROM:<a@csirt.example>\r\n"), StartsWith("503 "));
    EXPECT_THAT(server.take("RCPT TO:<>\r\n"), StartsWith("501 "));
    EXPECT_THAT(server.take("RCPT TO:<nobody@gone.example>\r\n"), StartsWith("550 5.1.1 "));
    EXPECT_THAT(server.take("TURN\r\n"), StartsWith("502 "));
    EXPECT_THAT(server.take("RCPT TO:<soc@bank.example>\r\nDATA\r\n"), HasSubstr("354 "));
    EXPECT_THAT(server.take(".\r\n"), StartsWith("250 "));
    EXPECT_THAT(server.take("DATA\r\n"), StartsWith("503 "));
}

TEST(Smtp_conversation, says_taken_only_of_what_is_kept) {
    Server server;
    server.has_room = false;
    server.take(envelope);
    EXPECT_THAT(server.take("DATA\r\nText\r\n.\r\n"), HasSubstr("451 4.3.0"));
    EXPECT_THAT(server.mails, IsEmpty());
}

TEST(Smtp_conversation, has_bounds) {
    Server server;
    server.take(envelope);
    EXPECT_THAT(server.take("DATA\r\n" + std::string(999, 'x') + "\r\n.\r\n"), HasSubstr("552 5.3.4"));
    EXPECT_THAT(server.mails, IsEmpty());
    server.take("MAIL FROM:<a@csirt.example>\r\n");
    for (int each = 0; each < 100; ++each)
        ASSERT_THAT(server.take("RCPT TO:<soc@bank.example>\r\n"), StartsWith("250 "));
    EXPECT_THAT(server.take("RCPT TO:<soc@bank.example>\r\n"), StartsWith("452 "));
    EXPECT_EQ(server.take(std::string(60'000, 'x')), "");
    EXPECT_THAT(server.take(std::string(60'000, 'x')), StartsWith("500 "));
    EXPECT_TRUE(server.conversation.is_over());
}

}  // namespace
}  // namespace kula::net
