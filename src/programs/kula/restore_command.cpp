#include <fmt/format.h>

#include <filesystem>
#include <memory>

#include <CLI/CLI.hpp>

#include "backup/restore.hpp"
#include "backup_command.hpp"
#include "backup_options.hpp"
#include "exit_status.hpp"
#include "keys.hpp"
#include "rooms_migrations.hpp"
#include "stopwatch.hpp"

namespace kula {
namespace {

struct RestoreCommand {
    std::string file{};
    PlaceOptions place{};
    KeyOptions keys{};
    bool without_secret_key = false;
    bool only_check = false;
};

std::string facts(backup::Opening const& opening) {
    return fmt::format("Made {} by Kula {} from {}; {} configuration, {} secret key.",
                       base::to_seconds_text(opening.made_at), opening.program,
                       opening.database == storage::Dialect::sqlite ? "SQLite" : "PostgreSQL",
                       opening.has_configuration ? "with" : "without", opening.has_secret_key ? "with" : "without");
}

int check(std::string_view command, std::string const& file, KeyOptions const& key_options) {
    auto const keys = keys_of(key_options);
    if (!keys) return failed(command, keys.error().detail);
    Stopwatch const watch;
    auto const report = backup::verify(file, *keys, progress_on_terminal());
    end_progress();
    if (!report) return failed(command, report.error().detail);
    fmt::print("The backup is whole. {}\n", facts(report->opening));
    fmt::print(stderr, "{}\n", figures(*report, watch.seconds()));
    return status_ok;
}

/// The key that opens the rest comes with the backup, from a copy, or is knowingly left out.
base::Result<void> admit(RestoreCommand const& options, backup::Opening const& opening) {
    bool const is_told = !options.place.secret_key.empty();
    if (opening.has_secret_key && is_told) return base::invalid("holds the secret key itself: leave --secret-key out");
    if (opening.has_secret_key || is_told || options.without_secret_key) return {};
    return base::invalid(
        "does not hold the secret key: name the copy that was kept (--secret-key FILE), or say --without-secret-key and put it "
        "in place before the next start. Without it second factors and the key of the trail's checkpoints are lost");
}

/// The key is put in and opens what was sealed with it.
base::Result<void> accept(RestoreCommand const& options, std::filesystem::path const& staged) {
    auto const file = staged / "secret.key";
    if (!options.place.secret_key.empty()) {
        if (auto const readable = seals::OpeningKey::open(options.place.secret_key); !readable) return readable.error();
        std::error_code fault;
        std::filesystem::copy_file(options.place.secret_key, file, fault);
        if (fault) return base::unavailable(file.string() + " cannot be made: " + fault.message());
    }
    if (!std::filesystem::exists(file) || !std::filesystem::exists(staged / "journal.key")) return {};
    auto const secrets = seals::SecretBox::open(file);
    if (!secrets) return secrets.error();
    if (auto const key = open_signing_key(staged, *secrets); !key)
        return base::invalid("was made with another secret key than " +
                             (options.place.secret_key.empty() ? "the one in it" : options.place.secret_key));
    return {};
}

int restore(RestoreCommand const& options) {
    auto keys = keys_of(options.keys);
    if (!keys) return failed("restore", keys.error().detail);
    auto const rooms = rooms_migrations();
    backup::RestoreOptions restoring;
    restoring.file = options.file;
    restoring.keys = std::move(*keys);
    restoring.database = {options.place.data, options.place.database, 1};
    restoring.rooms = rooms;
    restoring.admit = [&](backup::Opening const& opening) { return admit(options, opening); };
    restoring.accept = [&](std::filesystem::path const& staged) { return accept(options, staged); };
    restoring.progress = progress_on_terminal();
    base::SystemClock const clock;
    Stopwatch const watch;
    auto const report = backup::restore(restoring, clock);
    end_progress();
    if (!report) return failed("restore", report.error().detail);
    fmt::print("Restored into {}. {}\n", options.place.data, facts(report->opening));
    fmt::print(stderr, "{}\n", figures(*report, watch.seconds()));
    if (report->opening.has_configuration)
        fmt::print(stderr, "The configuration is in {}/restored: look at it before you use it.\n", options.place.data);
    return status_ok;
}

int run(RestoreCommand const& options) {
    if (options.only_check) return check("restore", options.file, options.keys);
    if (!options.place.data.empty()) return restore(options);
    fmt::print(stderr, "kula restore: --data DIR is needed: a folder that is new or empty\n");
    return status_wrong_usage;
}

}  // namespace

void add_restore_command(CLI::App& app, int& status) {
    auto* const command = app.add_subcommand("restore", "Make a data folder of a backup again");
    auto const options = std::make_shared<RestoreCommand>();
    command->add_option("FILE", options->file, "The backup")->required();
    add_place_options(*command, options->place);
    add_key_options(*command, options->keys);
    command->add_flag("--without-secret-key", options->without_secret_key,
                      "The backup does not hold it, and it will be put in place by hand");
    command->add_flag("--check", options->only_check,
                      "Only prove that the backup is whole, as 'kula verify backup' does");
    command->footer(
        "\nThe folder is new or empty, and so is the PostgreSQL database. Everything is proved before anything is put in its\n"
        "place: there is nothing or all. A backup of SQLite can go to PostgreSQL, and the other way round.\n"
        "Exit status: 0 restored, 1 not, 2 wrong usage.\n");
    command->callback([options, &status] { status = run(*options); });
}

void add_verify_backup_command(CLI::App& verify, int& status) {
    auto* const command = verify.add_subcommand("backup", "A backup: it is whole and can be opened");
    auto const options = std::make_shared<RestoreCommand>();
    command->add_option("FILE", options->file, "The backup")->required();
    add_key_options(*command, options->keys);
    command->footer("\nExit status: 0 it is whole, 1 it is not or cannot be opened, 2 wrong usage.\n");
    command->callback([options, &status] { status = check("verify", options->file, options->keys); });
}

}  // namespace kula
