#include "storage_testing/postgresql_server.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <stdexcept>

namespace kula::storage::testing {
namespace {

void run_script(std::string const& arguments) {
    auto const command = std::string(KULA_POSTGRESQL_SCRIPT) + ' ' + arguments;
    if (std::system(command.c_str()) != 0) throw std::runtime_error("failed: " + command);
}

/// A child that removes the server when this process has ended, be it by SIGKILL: then its end of the pipe is closed.
void remove_when_this_process_ends(std::filesystem::path const& folder) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    if (fork() == 0) {
        setsid();
        dup2(ends[0], STDIN_FILENO);
        int const nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
        dup2(nowhere, STDOUT_FILENO);
        dup2(nowhere, STDERR_FILENO);
        auto const command = "read line; " KULA_POSTGRESQL_SCRIPT " remove " + folder.string();
        execl("/bin/sh", "sh", "-c", command.c_str(), nullptr);
        _exit(127);
    }
    close(ends[0]);
}

std::filesystem::path new_folder() {
    auto name = (std::filesystem::temp_directory_path() / "kula-postgresql-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder can be made");
    remove_when_this_process_ends(name);
    return name;
}

}  // namespace

bool PostgresqlServer::is_installed() {
    static bool const installed = std::system(
                                      "ls /usr/lib/postgresql/*/bin/pg_ctl >/dev/null 2>&1 || "
                                      "command -v pg_ctl >/dev/null") == 0;
    return installed;
}

PostgresqlServer& PostgresqlServer::shared() {
    char const* const given = std::getenv("KULA_TEST_POSTGRESQL");
    static PostgresqlServer server(given != nullptr ? std::filesystem::path(given) : new_folder());
    return server;
}

PostgresqlServer::PostgresqlServer(std::filesystem::path folder) : folder_(std::move(folder)) { start(); }

void PostgresqlServer::start() { run_script("start " + folder_.string()); }
void PostgresqlServer::stop() { run_script("stop " + folder_.string()); }

std::string PostgresqlServer::url() const { return "postgresql:///postgres?user=kula&host=" + folder_.string(); }

}  // namespace kula::storage::testing
