#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <string_view>

#include <CLI/CLI.hpp>

#include "admin_command.hpp"
#include "api_command.hpp"
#include "backup_command.hpp"
#include "exit_status.hpp"
#include "list_arguments.hpp"
#include "match_command.hpp"
#include "serve_command.hpp"
#include "verify_command.hpp"

namespace {

int run(int argc, char** argv) {
    CLI::App app("Kula: see a country's malicious traffic, know whose it is, tell the right people.", "kula");
    app.require_subcommand(1);
    app.set_version_flag("--version", "kula " KULA_VERSION);
    app.failure_message(CLI::FailureMessage::help);
    int status = kula::status_ok;
    kula::add_match_command(app, status);
    kula::add_serve_command(app, status);
    kula::add_demo_command(app, status);
    kula::add_admin_command(app, status);
    kula::add_verify_command(app, status);
    kula::add_api_command(app);
    kula::add_backup_command(app, status);
    kula::add_restore_command(app, status);
    kula::add_upgrade_command(app, status);
    auto arguments = kula::repeat_list_options({argv + 1, argv + argc});
    try {
        std::reverse(arguments.begin(), arguments.end());  // as CLI11 wants them
        app.parse(std::move(arguments));
    } catch (CLI::ParseError const& error) {
        bool const asked_for = error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success);
        if (asked_for) return app.exit(error);
        fmt::print(stderr, "kula: {}\nTry 'kula --help' or 'kula COMMAND --help'.\n", error.what());
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
