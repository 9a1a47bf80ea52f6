#pragma once
/// @file
/// nfdump's two programs as peers: `nfcapd`, which collects, and `nfdump`, which filters what was collected.

#include <fmt/format.h>

#include <fstream>
#include <sstream>

#include "child.hpp"
#include "loopback.hpp"

namespace kula::bench {

/// Collects into files of a folder, from its making to `stop`.
class Nfcapd {
public:
    explicit Nfcapd(std::filesystem::path const& folder)
        : folder_(folder),
          port_(LoopbackSocket().port()),
          child_({"nfcapd", "-b", "127.0.0.1", "-p", std::to_string(port_), "-w", folder.string(), "-t", "3600", "-B",
                  "67108864"},
                 folder / "nfcapd.log") {
        wait_until([this] { return read("/proc/net/udp").find(line()) != std::string::npos; },
                   "nfcapd does not listen");
    }

    [[nodiscard]] std::uint16_t port() const { return port_; }

    struct Taken {
        std::uint64_t flows;
        double cpu_seconds;
    };
    /// Once what arrived is read.
    Taken stop() {
        wait_until([this] { return waiting_bytes() == 0; }, "nfcapd does not read what was sent");
        double const cpu_seconds = child_.stop();
        Child asked({"nfdump", "-R", folder_.string(), "-I"}, folder_.string() + ".info");
        asked.wait();
        auto const told = read(folder_.string() + ".info");
        auto const place = told.find("Flows: ");
        return {place == std::string::npos ? 0 : std::stoull(told.substr(place + 7)), cpu_seconds};
    }

private:
    /// How its port stands in `/proc/net/udp`.
    [[nodiscard]] std::string line() const { return fmt::format(":{:04X} ", port_); }
    static std::string read(std::filesystem::path const& path) {
        std::ifstream file(path);
        std::ostringstream text;
        text << file.rdbuf();
        return text.str();
    }
    /// In the socket's queue: `/proc/net/udp` tells it in hexadecimal behind the addresses, the state and a colon.
    [[nodiscard]] std::uint64_t waiting_bytes() const {
        auto const table = read("/proc/net/udp");
        auto const place = table.find(line());
        if (place == std::string::npos) return 0;
        auto const queues = table.find(':', table.find(':', place + 1) + 1);
        return std::stoull(table.substr(queues + 1, 8), nullptr, 16);
    }

    std::filesystem::path folder_;
    std::uint16_t port_;
    Child child_;
};

/// Seconds of a processor in which nfdump filters all files of the folder.
inline double filter_seconds(std::filesystem::path const& folder, std::filesystem::path const& filter) {
    Child nfdump({"nfdump", "-R", folder.string(), "-f", filter.string(), "-q", "-o", "fmt:%sa"},
                 folder.string() + ".out");
    return nfdump.wait();
}

}  // namespace kula::bench
