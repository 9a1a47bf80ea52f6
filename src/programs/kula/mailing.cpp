#include "mailing.hpp"

#include "base/ascii.hpp"
#include "rounds/rounds.hpp"
#include "seals/secret_file.hpp"

namespace kula {
namespace {

constexpr std::size_t longest_password = 1024;
constexpr std::string_view nowhere = "kula.invalid";  // RFC 2606 §2: identities of mail that is not sent yet

base::Error named(std::string const& option, base::Error error) {
    error.detail = option + ": " + error.detail;
    return error;
}

std::string domain_of(formats::MailAddress const& from) {
    return from.address.empty() ? std::string(nowhere) : from.address.substr(from.address.rfind('@') + 1);
}

base::Result<std::string> first_line(std::string const& option, std::string const& file) {
    auto const text = seals::read_secret_file(file, longest_password);
    if (!text) return named(option + ' ' + file, text.error());
    return text->substr(0, text->find_first_of("\r\n"));
}

base::Result<notify::InboxOptions> inbox_options(MailOptions const& options) {
    auto const address = net::parse_imap_address(options.inbox);
    if (!address) return named("--mail-inbox", address.error());
    auto password = first_line("--mail-inbox-password-file", options.inbox_password_file);
    if (!password) return password.error();
    notify::InboxOptions out;
    out.server.server = address->server;
    out.server.user = address->user;
    out.server.password = std::move(*password);
    out.server.authorities = options.inbox_authorities;
    out.folder = address->folder;
    out.pause = std::chrono::seconds(options.inbox_pause);
    return out;
}

base::Result<std::unique_ptr<net::SmtpClient>> open_smtp(MailOptions const& options, formats::MailAddress const& from) {
    net::SmtpOptions smtp;
    smtp.server = options.smtp;
    smtp.hello_as = domain_of(from);
    smtp.user = options.user;
    smtp.authorities = options.authorities;
    smtp.in_the_clear = options.in_the_clear ? net::InTheClear::anywhere : net::InTheClear::on_loopback;
    if (!options.password_file.empty()) {
        auto password = first_line("--smtp-password-file", options.password_file);
        if (!password) return password.error();
        smtp.password = std::move(*password);
    }
    auto client = net::SmtpClient::open(std::move(smtp));
    if (!client) return named("--smtp", client.error());
    return client;
}

}  // namespace

base::Result<formats::MailAddress> parse_mail_from(std::string const& text) {
    formats::MailAddress out;
    auto const bracket = text.rfind('<');
    if (bracket != std::string::npos && text.ends_with('>')) {
        out.name = base::trimmed(std::string_view(text).substr(0, bracket));
        out.address = text.substr(bracket + 1, text.size() - bracket - 2);
    } else {
        out.address = text;
    }
    formats::MailHeader header{.from = out, .to = out, .subject = "x", .date = {}, .message_id = "a@b"};
    if (!formats::mail(header, ""))
        return base::invalid(text + " is no mail address, such as CSIRT Example <team@csirt.example>");
    return out;
}

base::Result<std::unique_ptr<Mailing>> Mailing::open(MailOptions const& options, Rooms const& rooms,
                                                     seals::OpenPgpSigner const* openpgp, seals::SecretBox secrets) {
    std::unique_ptr<Mailing> mailing(new Mailing());
    formats::MailAddress from;
    if (!options.from.empty()) {
        auto read = parse_mail_from(options.from);
        if (!read) return named("--mail-from", read.error());
        from = std::move(*read);
    }
    if (!options.smime_key.empty()) {
        auto opened = seals::SmimeSigner::open(options.smime_key);
        if (!opened)
            return base::Error{opened.error().fault, "--smime-key " + options.smime_key + " " + opened.error().detail};
        mailing->smime_.emplace(std::move(*opened));
    }
    mailing->composer_ =
        std::make_unique<notify::Composer>(from, openpgp, mailing->smime_ ? &*mailing->smime_ : nullptr, rooms.clock);
    auto gate =
        release::Gate::open(rooms.database, rooms.journal, rooms.registry, rooms.clock, mailing->composer_->own_keys());
    if (!gate) return gate.error();
    mailing->gate_ = std::move(*gate);
    auto outbox = notify::Outbox::open(rooms.database, rooms.journal, *mailing->gate_, rooms.clock,
                                       {.domain = domain_of(from), .on_sent = rounds::as_notified(rooms.findings)});
    if (!outbox) return outbox.error();
    mailing->outbox_ = std::move(*outbox);
    mailing->open_webhooks(options, rooms, secrets);
    if (!options.inbox.empty()) {
        auto reading = inbox_options(options);
        if (!reading) return reading.error();
        mailing->inbox_ =
            std::make_unique<notify::Inbox>(rooms.database, *mailing->outbox_, rooms.clock, std::move(*reading));
    }
    if (options.smtp.empty()) return mailing;
    auto smtp = open_smtp(options, from);
    if (!smtp) return smtp.error();
    mailing->smtp_ = std::move(*smtp);
    notify::Transport transport = [client = mailing->smtp_.get()](
                                      std::string const& sender, std::string const& to, std::string const& mail,
                                      std::stop_token const& stop) { return client->send(sender, to, mail, stop); };
    notify::PostmanOptions sending;
    sending.first_pause = std::chrono::seconds(options.first_pause);
    mailing->postman_ = std::make_unique<notify::Postman>(*mailing->outbox_, *mailing->gate_, *mailing->composer_,
                                                          std::move(transport), rooms.clock, sending);
    return mailing;
}

void Mailing::open_webhooks(MailOptions const& options, Rooms const& rooms, seals::SecretBox const& secrets) {
    webhooks_ = std::make_unique<notify::Webhooks>(rooms.database, rooms.journal, *gate_, *outbox_, std::move(secrets),
                                                   rooms.clock);
    std::vector<base::Prefix> besides;
    for (auto const& prefix : options.webhooks_to) besides.push_back(*base::Prefix::parse(prefix));
    notify::CourierOptions sending;
    sending.first_pause = std::chrono::seconds(options.webhook_pause);
    courier_ = std::make_unique<notify::Courier>(*outbox_, *webhooks_, *gate_, notify::over_the_web(std::move(besides)),
                                                 rooms.clock, sending);
}

void Mailing::start(std::function<void(std::string const& sentence)> fault) {
    if (inbox_) inbox_->start(fault);
    courier_->start(fault);
    if (postman_) postman_->start(std::move(fault));
}

std::optional<notify::InboxState> Mailing::inbox() const {
    return inbox_ ? std::optional(inbox_->state()) : std::nullopt;
}

}  // namespace kula
