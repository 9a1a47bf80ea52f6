#include <fmt/format.h>

#include <filesystem>
#include <memory>

#include <CLI/CLI.hpp>

#include "backup_command.hpp"
#include "backup_options.hpp"
#include "exit_status.hpp"
#include "stopwatch.hpp"
#include "upgrade.hpp"

namespace kula {
namespace {

struct UpgradeCommand {
    PlaceOptions place{};
    SealingOptions sealing{};
    std::string to{};
    std::size_t keep = 3;
};

int run(UpgradeCommand const& command) {
    auto const& place = command.place;
    if (place.data.empty()) {
        fmt::print(stderr, "kula upgrade: --data DIR is needed\n");
        return status_wrong_usage;
    }
    // Opening would make what is missing.
    if (!std::filesystem::is_directory(place.data)) return failed("upgrade", place.data + ": there is no such folder");
    if (auto const ours = is_ours(place.data); !ours) return failed("upgrade", ours.error().detail);
    auto sealing = sealing_of(command.sealing);
    if (!sealing) return failed("upgrade", sealing.error().detail);
    base::SystemClock const clock;
    UpgradeOptions const options{
        {place.data, place.database, 1}, command.to, command.keep, std::move(*sealing), progress_on_terminal()};
    auto const database = storage::Database::open(options.database, clock);
    if (!database) return failed("upgrade", database.error().detail);
    Stopwatch const watch;
    auto const done = upgrade(**database, options, clock);
    end_progress();
    if (!done) return failed("upgrade", done.error().detail);
    if (done->scripts.empty()) {
        fmt::print("There is nothing to upgrade: the database is of this Kula's schema, or empty.\n");
        return status_ok;
    }
    fmt::print("Upgraded: {} have run. The backup of before: {}\n", to_text(done->scripts), done->saved_to.string());
    fmt::print(stderr, "{}\n", figures(done->report, watch.seconds()));
    return status_ok;
}

}  // namespace

void add_upgrade_command(CLI::App& app, int& status) {
    auto* const command =
        app.add_subcommand("upgrade", "Bring an older Kula's database to this one's schema, after a backup");
    auto const options = std::make_shared<UpgradeCommand>();
    add_place_options(*command, options->place);
    add_sealing_options(*command, options->sealing);
    command->add_option("--to", options->to, "Folder for the backup; 'backups' in the data folder unless told")
        ->option_text("DIR");
    command->add_option("--keep", options->keep, "How many of these backups are kept, 1 to 100; 3 unless told")
        ->option_text("N")
        ->check(CLI::Range(1, 100));
    command->footer(
        "\nkula serve does the same at its start; this does it at a time of your choosing, while no server runs.\n"
        "Exit status: 0 done or nothing to do, 1 failed (the way back is printed), 2 wrong usage.\n");
    command->callback([options, &status] { status = run(*options); });
}

}  // namespace kula
