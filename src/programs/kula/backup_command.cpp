#include "backup_command.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <memory>

#include <CLI/CLI.hpp>

#include "backup/make.hpp"
#include "backup_options.hpp"
#include "exit_status.hpp"
#include "keys.hpp"
#include "stopwatch.hpp"

namespace kula {
namespace {

struct BackupOptions {
    PlaceOptions place{};
    SealingOptions sealing{};
    std::string to{};
    std::size_t keep = 0;
    bool with_secret_key = false;
    std::string make_key{};
};

int make_key(std::string const& file) {
    auto const key = seals::OpeningKey::make(file);
    if (!key) return failed("backup", key.error().detail);
    fmt::print("{}\n", key->recipient().text());
    fmt::print(stderr, "{} opens what is sealed for this recipient. Keep it away from this machine, and twice.\n",
               file);
    return status_ok;
}

int remove_older(std::filesystem::path const& folder, std::size_t keep) {
    auto const removed = backup::remove_older(folder, "kula", keep);
    if (!removed) return failed("backup", removed.error().detail);
    for (auto const& file : *removed)
        fmt::print(stderr, "removed {}, for {} newer ones are kept\n", file.string(), keep);
    return status_ok;
}

int make(BackupOptions const& options) {
    if (auto const ours = is_ours(options.place.data); !ours) return failed("backup", ours.error().detail);
    auto sealing = sealing_of(options.sealing);
    if (!sealing) return failed("backup", sealing.error().detail);
    base::SystemClock const clock;
    bool const is_folder = std::filesystem::is_directory(options.to);
    auto const to = is_folder ? std::filesystem::path(options.to) / backup::file_name("kula", clock.now())
                              : std::filesystem::path(options.to);
    backup::MakeOptions making;
    making.database = {options.place.data, options.place.database, 1};
    making.program = KULA_VERSION;
    making.configuration = options.place.configuration;
    if (options.with_secret_key) making.secret_key = secret_key_file(options.place.data, options.place.secret_key);
    making.sealing = std::move(*sealing);
    making.progress = progress_on_terminal();
    Stopwatch const watch;
    auto const report = backup::make(making, to, clock);
    end_progress();
    if (!report) return failed("backup", report.error().detail);
    fmt::print("{}\n", to.string());
    fmt::print(stderr, "{}; {}\n", figures(*report, watch.seconds()),
               making.sealing.is_sealed() ? "sealed" : "in the clear: whoever has the file can read it");
    if (!options.with_secret_key)
        fmt::print(stderr, "The secret key is not inside: restoring needs a copy of it from elsewhere.\n");
    return is_folder && options.keep > 0 ? remove_older(options.to, options.keep) : status_ok;
}

int run(BackupOptions const& options) {
    if (!options.make_key.empty()) return make_key(options.make_key);
    if (!options.place.data.empty() && !options.to.empty()) return make(options);
    fmt::print(stderr, "kula backup: --data DIR and --to FILE or DIR are needed\n");
    return status_wrong_usage;
}

}  // namespace

void add_backup_command(CLI::App& app, int& status) {
    auto* const command = app.add_subcommand("backup", "Everything that is kept, in one file, while it is in use");
    auto const options = std::make_shared<BackupOptions>();
    add_place_options(*command, options->place);
    command->add_option("--to", options->to, "The file to make; in a folder that exists, one named by the time")
        ->option_text("FILE|DIR")
        ->envname("KULA_BACKUP_TO");
    add_sealing_options(*command, options->sealing);
    command->add_flag("--with-secret-key", options->with_secret_key,
                      "Put the secret key in as well; only into a sealed backup");
    command->add_option("--keep", options->keep, "Of the backups in DIR, keep the newest N and remove the others")
        ->option_text("N")
        ->envname("KULA_BACKUP_KEEP")
        ->check(CLI::Range(1, 10'000));
    command->add_option("--make-key", options->make_key, "Make a key file, print its recipient, and do nothing else")
        ->option_text("FILE");
    command->footer(
        "\nHolds one consistent state of the database, the files of the data folder, and the --config file. Prints the\n"
        "file's name. The file is there whole or not at all. Exit status: 0 made, 1 not made, 2 wrong usage.\n");
    command->callback([options, &status] { status = run(*options); });
}

}  // namespace kula
