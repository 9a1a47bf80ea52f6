// Mails to the byte: each agreed one lies in golden/mail. KULA_UPDATE_GOLDEN=1 writes them anew.

#include "formats/mail.hpp"

#include <gmock/gmock.h>

#include <cstdlib>

#include "golden_folder.hpp"

namespace kula::formats {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

MailHeader const header{.from = {"Пример ЦСИРТ", "team@csirt.example"},
                        .to = {"Example SOC", "soc@bank.example"},
                        .subject = "[TLP:GREEN] Отворен резолвер / Zgjidhës i hapur KULA-2026-000017",
                        .date = base::Instant(std::chrono::sys_days(std::chrono::year(2026) / 11 / 26)),
                        .message_id = "0193a1b2-0000-7000-8000-000000000001@csirt.example"};
MailBody const short_text{.text = "TLP:GREEN\n\nOne line.\n", .language = "en"};
MailBody const with_files{
    .text =
        "TLP:AMBER\n\nНа вашата адреса 192.0.2.7 одговара отворен резолвер.\nFrom здесь ништо не смее да се смени.\n",
    .language = "mk",
    .subject = "Отворен резолвер",
    .attachments = {{"настани.csv", "text/csv", "ip,port\r\n192.0.2.7,53\r\n"}}};
constexpr std::string_view boundary = "kula-0193a1b2";
constexpr std::string_view armoured = "-----BEGIN PGP MESSAGE-----\n\nAAAA\n-----END PGP MESSAGE-----\n";

void expect_agreed(std::string const& name, base::Result<std::string> const& made) {
    ASSERT_TRUE(made.has_value()) << made.error().detail;
    auto const file = testing::golden_folder() / "mail" / name;
    if (std::getenv("KULA_UPDATE_GOLDEN") != nullptr) std::ofstream(file, std::ios::binary) << *made;
    EXPECT_EQ(*made, testing::read_file(file)) << name;
    for (std::size_t at = 0; (at = made->find('\n', at)) != std::string::npos; ++at) EXPECT_EQ((*made)[at - 1], '\r');
    for (std::size_t begin = 0; begin < made->size();) {
        auto const end = std::min(made->find('\n', begin), made->size());
        EXPECT_LE(end - begin, 998U) << "RFC 5322 §2.1.1";
        begin = end + 1;
    }
}

TEST(Mail, is_what_was_agreed) {
    expect_agreed("short.eml", mail(header, mail_entity(short_text, boundary).value()));
    auto reply = header;
    reply.in_reply_to = "question@bank.example";
    reply.author = MailAuthor::program;
    auto body = with_files;
    body.subject.reset();
    expect_agreed("files.eml", mail(reply, mail_entity(body, boundary).value()));
}

TEST(Mail, is_wrapped_as_pgp_and_smime_want_it) {
    auto const entity = mail_entity(with_files, boundary).value();
    expect_agreed("pgp_encrypted.eml", mail(header, pgp_encrypted_entity(armoured, "kula-outside")));
    expect_agreed("pgp_signed.eml", mail(header, pgp_signed_entity(entity, armoured, "pgp-sha512", "kula-outside")));
    expect_agreed("smime_signed.eml", mail(header, smime_entity(SmimeType::signed_data, "\x30\x80signed")));
    expect_agreed("smime_encrypted.eml", mail(header, smime_entity(SmimeType::enveloped_data, "\x30\x80sealed")));
    EXPECT_THAT(pgp_signed_entity(entity, armoured, "pgp-sha512", "b"),
                HasSubstr("\r\n--b\r\n" + entity + "\r\n--b\r\n"))
        << "what was signed, to the byte";
}

TEST(Mail, takes_no_line_break_into_a_header) {
    auto const refusal = [](auto const& change) {
        auto other = header;
        change(other);
        auto const made = mail(other, "Content-Type: text/plain\r\n\r\n");
        return made ? "written" : made.error().detail;
    };
    for (std::string const bad : {"a\r\nBcc: everybody@example.org", "a\nb", "a\rb"}) {
        EXPECT_THAT(refusal([&](MailHeader& h) { h.subject = bad; }), StartsWith("subject: holds control")) << bad;
        EXPECT_THAT(refusal([&](MailHeader& h) { h.to.name = bad; }), StartsWith("to.name: holds control"));
        EXPECT_THAT(refusal([&](MailHeader& h) { h.from.address = bad + "@example.org"; }),
                    StartsWith("from.address: "));
        EXPECT_THAT(refusal([&](MailHeader& h) { h.in_reply_to = bad + "@example.org"; }), StartsWith("in_reply_to: "));
    }
    EXPECT_EQ(refusal([](MailHeader& h) { h.to.address = "one@example.org, two@example.org"; }),
              "to.address: is no mail address");
    EXPECT_EQ(refusal([](MailHeader& h) { h.subject.clear(); }), "subject: is empty");
    EXPECT_EQ(refusal([](MailHeader& h) { h.subject = "\xff"; }), "subject: holds control characters or is no UTF-8");
}

TEST(Mail, takes_no_other_names_for_files) {
    auto const refusal = [](MailAttachment attachment) {
        MailBody body{.text = "x", .language = "en", .attachments = {std::move(attachment)}};
        auto const made = mail_entity(body, boundary);
        return made ? "written" : made.error().detail;
    };
    EXPECT_EQ(refusal({"a.csv", "text/csv", ""}), "written");
    for (auto const* const name : {"", "../a", "a\r\nb", "c:\\a"})
        EXPECT_EQ(refusal({name, "text/csv", ""}), "attachments[0].name: is no name of a file") << name;
    for (auto const* const type : {"", "text", "text/", "text/csv; a=b", "text/c\r\nsv"})
        EXPECT_EQ(refusal({"a", type, ""}), "attachments[0].type: is no media type") << type;
}

TEST(Mail, tells_nothing_outside_that_stands_inside) {
    auto outside = header;
    outside.subject = "[TLP:AMBER] KULA-2026-000017";
    auto const made = mail(outside, pgp_encrypted_entity(armoured, "kula-outside")).value();
    EXPECT_THAT(made, Not(HasSubstr("0L7RgtCy")));
    EXPECT_THAT(mail_entity(with_files, boundary).value(), HasSubstr("protected-headers=v1"));
}

}  // namespace
}  // namespace kula::formats
