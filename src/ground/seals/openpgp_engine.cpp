#include "openpgp_engine.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <condition_variable>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <mutex>
#include <string_view>
#include <vector>

namespace kula::seals::openpgp {
namespace {

constexpr int most_rounds = 100;
constexpr std::string_view prefix = "kula-openpgp-";
constexpr char const* memory = "/dev/shm";

/// Empty where there is none.
std::filesystem::path folder_for(Agent agent) {
    if (agent == Agent::started && ::access(memory, W_OK | X_OK) == 0) return memory;
    std::error_code fault;
    return std::filesystem::temp_directory_path(fault);
}

/// `kula-openpgp-<process>-<six letters>`, of a process that is no more.
bool is_abandoned(std::filesystem::directory_entry const& entry) {
    auto const name = entry.path().filename().string();
    if (!name.starts_with(prefix)) return false;
    pid_t process = 0;
    auto const* const begin = name.data() + prefix.size();
    auto const* const end = name.data() + name.size();
    auto const read = std::from_chars(begin, end, process);
    if (read.ec != std::errc() || read.ptr == end || *read.ptr != '-' || process <= 0) return false;
    struct stat about {};
    bool const is_ours = ::lstat(entry.path().c_str(), &about) == 0 && about.st_uid == ::geteuid();
    return is_ours && ::kill(process, 0) != 0 && errno == ESRCH;
}

void remove_abandoned_homes_in(std::filesystem::path const& folder) {
    std::error_code fault;
    std::vector<std::filesystem::path> found;
    for (auto const& entry : std::filesystem::directory_iterator(folder, fault)) {
        if (is_abandoned(entry)) found.push_back(entry.path());
    }
    for (auto const& home : found) std::filesystem::remove_all(home, fault);
}

/// Their command line names the home, which nobody else's does: it is random.
void end_processes_in(std::string const& home) {
    std::error_code fault;
    for (auto const& entry : std::filesystem::directory_iterator("/proc", fault)) {
        auto const name = entry.path().filename().string();
        pid_t process = 0;
        auto const read = std::from_chars(name.data(), name.data() + name.size(), process);
        if (read.ec != std::errc() || process <= 0 || process == ::getpid()) continue;
        std::ifstream file(entry.path() / "cmdline", std::ios::binary);
        std::string const command((std::istreambuf_iterator<char>(file)), {});
        if (command.find(home) != std::string::npos) ::kill(process, SIGKILL);
    }
}

}  // namespace

Home::Home(Agent agent) {
    auto const folder = folder_for(agent);
    auto name = (folder / (std::string(prefix) + std::to_string(getpid()) + "-XXXXXX")).string();
    if (folder.empty() || mkdtemp(name.data()) == nullptr) return;
    path_ = name;
    std::ofstream(path_ + "/gpg.conf") << "no-auto-key-retrieve\n" << (agent == Agent::none ? "no-autostart\n" : "");
}

Home::~Home() {
    // An agent whose home goes takes its sockets away itself: what is gone before we come to it ends a round.
    std::error_code fault;
    for (int round = 0; !path_.empty() && (round == 0 || (fault && round < most_rounds)); ++round)
        std::filesystem::remove_all(path_, fault);
}

void remove_abandoned_homes() {
    for (auto const agent : {Agent::none, Agent::started}) remove_abandoned_homes_in(folder_for(agent));
}

Context new_context(Home const& home) {
    static char const* const version = gpgme_check_version(nullptr);  // Must come first, and once.
    gpgme_ctx_t made = nullptr;
    if (version == nullptr || home.path().empty() || gpgme_new(&made) != 0) return nullptr;
    Context context(made);
    bool const is_ready = gpgme_set_protocol(made, GPGME_PROTOCOL_OpenPGP) == 0 &&
                          gpgme_ctx_set_engine_info(made, GPGME_PROTOCOL_OpenPGP, nullptr, home.path().c_str()) == 0;
    return is_ready ? std::move(context) : nullptr;
}

Deadline::Deadline(Home const& home, std::chrono::milliseconds time)
    : watch_([this, path = home.path(), time](std::stop_token const& stop) {
          std::mutex mutex;
          std::unique_lock lock(mutex);
          std::condition_variable_any signal;
          auto wait = time;
          // Again and again: one may have been started after the others were ended.
          while (!signal.wait_for(lock, stop, wait, [&stop] { return stop.stop_requested(); })) {
              is_over_ = true;
              end_processes_in(path);
              wait = std::chrono::seconds(1);
          }
      }) {}

bool is_missing(gpgme_error_t fault) {
    auto const code = gpgme_err_code(fault);
    return code == GPG_ERR_INV_ENGINE || code == GPG_ERR_ENOENT || code == GPG_ERR_NO_AGENT;
}

}  // namespace kula::seals::openpgp
