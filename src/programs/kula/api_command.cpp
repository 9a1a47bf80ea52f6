#include "api_command.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <charconv>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <iterator>
#include <thread>

#include <CLI/CLI.hpp>

#include "api/contract.hpp"
#include "client/command.hpp"

namespace kula {
namespace {

constexpr unsigned usual_width = 80;

std::optional<std::string> environment(std::string const& name) {
    char const* const value = std::getenv(name.c_str());
    return value && *value ? std::optional<std::string>(value) : std::nullopt;
}

std::optional<unsigned> terminal_width() {
    if (::isatty(STDOUT_FILENO) == 0) return std::nullopt;
    winsize size{};
    if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
    unsigned told = 0;
    auto const columns = environment("COLUMNS").value_or("");
    std::from_chars(columns.data(), columns.data() + columns.size(), told);
    return told > 0 ? told : usual_width;
}

}  // namespace

void add_api_command(CLI::App& app) {
    app.add_subcommand("api", "Ask a running server: every operation of its contract; 'kula api --help' names them");
}

int run_api_command(std::vector<std::string> const& arguments) {
    static_cast<void>(std::signal(SIGPIPE, SIG_IGN));  // A pipe that nobody reads is told by the write itself.
    return client::run(
        arguments,
        {
            .contract = api::contract_json(),
            .environment = environment,
            .width = terminal_width(),
            .out =
                [](std::string_view bytes) {
                    return std::fwrite(bytes.data(), 1, bytes.size(), stdout) == bytes.size() &&
                           std::fflush(stdout) == 0;
                },
            .err = [](std::string_view text) { static_cast<void>(std::fwrite(text.data(), 1, text.size(), stderr)); },
            .in = []() -> base::Result<std::string> {
                return std::string(std::istreambuf_iterator<char>(std::cin), {});
            },
            .pause = [](std::chrono::seconds pause) { std::this_thread::sleep_for(pause); },
        });
}

}  // namespace kula
