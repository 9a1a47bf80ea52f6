// What a list costs whoever turns its pages: `wrk` (Debian's package) asks `kula serve` on a full database, one request
// after the other and eight at once, and tells how long answers took.

#include <fmt/format.h>

#include <cstdlib>
#include <sstream>

#include <CLI/CLI.hpp>

#include "child.hpp"
#include "filling.hpp"
#include "loopback.hpp"

namespace {

using namespace kula;

struct Question {
    char const* name;
    std::string path;
};
/// Each with the list's own order and default page of 50, as the desk asks.
std::vector<Question> questions() {
    auto const month_ago = base::to_seconds_text(base::SystemClock().now() - std::chrono::days(29));
    return {
        {"organisations, a page", "/api/v1/organisations"},
        {"organisations, found by name", "/api/v1/organisations?search=Organisation%2077"},
        {"organisations, by sightings", "/api/v1/organisations?sort=-sightings"},
        {"indicators, a page", "/api/v1/indicators"},
        {"indicators, by sightings", "/api/v1/indicators?sort=-sightings"},
        {"indicators, some of them by sightings", "/api/v1/indicators?sort=-sightings&search=77.7"},
        {"sightings, a page of a day", "/api/v1/sightings"},
        {"sightings, one address, 29 days", "/api/v1/sightings?address=192.0.2.7&from=" + month_ago},
        {"picture of a day", "/api/v1/picture"},
        {"trail, a page", "/api/v1/journal"},
    };
}

/// What `wrk --latency` says behind this word, "-" where it says nothing.
std::string said(std::string const& report, std::string_view word) {
    std::istringstream words(report);
    for (std::string next; words >> next;) {
        if (next == word && words >> next) return next;
    }
    return "-";
}

std::string ask(std::string const& url, std::string const& token, int at_once, int seconds) {
    bench::Scratch const scratch;
    auto const told = scratch.folder() / "wrk";
    bench::Child({"wrk", "--latency", "--threads", "1", "--connections", std::to_string(at_once), "--duration",
                  fmt::format("{}s", seconds), "--header", "Authorization: Bearer " + token, url},
                 told)
        .wait();
    std::ifstream file(told);
    return {std::istreambuf_iterator<char>(file), {}};
}

void run(bench::Filling const& filling, int seconds) {
    bench::Scratch const scratch;
    auto const data = scratch.folder() / "data";
    auto const token =
        bench::make_token(KULA_PROGRAM, data,
                          {"organisations.read", "indicators.read", "sightings.read", "picture.read", "journal.read"});
    bench::fill(data, filling);
    fmt::print("{} organisations, {} indicators, {} sightings of 30 days, {:.0f} MB\n", filling.organisations,
               filling.indicators, filling.sightings,
               static_cast<double>(std::filesystem::file_size(data / "kula.sqlite")) / 1e6);
    auto const port = bench::LoopbackSocket().port();
    auto const url = fmt::format("http://127.0.0.1:{}", port);
    bench::Child const server({KULA_PROGRAM, "serve", "--data", data.string(), "--listen", url.substr(7)},
                              scratch.folder() / "serve.log");
    bench::wait_until(
        [&] {
            return said(ask(url + "/readyz", token, 1, 1), "Non-2xx") == "-" &&
                   said(ask(url + "/readyz", token, 1, 1), "50%") != "-";
        },
        "kula serve does not answer");
    fmt::print("{:40}{:>12}{:>12}{:>14}{:>12}\n", "target: a page p99 < 20 ms", "p50", "p99", "p99, 8 asking",
               "a second");
    for (auto const& [name, path] : questions()) {
        ask(url + path, token, 1, 5);  // What is read into memory at the first time is not measured.
        auto const alone = ask(url + path, token, 1, seconds);
        auto const many = ask(url + path, token, 8, seconds);
        bool const is_refused = alone.find("Non-2xx") != std::string::npos || many.find("Non-2xx") != std::string::npos;
        fmt::print("{:40}{:>12}{:>12}{:>14}{:>12}{}\n", name, said(alone, "50%"), said(alone, "99%"), said(many, "99%"),
                   said(many, "Requests/sec:"), is_refused ? "   (refused!)" : "");
    }
}

}  // namespace

int main(int argc, char** argv) {
    bench::Filling filling{.indicators = 1'000'000, .sightings = 1'000'000, .organisations = 10'000};
    int seconds = 5;
    CLI::App app("Answers of the API on a full database");
    app.add_option("--indicators", filling.indicators, "Listed addresses")->capture_default_str();
    app.add_option("--sightings", filling.sightings, "Of the last thirty days")->capture_default_str();
    app.add_option("--organisations", filling.organisations, "Registered")->capture_default_str();
    app.add_option("--seconds", seconds, "For each question")->capture_default_str();
    CLI11_PARSE(app, argc, argv);
    try {
        run(filling, seconds);
    } catch (std::exception const& fault) {
        fmt::print(stderr, "api_bench: {}\n", fault.what());
        return 1;
    }
    return 0;
}
