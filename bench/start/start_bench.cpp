// Starting `kula serve` on a full database: how long until the first answer, until the picture of a day, and what
// memory it holds then.
//
// Fills a folder with indicators and with sightings of the last thirty days, as an import and a collector write them,
// then starts the server on it a few times and asks it over HTTP without pause.

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <random>

#include <CLI/CLI.hpp>

#include "child.hpp"
#include "events/store.hpp"
#include "indicators/store.hpp"
#include "journal/journal.hpp"
#include "loopback.hpp"
#include "storage/database.hpp"

namespace {

using namespace kula;
using Clock = std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;

/// What a step of filling yields, or the end of the program.
template <class T>
T need(base::Result<T> result) {
    if (result.has_error()) throw std::runtime_error(result.error().detail);
    if constexpr (!std::is_void_v<T>) return std::move(*result);
}

base::Address any_host(std::mt19937& random) { return base::Address::v4(static_cast<std::uint32_t>(random())); }

void list_indicators(storage::Database& database, base::Clock const& clock, std::size_t count) {
    auto const journal = need(journal::Journal::open(database, clock));
    auto const store = need(indicators::Store::open(database, *journal, clock));
    std::mt19937 random(1);
    std::string list;
    for (std::size_t i = 0; i < count; ++i) list += any_host(random).text() + '\n';
    need(store->import({.name = "bench"}, list, base::Actor{"bench"}));
}

void add_sightings(storage::Database& database, base::Clock const& clock, std::size_t count) {
    constexpr std::size_t batch_size = 20'000;
    constexpr int hours_back = 30 * 24;
    auto const store = need(events::SightingStore::open(database, clock));
    auto const this_hour = std::chrono::floor<std::chrono::hours>(clock.now());
    std::mt19937 random(2);
    std::vector<events::Sighting> batch;
    for (std::size_t made = 0; made < count; made += batch.size()) {
        batch.clear();
        while (batch.size() < std::min(batch_size, count - made)) {
            auto const hour = this_hour - std::chrono::hours(random() % hours_back);
            auto const national = base::Address::v4(0xC0000200u + static_cast<std::uint32_t>(random() % 256)).text();
            events::Sighting sighting;
            sighting.id = events::SightingId::make(hour);
            sighting.hour = hour;
            sighting.seen.indicator = sighting.seen.matched = any_host(random).text();
            sighting.seen.kind = "address";
            sighting.seen.peer = national;
            sighting.seen.direction = events::Direction::inbound;
            sighting.seen.protocol = 6;
            sighting.seen.port = static_cast<std::uint16_t>(random() % 1024);
            sighting.seen.flows = 1 + random() % 100;
            sighting.seen.packets = 4 * sighting.seen.flows;
            sighting.seen.bytes = 240 * sighting.seen.flows;
            sighting.seen.first = hour;
            sighting.seen.last = hour + std::chrono::minutes(59);
            sighting.seen.sources = {"bench"};
            sighting.national_address = national;
            sighting.foreign_address = sighting.seen.matched;
            sighting.record.lineage = sighting.record.created_by = sighting.record.changed_by = "bench";
            sighting.record.created_at = sighting.record.changed_at = clock.now();
            batch.push_back(std::move(sighting));
        }
        need(store->add(batch, made / batch_size + 1));
    }
}

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

/// A service token that may read the picture.
std::string make_token(bench::Scratch const& scratch, std::filesystem::path const& data) {
    auto const told = scratch.folder() / "token";
    bench::Child(
        {KULA_PROGRAM, "admin", "token", "make", "bench", "--permission", "picture.read", "--data", data.string()},
        told)
        .wait();
    std::string token;
    std::getline(std::ifstream(told), token);
    return token;
}

Seconds time_until(Clock::time_point begun, std::uint16_t port, std::string_view path, std::string_view token = {}) {
    bench::wait_until([&] { return answers(port, path, token); }, "kula serve does not answer");
    return Clock::now() - begun;
}

void run(std::size_t indicators, std::size_t sightings, int starts) {
    bench::Scratch const scratch;
    auto const data = scratch.folder() / "data";
    {
        base::SystemClock const clock;
        auto const database = need(storage::Database::open({.folder = data}, clock));
        list_indicators(*database, clock, indicators);
        add_sightings(*database, clock, sightings);
    }
    auto const token = make_token(scratch, data);
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
