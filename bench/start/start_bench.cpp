// Starting `kula serve` on a full database: how long until the first answer, until the picture of a day, and what
// memory it holds then.
//
// Fills a folder with indicators and with sightings of the last thirty days, as an import and a collector write them,
// then starts the server on it a few times and asks it over HTTP without pause.

#include <fmt/format.h>

#include <array>
#include <chrono>

#include <CLI/CLI.hpp>

#include "child.hpp"
#include "filling.hpp"
#include "loopback.hpp"

namespace {

using namespace kula;
using Clock = std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;

/// Whether the server on this port answers the path with 200.
bool answers(std::uint16_t port, std::string_view path, std::string_view token) {
    int const connection = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    std::string answer;
    if (::connect(connection, reinterpret_cast<sockaddr const*>(&address), sizeof address) == 0) {
        auto const request = fmt::format(
            "GET {} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {}\r\nConnection: close\r\n\r\n", path, token);
        std::array<char, 4096> piece{};
        if (::send(connection, request.data(), request.size(), MSG_NOSIGNAL) > 0) {
            for (auto got = ::recv(connection, piece.data(), piece.size(), 0); got > 0;
                 got = ::recv(connection, piece.data(), piece.size(), 0))
                answer.append(piece.data(), static_cast<std::size_t>(got));
        }
    }
    ::close(connection);
    return answer.starts_with("HTTP/1.1 200 ");
}

Seconds time_until(Clock::time_point begun, std::uint16_t port, std::string_view path, std::string_view token = {}) {
    bench::wait_until([&] { return answers(port, path, token); }, "kula serve does not answer");
    return Clock::now() - begun;
}

void run(std::size_t indicators, std::size_t sightings, int starts) {
    bench::Scratch const scratch;
    auto const data = scratch.folder() / "data";
    auto const token = bench::make_token(KULA_PROGRAM, data, {"picture.read"});
    bench::fill(data, {.indicators = indicators, .sightings = sightings, .seen = bench::Filling::Seen::others});
    fmt::print("{} indicators, {} sightings of 30 days, {:.0f} MB\n", indicators, sightings,
               static_cast<double>(std::filesystem::file_size(data / "kula.sqlite")) / 1e6);
    for (int i = 0; i < starts; ++i) {
        auto const port = bench::LoopbackSocket().port();
        auto const begun = Clock::now();
        bench::Child server(
            {KULA_PROGRAM, "serve", "--data", data.string(), "--listen", fmt::format("127.0.0.1:{}", port)},
            scratch.folder() / "serve.log");
        auto const first = time_until(begun, port, "/readyz");
        auto const picture = time_until(begun, port, "/api/v1/picture", token);
        fmt::print("first answer {:5.2f} s   (target < 2 s)   picture of a day {:5.2f} s   memory {:4.0f} MB\n",
                   first.count(), picture.count(), static_cast<double>(server.resident_bytes()) / 1e6);
    }
}

}  // namespace

int main(int argc, char** argv) {
    std::size_t indicators = 1'000'000;
    std::size_t sightings = 1'000'000;
    int starts = 3;
    CLI::App app("Starting on a full database");
    app.add_option("--indicators", indicators, "Listed addresses")->capture_default_str();
    app.add_option("--sightings", sightings, "Of the last thirty days")->capture_default_str();
    app.add_option("--starts", starts, "How often")->capture_default_str();
    CLI11_PARSE(app, argc, argv);
    try {
        run(indicators, sightings, starts);
    } catch (std::exception const& fault) {
        fmt::print(stderr, "start_bench: {}\n", fault.what());
        return 1;
    }
    return 0;
}
