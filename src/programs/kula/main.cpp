#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <string>
#include <string_view>
#include <vector>

#include <CLI/CLI.hpp>

#include "admin_command.hpp"
#include "api_command.hpp"
#include "backup_command.hpp"
#include "exit_status.hpp"
#include "import_command.hpp"
#include "list_arguments.hpp"
#include "match_command.hpp"
#include "serve_command.hpp"
#include "verify_command.hpp"

namespace {

/// The first word that stands where a command is to stand and is none; empty where there is no such word.
std::string_view unknown_command(CLI::App const& app, std::vector<std::string> const& words) {
    auto const* at = &app;
    for (auto const& word : words) {
        auto const commands = at->get_subcommands([](CLI::App const*) { return true; });
        if (word.starts_with('-') || commands.empty()) return {};
        auto const named =
            std::find_if(commands.begin(), commands.end(), [&](auto const* each) { return each->check_name(word); });
        if (named == commands.end()) return word;
        at = *named;
    }
    return {};
}

int run(int argc, char** argv) {
    CLI::App app("Kula: see a country's malicious traffic, know whose it is, tell the right people.", "kula");
    app.require_subcommand(1);
    app.set_version_flag("--version", "kula " KULA_VERSION);
    app.failure_message(CLI::FailureMessage::help);
    int status = kula::status_ok;
    kula::add_match_command(app, status);
    kula::add_serve_command(app, status);
    kula::add_demo_command(app, status);
    kula::add_import_command(app, status);
    kula::add_export_command(app, status);
    kula::add_admin_command(app, status);
    kula::add_verify_command(app, status);
    kula::add_api_command(app);
    kula::add_backup_command(app, status);
    kula::add_restore_command(app, status);
    kula::add_upgrade_command(app, status);
    auto const words = kula::repeat_list_options({argv + 1, argv + argc});
    try {
        app.parse(std::vector(words.rbegin(), words.rend()));  // As CLI11 wants them.
    } catch (CLI::ParseError const& error) {
        bool const asked_for = error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success);
        if (asked_for) return app.exit(error);
        auto const unknown = unknown_command(app, words);
        auto const reason = unknown.empty() ? error.what() : fmt::format("there is no command '{}'", unknown);
        fmt::print(stderr, "kula: {}\nTry 'kula --help' or 'kula COMMAND --help'.\n", reason);
        return kula::status_wrong_usage;
    }
    return status;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        // Its options come from the contract; CLI11 would not know them.
        if (argc > 1 && std::string_view(argv[1]) == "api") return kula::run_api_command({argv + 2, argv + argc});
        return run(argc, argv);
    } catch (std::exception const& bug) {
        fmt::print(stderr, "kula: {}\n", bug.what());
        return kula::status_failed;
    }
}
