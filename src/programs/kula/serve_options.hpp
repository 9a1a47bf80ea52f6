#pragma once
/// @file
/// What `kula serve` is told: on the command line, in the environment (`KULA_*`), or in a file (`--config`).

#include <cstdint>
#include <string>
#include <vector>

#include "mailing.hpp"

namespace CLI {
class App;
}

namespace kula {

struct ServeOptions {
    std::string data;                          ///< Folder; made if missing.
    std::string listen = "127.0.0.1:8080";     ///< Desk and API.
    std::string tls_certificate;               ///< PEM chain; with `tls_key`.
    std::string tls_key;                       ///< PEM.
    std::string tls_pkcs12;                    ///< Instead of both.
    std::string tls_pkcs12_password;           ///< File whose first line is its password.
    std::vector<std::string> trusted_proxies;  ///< Prefixes; who may tell a client's address in their place.
    std::vector<std::string> host_names;       ///< Answered to besides the address listened on.
    bool in_the_clear = false;                 ///< May listen where others reach it without TLS.
    std::vector<std::string> collect;          ///< Where flow exports arrive.
    unsigned collect_threads = 1;              ///< For each of them.
    std::string database;                      ///< `postgresql://…`; empty: SQLite in the data folder.
    double window = 5;                   ///< Seconds between two flushes of sightings; a crash loses at most these.
    unsigned keep_days = 90;             ///< Sightings older than that go.
    std::int64_t keep_megabytes = 4096;  ///< Beyond it the oldest sightings go.
    int idle_minutes = 30;               ///< A session that nobody uses so long ends.
    std::string openpgp_key;             ///< File; empty: security.txt and mail go unsigned.
    MailOptions mail{};
    std::string secret_key;                      ///< File; empty: `secret.key` in the data folder.
    std::string backup_to;                       ///< Folder for a backup a day; empty: none.
    std::size_t backup_keep = 14;                ///< Of them, the newest.
    std::vector<std::string> backup_recipients;  ///< Who may open them; none: whoever has the file.
    std::vector<std::string> feeds_from;         ///< Prefixes; not public, and feeds may be fetched from them.
    std::string warninglists;                    ///< File or folder.
    std::string as_table;
    std::string countries;      ///< File or folder.
    std::string configuration;  ///< The file of `--config`.
    enum class Purpose : std::uint8_t { production, demo } purpose = Purpose::production;
};

/// Declares the options, with units, defaults and bounds, on a subcommand.
void add_serve_options(CLI::App& command, ServeOptions& options);

}  // namespace kula
