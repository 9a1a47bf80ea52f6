#include "backup_options.hpp"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>

#include <CLI/CLI.hpp>

#include "config_option.hpp"
#include "read_file.hpp"

namespace kula {
namespace {

constexpr auto between_figures = std::chrono::milliseconds(200);

double megabytes(std::int64_t bytes) { return static_cast<double>(bytes) / 1e6; }

/// `1,234,567`
std::string grouped(std::int64_t number) {
    auto text = std::to_string(number);
    for (auto at = static_cast<std::ptrdiff_t>(text.size()) - 3; at > 0; at -= 3)
        text.insert(static_cast<std::size_t>(at), 1, ',');
    return text;
}

/// The first line of a file that only its owner reads.
base::Result<std::string> passphrase_in(std::string const& file) {
    struct stat about {};
    if (::stat(file.c_str(), &about) == 0 && (about.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        return base::invalid(file + " is open to others than its owner: a passphrase in it is none");
    auto text = read_file(file);
    if (!text) return text.error();
    return text->substr(0, text->find_first_of("\r\n"));
}

}  // namespace

void add_place_options(CLI::App& command, PlaceOptions& place) {
    command.add_option("--data", place.data, "The data folder")->option_text("DIR")->envname("KULA_DATA");
    command.add_option("--database", place.database, "PostgreSQL instead of SQLite in the data folder")
        ->option_text("postgresql://...")
        ->envname("KULA_DATABASE");
    command
        .add_option("--secret-key", place.secret_key, "The key for secrets at rest, where it is not secret.key there")
        ->option_text("FILE")
        ->envname("KULA_SECRET_KEY");
    add_config_option(command, place.configuration, UnknownKeys::ignored,
                      "The configuration file of kula serve: what is not told here stands there");
}

void add_sealing_options(CLI::App& command, SealingOptions& sealing) {
    command
        .add_option("--passphrase-file", sealing.passphrase_file,
                    "Seal it: the file's first line opens it, 12 bytes and more")
        ->option_text("FILE")
        ->envname("KULA_BACKUP_PASSPHRASE_FILE");
    command
        .add_option("--recipient", sealing.recipients,
                    "Seal it for the holder of a key file (see --make-key); may be given several times")
        ->option_text("kula-recipient-...")
        ->envname("KULA_BACKUP_RECIPIENT");
}

void add_key_options(CLI::App& command, KeyOptions& keys) {
    command.add_option("--passphrase-file", keys.passphrase_file, "The file's first line opens the backup")
        ->option_text("FILE")
        ->envname("KULA_BACKUP_PASSPHRASE_FILE");
    command.add_option("--key", keys.key, "The key file of one of its recipients")->option_text("FILE");
}

base::Result<backup::Sealing> sealing_of(SealingOptions const& options) {
    backup::Sealing out;
    if (!options.passphrase_file.empty()) {
        auto passphrase = passphrase_in(options.passphrase_file);
        if (!passphrase) return passphrase.error();
        out.passphrase.emplace(std::move(*passphrase));
    }
    for (auto const& text : options.recipients) {
        auto recipient = seals::Recipient::parse(text);
        if (!recipient) return base::invalid(text + " is no recipient: 'kula backup --make-key FILE' prints one");
        out.recipients.push_back(std::move(*recipient));
    }
    return out;
}

base::Result<backup::Keys> keys_of(KeyOptions const& options) {
    backup::Keys out;
    if (!options.passphrase_file.empty()) {
        auto passphrase = passphrase_in(options.passphrase_file);
        if (!passphrase) return passphrase.error();
        out.passphrase.emplace(std::move(*passphrase));
    }
    if (!options.key.empty()) {
        auto key = seals::OpeningKey::open(options.key);
        if (!key) return key.error();
        out.key.emplace(std::move(*key));
    }
    return out;
}

base::Result<void> is_ours(std::string const& folder) {
    struct stat about {};
    if (::stat(folder.c_str(), &about) == 0 && about.st_uid != ::geteuid())
        return base::refused(folder +
                             " belongs to another user: files made there would lock them out. Run this as that user");
    return {};
}

backup::Progress progress_on_terminal() {
    if (::isatty(STDERR_FILENO) == 0) return {};
    return [last = std::chrono::steady_clock::time_point()](std::string_view part, std::int64_t bytes) mutable {
        auto const now = std::chrono::steady_clock::now();
        if (now - last < between_figures) return;
        last = now;
        fmt::print(stderr, "\r\x1b[K{:.1f} MB  {}", megabytes(bytes), part);
        static_cast<void>(std::fflush(stderr));
    };
}

void end_progress() {
    if (::isatty(STDERR_FILENO) != 0) fmt::print(stderr, "\r\x1b[K");
}

std::string figures(backup::Report const& report, double seconds) {
    return fmt::format("{} tables, {} rows, {} files; {:.1f} MB, {:.1f} MB in the file; {:.2f} s", report.tables,
                       grouped(report.rows), report.files, megabytes(report.plain_bytes), megabytes(report.file_bytes),
                       seconds);
}

}  // namespace kula
