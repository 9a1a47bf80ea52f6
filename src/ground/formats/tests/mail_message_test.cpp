// A mail is taken apart: its leaves in their order, as they were before they were encoded.

#include "formats/mail_message.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <unistd.h>

#include <fstream>

namespace kula::formats {
namespace {

using ::testing::ElementsAre;

class MailMessageParts : public ::testing::Test {
protected:
    void SetUp() override { path_ = std::filesystem::temp_directory_path() / fmt::format("mail_{}", ::getpid()); }
    void TearDown() override { std::filesystem::remove(path_); }

    base::Result<MailMessage> open(std::string_view text) {
        std::ofstream(path_, std::ios::binary) << text;
        return MailMessage::open(path_);
    }
    /// `type name: content`, with `*` where it is attached and `!` where it is encrypted.
    static std::vector<std::string> told(MailMessage const& mail) {
        std::vector<std::string> out;
        for (auto const& part : mail.parts()) {
            std::string content;
            EXPECT_TRUE(mail.read(part, [&](std::span<std::byte const> piece) -> base::Result<void> {
                content.append(reinterpret_cast<char const*>(piece.data()), piece.size());
                return {};
            }));
            out.push_back(fmt::format("{}{}{} {}: {}", part.is_encrypted ? "!" : "", part.is_attached ? "*" : "",
                                      part.media_type, part.name, content));
        }
        return out;
    }

private:
    std::filesystem::path path_{};
};

TEST_F(MailMessageParts, are_decoded) {
    auto const mail = open(
        "From: a@example.org\r\nSubject: =?utf-8?Q?M=C3=A4rz?=\r\n =?utf-8?Q?_2026?=\r\nMIME-Version: 1.0\r\n"
        "Content-Type: multipart/mixed; boundary=b\r\n\r\nfor old readers\r\n"
        "--b\r\nContent-Type: Text/Plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\ncaf=E9\r\n"
        "--b\r\nContent-Type: multipart/alternative; boundary=c\r\n\r\n--c\r\n\r\nx\r\n--c--\r\n"
        "--b\r\nContent-Type: application/json\r\nContent-Disposition: attachment;\r\n filename*=utf-8''%C3%A4.json\r\n"
        "Content-Transfer-Encoding: base64\r\n\r\ne30=\r\n"
        "--b\r\nContent-Type: message/rfc822\r\n\r\nFrom: b@example.org\r\n\r\ninner\r\n--b--\r\n");
    EXPECT_THAT(told(*mail),
                ElementsAre("text/plain : caf\xc3\xa9", "text/plain : x", "*application/json \xc3\xa4.json: {}",
                            "message/rfc822 : From: b@example.org\n\ninner"));
    EXPECT_EQ(mail->header("subject"), "M\xc3\xa4rz 2026");
    EXPECT_EQ(mail->header("X-XARF"), std::nullopt);
    EXPECT_EQ(mail->fault(), std::nullopt);
}

TEST_F(MailMessageParts, are_found_behind_what_stands_in_front) {
    for (std::string const before : {"", "\xef\xbb\xbf", "\r\n\n", "From a@example.org Mon Mar  2 10:00:00 2026\n"}) {
        auto const mail = open(before + "Subject: s\n\nbody");
        EXPECT_EQ(mail->header("Subject"), "s") << before;
        EXPECT_THAT(told(*mail), ElementsAre("text/plain : body")) << before;
    }
}

TEST_F(MailMessageParts, of_a_broken_mail_are_those_that_came) {
    auto const cut =
        open("Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/csv; name=a.csv\n\n1,2\n3");
    EXPECT_THAT(told(*cut), ElementsAre("*text/csv a.csv: 1,2\n3"));
    EXPECT_EQ(cut->fault(), "the mail breaks off");
    auto const empty = open("Content-Type: multipart/mixed\n\nno parts");
    EXPECT_EQ(empty->fault(), "a multipart in the mail has no parts");
    EXPECT_THAT(told(*open("Subject: alone\n")), ElementsAre("text/plain : "));
    EXPECT_EQ(open("").error().detail, "it is no mail");
}

TEST_F(MailMessageParts, that_are_encrypted_say_so) {
    auto const mail = open(
        "Content-Type: multipart/encrypted; boundary=b; protocol=\"application/pgp-encrypted\"\n\n"
        "--b\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n--b\nContent-Type: application/octet-stream\n\nx\n--b--\n");
    EXPECT_THAT(told(*mail), ElementsAre("!application/pgp-encrypted : Version: 1", "!application/octet-stream : x"));
}

TEST_F(MailMessageParts, have_bounds) {
    std::string deep;
    for (int depth = 0; depth < 60; ++depth)
        deep += fmt::format("Content-Type: multipart/mixed; boundary=b{0}\n\n--b{0}\n", depth);
    EXPECT_EQ(open(deep + "\nx")->parts().size(), 0U);
    std::string wide = "Content-Type: multipart/mixed; boundary=b\n\n";
    for (int count = 0; count < 1'500; ++count) wide += "--b\n\nx\n";
    auto const many = open(wide + "--b--\n");
    EXPECT_EQ(many->parts().size(), MailMessage::most_parts);
    EXPECT_EQ(many->fault(), "the mail holds more parts than are taken");
    std::string lines = "A: b\n";
    for (int count = 0; count < 11; ++count) lines += lines;
    EXPECT_TRUE(open(lines)) << "2,048 lines";
    for (int count = 0; count < 3; ++count) lines += lines;
    EXPECT_EQ(open(lines).error().fault, base::Fault::invalid) << "16,384 lines";
    EXPECT_EQ(MailMessage::open("/nowhere").error().fault, base::Fault::unavailable);
}

TEST_F(MailMessageParts, end_where_the_reader_wants) {
    auto const mail = open("Subject: s\n\nbody");
    auto const read =
        mail->read(mail->parts().front(), [](auto) -> base::Result<void> { return base::invalid("enough"); });
    EXPECT_EQ(read.error().detail, "enough");
}

}  // namespace
}  // namespace kula::formats
