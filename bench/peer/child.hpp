#pragma once
/// @file
/// A peer's program, run as a child: what it wrote and what time of a processor it took.

#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace kula::bench {

/// Throws `otherwise` where it has not come true after a minute.
template <class Condition>
void wait_until(Condition condition, char const* otherwise) {
    auto const give_up = std::chrono::steady_clock::now() + std::chrono::minutes(1);
    while (!condition()) {
        if (std::chrono::steady_clock::now() > give_up) throw std::runtime_error(otherwise);
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
}

class Child {
public:
    /// Found on the path; standard output goes to the file. Throws where it cannot be started.
    Child(std::vector<std::string> const& command, std::filesystem::path const& output) {
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
        std::vector<char*> words;
        for (auto const& word : command) words.push_back(const_cast<char*>(word.c_str()));  // as execve takes them
        words.push_back(nullptr);
        int const fault = posix_spawnp(&process_, words[0], &actions, nullptr, words.data(), environ);
        posix_spawn_file_actions_destroy(&actions);
        if (fault != 0) throw std::runtime_error(command[0] + " cannot be started; is it installed?");
    }
    ~Child() {
        if (process_ > 0) stop();
    }
    Child(Child const&) = delete;
    Child& operator=(Child const&) = delete;

    /// Waits for its end; the seconds that it was on a processor.
    double wait() {
        int status = 0;
        rusage usage{};
        ::wait4(process_, &status, 0, &usage);
        process_ = 0;
        auto const seconds = [](timeval const& time) {
            return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
        };
        return seconds(usage.ru_utime) + seconds(usage.ru_stime);
    }
    /// What it holds in memory now.
    [[nodiscard]] std::uint64_t resident_bytes() const {
        std::ifstream file("/proc/" + std::to_string(process_) + "/statm");
        std::uint64_t all_pages = 0;
        std::uint64_t resident_pages = 0;
        file >> all_pages >> resident_pages;
        return resident_pages * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
    }
    double stop() {
        ::kill(process_, SIGTERM);
        return wait();
    }

private:
    pid_t process_ = 0;
};

/// A folder of its own that goes away with it.
class Scratch {
public:
    Scratch() {
        std::string name = (std::filesystem::temp_directory_path() / "kula-bench-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no folder can be made in " + name);
        folder_ = name;
    }
    ~Scratch() {
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
    Scratch(Scratch const&) = delete;
    Scratch& operator=(Scratch const&) = delete;

    [[nodiscard]] std::filesystem::path const& folder() const { return folder_; }

private:
    std::filesystem::path folder_;
};

}  // namespace kula::bench
