#include "serve_options.hpp"

#include <CLI/CLI.hpp>

#include "base/address.hpp"
#include "collect/endpoint.hpp"
#include "config_option.hpp"

namespace kula {
namespace {

std::string check_endpoint(std::string const& text) {
    return collect::Endpoint::parse(text) ? "" : text + " is no ADDRESS:PORT, such as 127.0.0.1:8080 or [::1]:2055";
}

std::string check_prefix(std::string const& text) {
    return base::Prefix::parse(text) ? "" : text + " is no address or prefix, such as 192.0.2.1 or 2001:db8::/64";
}

/// How browsers and programs reach the server: TLS, proxies, names.
void add_transport_options(CLI::App& command, ServeOptions& options) {
    auto* const certificate =
        command.add_option("--tls-certificate", options.tls_certificate, "TLS: the certificate and its chain (PEM)")
            ->option_text("FILE")
            ->envname("KULA_TLS_CERTIFICATE");
    auto* const key = command.add_option("--tls-key", options.tls_key, "TLS: the certificate's private key (PEM)")
                          ->option_text("FILE")
                          ->envname("KULA_TLS_KEY");
    certificate->needs(key);
    key->needs(certificate);
    auto* const pkcs12 =
        command
            .add_option("--tls-pkcs12", options.tls_pkcs12, "TLS: one file with both; SIGHUP reads any of them anew")
            ->option_text("FILE")
            ->envname("KULA_TLS_PKCS12")
            ->excludes(certificate);
    command
        .add_option("--tls-pkcs12-password-file", options.tls_pkcs12_password, "Its first line is the file's password")
        ->option_text("FILE")
        ->envname("KULA_TLS_PKCS12_PASSWORD_FILE")
        ->needs(pkcs12);
    command
        .add_option("--trusted-proxy", options.trusted_proxies,
                    "A proxy that is believed about its clients (X-Forwarded-For, -Proto); may be given several times")
        ->option_text("ADDRESS|PREFIX...")
        ->envname("KULA_TRUSTED_PROXY")
        ->check(check_prefix);
    command
        .add_option("--host-name", options.host_names,
                    "A name that the server answers to, besides the address it listens on; may be given several times")
        ->option_text("NAME...")
        ->envname("KULA_HOST_NAME");
    command
        .add_flag("--in-the-clear", options.in_the_clear,
                  "Listen where others reach it without TLS: passwords can be read on the way")
        ->envname("KULA_IN_THE_CLEAR");
}

void add_backup_options(CLI::App& command, ServeOptions& options) {
    auto* const folder = command
                             .add_option("--backup-to", options.backup_to,
                                         "A backup a day into this folder, as 'kula backup' makes them")
                             ->option_text("DIR")
                             ->envname("KULA_BACKUP_TO")
                             ->check(CLI::ExistingDirectory);
    command
        .add_option("--backup-keep", options.backup_keep,
                    "The newest of them that are kept, 1 to 10000; 14 unless told")
        ->option_text("N")
        ->envname("KULA_BACKUP_KEEP")
        ->needs(folder)
        ->check(CLI::Range(1, 10'000));
    command
        .add_option("--backup-recipient", options.backup_recipients,
                    "Who may open them; 'kula backup --make-key FILE' prints one; may be given several times")
        ->option_text("kula-recipient-...")
        ->envname("KULA_BACKUP_RECIPIENT")
        ->needs(folder);
}

/// What leaves for organisations' own machines.
void add_webhook_options(CLI::App& command, MailOptions& options) {
    command
        .add_option("--webhooks-to", options.webhooks_to,
                    "Addresses that are not public and that webhooks may lead to; may be given several times")
        ->option_text("ADDRESS|PREFIX...")
        ->envname("KULA_WEBHOOKS_TO")
        ->check(check_prefix);
    command
        .add_option("--webhook-pause", options.webhook_pause,
                    "Seconds until what a webhook did not take is tried again, 1 to 3600, then twice as long each "
                    "time; 60 unless told")
        ->option_text("SECONDS")
        ->envname("KULA_WEBHOOK_PAUSE")
        ->check(CLI::Range(1, 3600));
}

/// Mail that leaves: the server it is handed to, whom it is from, what it is signed with.
void add_mail_options(CLI::App& command, MailOptions& options) {
    auto* const from =
        command
            .add_option("--mail-from", options.from,
                        "Whom mail is from: CSIRT Example <team@csirt.example>; what comes back goes there")
            ->option_text("ADDRESS")
            ->envname("KULA_MAIL_FROM");
    auto* const smtp =
        command
            .add_option(
                "--smtp", options.smtp,
                "The mail server that mail is handed to; none unless told: then everything waits. smtp:// starts "
                "TLS before anything else, but on loopback")
            ->option_text("smtp[s]://HOST[:PORT]")
            ->envname("KULA_SMTP")
            ->needs(from);
    auto* const user = command.add_option("--smtp-user", options.user, "The name to sign in with at the mail server")
                           ->option_text("NAME")
                           ->envname("KULA_SMTP_USER")
                           ->needs(smtp);
    auto* const password = command
                               .add_option("--smtp-password-file", options.password_file,
                                           "Its first line is the password; only its owner may be able to read it")
                               ->option_text("FILE")
                               ->envname("KULA_SMTP_PASSWORD_FILE")
                               ->needs(user);
    user->needs(password);
    command
        .add_option("--smtp-authorities", options.authorities,
                    "Whose certificates are believed of the mail server, instead of the system's (PEM)")
        ->option_text("FILE")
        ->envname("KULA_SMTP_AUTHORITIES")
        ->needs(smtp)
        ->check(CLI::ExistingFile);
    command
        .add_flag("--smtp-in-the-clear", options.in_the_clear,
                  "Hand mail over without TLS off this machine, too: who gets mail can be read on the way")
        ->envname("KULA_SMTP_IN_THE_CLEAR")
        ->needs(smtp);
    command
        .add_option("--smtp-pause", options.first_pause,
                    "Seconds until a mail that was put off is tried again, 1 to 3600, then twice as long each time; 60 "
                    "unless told")
        ->option_text("SECONDS")
        ->envname("KULA_SMTP_PAUSE")
        ->needs(smtp)
        ->check(CLI::Range(1, 3600));
    command
        .add_option(
            "--smime-key", options.smime_key,
            "The certificate, what certifies it, and the key that S/MIME mail is signed with (PEM, no password)")
        ->option_text("FILE")
        ->envname("KULA_SMIME_KEY")
        ->needs(from);
}

/// Mail that came back: the mailbox where mail servers report it.
void add_inbox_options(CLI::App& command, MailOptions& options) {
    auto* const inbox =
        command
            .add_option(
                "--mail-inbox", options.inbox,
                "The mailbox of --mail-from: what mail servers report there to have come back is taken, nothing "
                "else is touched. imap:// starts TLS before anything else, but on loopback")
            ->option_text("imap[s]://USER@HOST[:PORT][/FOLDER]")
            ->envname("KULA_MAIL_INBOX");
    auto* const password = command
                               .add_option("--mail-inbox-password-file", options.inbox_password_file,
                                           "Its first line is the password; only its owner may be able to read it")
                               ->option_text("FILE")
                               ->envname("KULA_MAIL_INBOX_PASSWORD_FILE")
                               ->needs(inbox);
    inbox->needs(password);
    command
        .add_option("--mail-inbox-authorities", options.inbox_authorities,
                    "Whose certificates are believed of its mail server, instead of the system's (PEM)")
        ->option_text("FILE")
        ->envname("KULA_MAIL_INBOX_AUTHORITIES")
        ->needs(inbox)
        ->check(CLI::ExistingFile);
    command
        .add_option("--mail-inbox-pause", options.inbox_pause,
                    "Seconds between two looks into it, 1 to 86400; 60 unless told")
        ->option_text("SECONDS")
        ->envname("KULA_MAIL_INBOX_PAUSE")
        ->needs(inbox)
        ->check(CLI::Range(1, 86'400));
}

}  // namespace

void add_serve_options(CLI::App& command, ServeOptions& options) {
    command.add_option("--data", options.data, "Folder for everything that is kept; made if it is missing")
        ->option_text("DIR")
        ->envname("KULA_DATA");
    command
        .add_option("--listen", options.listen,
                    "Where desk and API answer; 127.0.0.1:8080 unless told. Elsewhere than on loopback TLS is needed")
        ->option_text("ADDRESS:PORT")
        ->envname("KULA_LISTEN")
        ->check(check_endpoint);
    add_transport_options(command, options);
    command.add_option("--collect", options.collect, "Where flow exports arrive over UDP; may be given several times")
        ->option_text("ADDRESS:PORT...")
        ->envname("KULA_COLLECT")
        ->check(check_endpoint);
    command
        .add_option("--collect-threads", options.collect_threads,
                    "Receiving threads for each --collect, 1 to 16; 1 unless told")
        ->option_text("N")
        ->envname("KULA_COLLECT_THREADS")
        ->check(CLI::Range(1, 16));
    command.add_option("--database", options.database, "PostgreSQL instead of SQLite in the data folder")
        ->option_text("postgresql://...")
        ->envname("KULA_DATABASE");
    command
        .add_option("--window", options.window,
                    "Seconds between two flushes of sightings, 0.1 to 3600; 5 unless told. A crash loses at most these")
        ->option_text("SECONDS")
        ->envname("KULA_WINDOW")
        ->check(CLI::Range(0.1, 3600.0));
    command.add_option("--keep-days", options.keep_days, "Days that sightings are kept, 1 to 3650; 90 unless told")
        ->option_text("DAYS")
        ->envname("KULA_KEEP_DAYS")
        ->check(CLI::Range(1, 3650));
    command
        .add_option("--keep-megabytes", options.keep_megabytes,
                    "Space for sightings; beyond it the oldest go; 4096 unless told")
        ->option_text("MB")
        ->envname("KULA_KEEP_MEGABYTES")
        ->check(CLI::Range(std::int64_t{1}, std::int64_t{100'000'000}));
    command
        .add_option("--secret-key", options.secret_key,
                    "The key for secrets at rest, 32 bytes; secret.key in the data folder unless told, made if missing")
        ->option_text("FILE")
        ->envname("KULA_SECRET_KEY");
    command
        .add_option(
            "--openpgp-key", options.openpgp_key,
            "The secret key that signs security.txt and mail, without passphrase; best a subkey that only signs")
        ->option_text("FILE")
        ->envname("KULA_OPENPGP_KEY");
    add_mail_options(command, options.mail);
    add_inbox_options(command, options.mail);
    add_backup_options(command, options);
    add_webhook_options(command, options.mail);
    command
        .add_option("--feeds-from", options.feeds_from,
                    "Addresses that are not public and that feeds may be fetched from; may be given several times")
        ->option_text("ADDRESS|PREFIX...")
        ->envname("KULA_FEEDS_FROM")
        ->check(check_prefix);
    command
        .add_option("--idle-minutes", options.idle_minutes,
                    "A session that nobody uses so long ends, 5 to 720; 30 unless told")
        ->option_text("MINUTES")
        ->envname("KULA_IDLE_MINUTES")
        ->check(CLI::Range(5, 720));
    command
        .add_option("--warninglists", options.warninglists,
                    "MISP warning lists: what they hold is kept and flagged, not alerted")
        ->option_text("DIR")
        ->envname("KULA_WARNINGLISTS");
    command
        .add_option("--as-table", options.as_table,
                    "Who announces what: lines of prefix and AS number, a MaxMind DB, CAIDA pfx2as, or a dump of a "
                    "routing table (MRT, bgpdump -m), also packed; read anew when it changes")
        ->option_text("FILE")
        ->envname("KULA_AS_TABLE");
    command
        .add_option("--countries", options.countries,
                    "Table of countries: lines of prefix,CC, a MaxMind DB, or delegated statistics of a registry; or a "
                    "folder of such, or of mk.v4, mk.v6, ...; read anew when it changes")
        ->option_text("PATH")
        ->envname("KULA_COUNTRIES");
    add_config_option(command, options.configuration, UnknownKeys::refused,
                      "File with these options (TOML: data = \"/var/lib/kula\")");
}

}  // namespace kula
