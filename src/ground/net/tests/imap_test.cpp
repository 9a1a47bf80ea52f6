// What is asked of a folder, as a mail server that is scripted here answers it. A real one is asked in tests/journeys.

#include "net/imap.hpp"

#include <gmock/gmock.h>

#include <map>

#include "line_peer.hpp"

namespace kula::net {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

/// By what a command begins with behind its tag: untagged answers, and how it ends.
using Script = std::map<std::string, std::string>;

class Postbox {
public:
    explicit Postbox(Script script)
        : lines_("* OK mx.example IMAP4rev1\r\n", [script = std::move(script)](std::string const& line) {
              auto const tag = line.substr(0, line.find(' '));
              auto const command = line.substr(std::min(tag.size() + 1, line.size()));
              std::string said = command.starts_with("CAPABILITY") ? "* CAPABILITY IMAP4rev1\r\n" : "";
              for (auto const& [when, answer] : script) {
                  if (!command.starts_with(when)) continue;
                  if (answer == "CLOSE") return std::optional<std::string>();
                  said += answer;
              }
              bool const is_ended = said.find("TAG") != std::string::npos;
              if (!is_ended && !said.ends_with("SILENCE")) said += tag + " OK done\r\n";
              if (is_ended) said.replace(said.find("TAG"), 3, tag);
              return std::optional(said.ends_with("SILENCE") ? said.substr(0, said.size() - 7) : said);
          }) {}
    [[nodiscard]] ImapOptions options() const {
        ImapOptions out;
        out.server = "imap://127.0.0.1:" + std::to_string(lines_.port());
        out.user = "team";
        out.password = "se\"cret";
        out.silence = std::chrono::seconds(1);
        out.connecting = std::chrono::seconds(5);
        return out;
    }
    std::string heard() { return lines_.heard(); }

private:
    LinePeer lines_;
};

std::string imap_detail(auto const& result) { return result ? "went well" : result.error().detail; }

TEST(Imap, mails_are_found_read_and_marked) {
    Postbox peer(Script{{"SELECT", "* 3 EXISTS\r\n* OK [UIDVALIDITY 38] valid\r\n"},
                        {"UID SEARCH", "* SEARCH 9 4 7 7 3\r\n"},
                        {"UID FETCH 4 (UID FLAGS RFC822.SIZE",
                         "* 1 FETCH (FLAGS (\\Seen) UID 4 RFC822.SIZE 12 BODYSTRUCTURE (\"text\" \"plain\"))\r\n"},
                        {"UID FETCH 4 (UID BODY.PEEK[])", "* 1 FETCH (UID 4 BODY[] {12}\r\nK9 OK done\r\n)\r\n"}});
    {
        auto const client = ImapClient::connect(peer.options());
        ASSERT_TRUE(client.has_value()) << client.error().detail;
        auto const folder = (*client)->select("INBOX/Извештаи \"а\"");
        ASSERT_TRUE(folder.has_value()) << folder.error().detail;
        EXPECT_EQ(folder->uid_validity, 38U);
        EXPECT_EQ(folder->mails, 3U);
        auto const found = (*client)->above(3, {"a@b.example", "c\"d"}, 2);
        ASSERT_TRUE(found.has_value()) << found.error().detail;
        EXPECT_THAT(found->uids, ElementsAre(4, 7)) << "not 3, which `4:*` may find";
        EXPECT_TRUE(found->are_more);
        auto const outline = (*client)->outline(4);
        ASSERT_TRUE(outline.has_value() && outline->has_value());
        EXPECT_EQ((*outline)->bytes, 12U);
        EXPECT_TRUE((*outline)->is_seen);
        EXPECT_THAT((*outline)->structure, HasSubstr("plain"));
        std::string mail;
        auto const sink = [&](std::string_view bytes) {
            mail += bytes;
            return base::Result<void>();
        };
        auto const read = (*client)->fetch(4, 100, sink);
        EXPECT_TRUE(read.has_value() && *read) << imap_detail(read);
        EXPECT_EQ(mail, "K9 OK done\r\n");
        auto const gone = (*client)->fetch(5, 100, sink);
        EXPECT_TRUE(gone.has_value() && !*gone) << imap_detail(gone);
        EXPECT_TRUE((*client)->mark_seen(4).has_value());
        EXPECT_TRUE((*client)->move(4, "Read & kept").has_value());
    }
    auto const heard = peer.heard();
    EXPECT_THAT(heard, HasSubstr("SELECT \"INBOX/&BBgENwQyBDUESARCBDAEOA- \\\"&BDA-\\\"\"\r\n"));
    EXPECT_THAT(heard, HasSubstr("UID SEARCH UID 4:* OR FROM \"a@b.example\" FROM \"c\\\"d\"\r\n"));
    EXPECT_THAT(heard, HasSubstr("UID STORE 4 +FLAGS.SILENT (\\Seen)\r\n"));
    EXPECT_THAT(heard, HasSubstr("UID MOVE 4 \"Read &- kept\"\r\n"));
    EXPECT_THAT(heard, HasSubstr("LOGOUT"));
}

TEST(Imap, a_no_is_told_in_the_servers_words_and_the_connection_goes_on) {
    Postbox peer(
        Script{{"SELECT \"gone\"", "TAG NO no such folder\r\n"}, {"SELECT \"INBOX\"", "* OK [UIDVALIDITY 1] x\r\n"}});
    auto const client = ImapClient::connect(peer.options()).value();
    auto const gone = client->select("gone");
    ASSERT_FALSE(gone.has_value());
    EXPECT_EQ(gone.error().fault, base::Fault::refused);
    EXPECT_THAT(gone.error().detail, HasSubstr("says: NO no such folder"));
    EXPECT_TRUE(client->select("INBOX").has_value());
}

TEST(Imap, a_server_that_falls_silent_or_goes_is_unavailable) {
    Postbox silent(Script{{"SELECT", "* 3 EXISTS\r\nSILENCE"}});
    auto const waiting = ImapClient::connect(silent.options()).value();
    EXPECT_THAT(imap_detail(waiting->select("INBOX")), HasSubstr("does not answer"));
    EXPECT_THAT(imap_detail(waiting->mark_seen(1)), HasSubstr("the connection to `"));
    Postbox gone(Script{{"SELECT", "CLOSE"}});
    EXPECT_THAT(imap_detail(ImapClient::connect(gone.options()).value()->select("INBOX")),
                HasSubstr("ended the connection"));
    Postbox none(Script{{"SELECT", "* 3 EXISTS\r\n"}});
    EXPECT_THAT(imap_detail(ImapClient::connect(none.options()).value()->select("INBOX")), HasSubstr("UIDVALIDITY"));
}

TEST(Imap, a_stop_ends_what_is_under_way) {
    Postbox peer(Script{{"SELECT", "* 3 EXISTS\r\nSILENCE"}});
    std::stop_source stop;
    auto options = peer.options();
    options.silence = std::chrono::seconds(60);
    options.stop = stop.get_token();
    auto const client = ImapClient::connect(std::move(options)).value();
    std::jthread const stopper([&stop] { stop.request_stop(); });
    EXPECT_THAT(imap_detail(client->select("INBOX")), HasSubstr("it was stopped"));
}

TEST(Imap, who_is_not_let_in_is_told_so_and_nothing_more) {
    Postbox peer(Script{{"LOGIN", "TAG NO se\"cret is wrong\r\n"}});
    auto const refused = ImapClient::connect(peer.options());
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().fault, base::Fault::refused);
    EXPECT_EQ(refused.error().detail.find("cret"), std::string::npos);
    auto options = peer.options();
    options.may_reach = [](base::Address) { return false; };
    EXPECT_THAT(imap_detail(ImapClient::connect(options)), HasSubstr("may not be reached"));
}

