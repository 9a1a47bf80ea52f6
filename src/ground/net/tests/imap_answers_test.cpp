#include "imap_answers.hpp"

#include <gmock/gmock.h>

namespace kula::net {
namespace {

using ::testing::ElementsAre;

std::vector<ImapAnswer> all_of(ImapAnswers& answers, std::string_view bytes) {
    EXPECT_TRUE(answers.add(bytes).has_value());
    std::vector<ImapAnswer> out;
    while (auto answer = answers.next()) out.push_back(*std::move(answer));
    return out;
}

constexpr std::string_view fetched =
    "* 3 FETCH (UID 17 RFC822.SIZE 30 BODYSTRUCTURE (\"text\" \"plain\" (\"name\" {5}\r\na\r\n)b) NIL) BODY[] {31}\r\n"
    "Subject: x\r\n\r\nK7 OK done\r\n)\r\n\r\n FLAGS (\\Seen))\r\nK7 OK FETCH completed\r\n";

TEST(ImapAnswers, a_mail_cannot_speak_for_the_server) {
    ImapAnswers answers;
    auto const said = all_of(answers, fetched);
    ASSERT_EQ(said.size(), 2U);
    EXPECT_EQ(end_of(said[0], "K7"), ImapEnd::none);
    EXPECT_EQ(end_of(said[1], "K7"), ImapEnd::ok);
    auto const mail = read_fetch(said[0]);
    ASSERT_TRUE(mail.has_value());
    EXPECT_EQ(mail->uid, 17U);
    EXPECT_EQ(mail->bytes, 30U);
    EXPECT_EQ(mail->body, "Subject: x\r\n\r\nK7 OK done\r\n)\r\n\r\n");
}

TEST(ImapAnswers, it_is_the_same_however_the_bytes_come) {
    ImapAnswers answers;
    std::vector<ImapAnswer> said;
    for (char const c : fetched) {
        for (auto& answer : all_of(answers, {&c, 1})) said.push_back(std::move(answer));
    }
    ASSERT_EQ(said.size(), 2U);
    EXPECT_EQ(said[0].literals.size(), 2U);
    EXPECT_EQ(said[0].literals[0], "a\r\n)b");
}

TEST(ImapAnswers, a_body_goes_to_its_sink_and_is_no_longer_than_it_may_be) {
    std::string body;
    auto const sink = [&](std::string_view bytes) {
        body += bytes;
        return base::Result<void>();
    };
    ImapAnswers answers;
    answers.take_body(ImapAnswers::Body{sink, 31});
    auto const said = all_of(answers, fetched);
    EXPECT_EQ(body, "Subject: x\r\n\r\nK7 OK done\r\n)\r\n\r\n");
    EXPECT_EQ(read_fetch(said.at(0))->body, "");
    ImapAnswers narrow;
    narrow.take_body(ImapAnswers::Body{sink, 30});
    EXPECT_EQ(narrow.add(fetched).error().detail, "the mail is longer than it may be");
}

TEST(ImapAnswers, what_has_no_end_is_refused) {
    ImapAnswers line;
    base::Result<void> done;
    for (int at = 0; at < 5 && done; ++at) done = line.add(std::string(1 << 20, 'a'));
    EXPECT_FALSE(done.has_value());
    ImapAnswers literal;
    EXPECT_FALSE(literal.add("* 1 FETCH (BODY[] {99999999999}\r\n").has_value());
}

TEST(ImapAnswers, numbers_are_read_where_they_are_told) {
    EXPECT_EQ(number_told({"* OK [UIDVALIDITY 1700000000] UIDs valid"}, "UIDVALIDITY"), 1'700'000'000U);
    EXPECT_EQ(number_told({"* OK [UIDNEXT 9]"}, "UIDVALIDITY"), std::nullopt);
    EXPECT_EQ(number_told({"* OK [UIDVALIDITY x]"}, "UIDVALIDITY"), std::nullopt);
    EXPECT_EQ(mails_told({"* 12 EXISTS"}), 12U);
    EXPECT_EQ(mails_told({"* 12 RECENT"}), std::nullopt);
    std::vector<std::uint32_t> found;
    EXPECT_TRUE(read_search({"* SEARCH 4 7 x 4294967296 9"}, found));
    EXPECT_TRUE(read_search({"* SEARCH"}, found));
    EXPECT_FALSE(read_search({"* SEARCHING 1"}, found));
    EXPECT_THAT(found, ElementsAre(4, 7, 9));
}

TEST(ImapAnswers, a_short_body_may_stand_in_quotes_or_be_none) {
    EXPECT_EQ(read_fetch({R"(* 1 FETCH (BODY[] "a \"b\" \\" UID 3))"})->body, R"(a "b" \)");
    EXPECT_EQ(read_fetch({"* 1 FETCH (UID 3 BODY[] NIL)"})->body, "");
    EXPECT_FALSE(read_fetch({R"(* 1 FETCH (BODY[] "a)"}).has_value());
    EXPECT_FALSE(read_fetch({"* 1 FETCH (BODYSTRUCTURE ((((a)))"}).has_value());
    EXPECT_FALSE(read_fetch({"* 1 EXPUNGE"}).has_value());
}

TEST(ImapAnswers, names_of_folders_are_written_as_servers_want_them) {
    EXPECT_EQ(imap_folder_name("INBOX/Feeds & more"), "INBOX/Feeds &- more");
    EXPECT_EQ(imap_folder_name("~peter/mail/台北/日本語"), "~peter/mail/&U,BTFw-/&ZeVnLIqe-") << "RFC 3501 §5.1.3";
    EXPECT_EQ(imap_folder_name("Пошта"), "&BB8EPgRIBEIEMA-");
    EXPECT_EQ(imap_folder_name("\U0001f4e8"), "&2D3c6A-");
    EXPECT_EQ(imap_folder_name("a\xff"), "a&,,0-");
    EXPECT_EQ(imap_quoted("a\"b\\c"), "\"a\\\"b\\\\c\"");
}

}  // namespace
}  // namespace kula::net
