#pragma once
/// @file
/// The ways out, wired: the team's keys, the gate, the outbox, its senders, the mail server and webhooks.

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "findings/findings.hpp"
#include "journal/journal.hpp"
#include "net/smtp.hpp"
#include "notify/composer.hpp"
#include "notify/courier.hpp"
#include "notify/inbox.hpp"
#include "notify/outbox.hpp"
#include "notify/postman.hpp"
#include "notify/webhooks.hpp"
#include "registry/registry.hpp"
#include "release/gate.hpp"
#include "seals/openpgp_signer.hpp"
#include "seals/secret_box.hpp"
#include "seals/smime.hpp"
#include "storage/database.hpp"

namespace kula {

struct MailOptions {
    std::string smtp;           ///< `smtp://…`, `smtps://…`; empty: nothing is sent, everything waits.
    std::string user;           ///< At the mail server.
    std::string password_file;  ///< Its first line.
    std::string authorities;    ///< PEM, instead of the system's.
    bool in_the_clear = false;  ///< Off this machine, too.
    std::string from;           ///< `CSIRT Example <team@csirt.example>`
    std::string smime_key;      ///< File with certificate and key; empty: no S/MIME.
    int first_pause = 60;       ///< Seconds until the second attempt.
    std::string inbox;          ///< `imaps://team@mail.csirt.example/INBOX`; empty: nobody looks for what came back.
    std::string inbox_password_file;       ///< Its first line.
    std::string inbox_authorities;         ///< PEM, instead of the system's.
    int inbox_pause = 60;                  ///< Seconds between two looks.
    std::vector<std::string> webhooks_to;  ///< Prefixes; not public, and webhooks may lead there.
    int webhook_pause = 60;                ///< Seconds until the second attempt.
};

/// A name in front of an address in brackets, or an address. `invalid` for anything else.
base::Result<formats::MailAddress> parse_mail_from(std::string const& text);

class Mailing {
public:
    struct Rooms {
        storage::Database& database;
        journal::Journal& journal;
        registry::Registry const& registry;
        findings::Findings& findings;
        base::Clock const& clock;
    };
    /// Nothing is sent yet. Rooms and signer (null: none) outlive it. The fault names the option.
    static base::Result<std::unique_ptr<Mailing>> open(MailOptions const& options, Rooms const& rooms,
                                                       seals::OpenPgpSigner const* openpgp, seals::SecretBox secrets);

    [[nodiscard]] release::Gate& gate() { return *gate_; }
    [[nodiscard]] notify::Outbox& outbox() { return *outbox_; }
    [[nodiscard]] notify::Webhooks& webhooks() { return *webhooks_; }
    /// Empty where nothing is sent.
    [[nodiscard]] std::string from() const { return postman_ ? composer_->from().address : std::string(); }
    /// Nothing where nobody looks for what came back. From any thread.
    [[nodiscard]] std::optional<notify::InboxState> inbox() const;
    /// Sends and looks from now on; `fault` is told in their threads.
    void start(std::function<void(std::string const& sentence)> fault);

private:
    Mailing() = default;
    void open_webhooks(MailOptions const& options, Rooms const& rooms, seals::SecretBox const& secrets);

    std::optional<seals::SmimeSigner> smime_{};
    std::unique_ptr<notify::Composer> composer_{};
    std::unique_ptr<release::Gate> gate_{};
    std::unique_ptr<notify::Outbox> outbox_{};
    std::unique_ptr<notify::Webhooks> webhooks_{};
    std::unique_ptr<notify::Courier> courier_{};
    std::unique_ptr<net::SmtpClient> smtp_{};
    std::unique_ptr<notify::Postman> postman_{};
    std::unique_ptr<notify::Inbox> inbox_{};
};

}  // namespace kula