TEST(Imap, no_password_travels_without_tls) {
    Postbox peer(Script{});
    auto options = peer.options();
    options.server.replace(options.server.find("127.0.0.1"), 9, "0.0.0.0");  // Leads here, and is no loopback address.
    EXPECT_FALSE(ImapClient::connect(options).has_value());
    auto const heard = peer.heard();
    EXPECT_THAT(heard, HasSubstr("CAPABILITY"));
    EXPECT_EQ(heard.find("LOGIN"), std::string::npos);
    for (auto const* const none : {"", "mail example", "https://mail.example.org", "imaps://mail.example.org/INBOX",
                                   "imaps://kula:secret@mail.example.org", "imap://;AUTH=PLAIN@mail.example.org"})
        EXPECT_FALSE(ImapClient::check_server(none).has_value()) << none;
    for (auto const* const one : {"imaps://mail.example.org", "imap://192.0.2.1:143", "imaps://[2001:db8::1]:993/"})
        EXPECT_TRUE(ImapClient::check_server(one).has_value()) << one;
}

TEST(Imap, an_address_names_server_user_and_folder) {
    auto const told = [](std::string const& text) {
        auto const address = parse_imap_address(text);
        return address ? address->server + " | " + address->user + " | " + address->folder : "none";
    };
    EXPECT_EQ(told("imaps://team@mail.example.org"), "imaps://mail.example.org | team | INBOX");
    EXPECT_EQ(told("imap://team@csirt.example@[2001:db8::1]:143/Bounces/2026"),
              "imap://[2001:db8::1]:143 | team@csirt.example | Bounces/2026");
    EXPECT_EQ(told("imaps://a%40b@mail.example.org/Sent%20back"), "imaps://mail.example.org | a@b | Sent back");
    for (auto const* const none : {"", "imaps://mail.example.org/INBOX", "imaps://a:secret@mail.example.org",
                                   "https://a@mail.example.org", "imaps://a@mail.example.org/x%0d%0ay", "imaps://a@/x"})
        EXPECT_EQ(told(none), "none") << none;
}

}  // namespace
}  // namespace kula::net
