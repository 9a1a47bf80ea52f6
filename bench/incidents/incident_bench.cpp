// Lists and pages of very many incidents: 100,000 with two million entries in their timelines, in SQLite.
//
// Fills a folder as some years would leave it (the same on every machine), by what the room itself stores with, then
// asks the room: a page of each typical list, one incident's page, a later page of its timeline.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <filesystem>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "base/clock.hpp"
#include "child.hpp"
#include "incident_table.hpp"
#include "incidents/incidents.hpp"
#include "journal/journal.hpp"
#include "percentiles.hpp"
#include "storage/database.hpp"
#include "storage/record.hpp"

namespace {

using namespace kula;
using Clock = std::chrono::steady_clock;
using incidents::Incident;
using incidents::IncidentQuery;

constexpr std::size_t incidents_at_once = 500;
constexpr std::size_t people = 12;

base::Instant const newest = *base::parse_instant("2026-11-21T10:00:00Z");

base::Uuid person(std::size_t number) {
    return *base::Uuid::parse(fmt::format("01930b2e-6c00-7000-8000-{:012x}", number));
}

struct Kind {
    char const* rsit_class;
    char const* type;
    char const* title;
};
constexpr std::array<Kind, 5> kinds{{{"fraud", "phishing", "Phishing in the name of Example Bank"},
                                     {"malicious-code", "infected-system", "Ransomware at Example Hospital"},
                                     {"availability", "ddos", "Flood against Example Ministry"},
                                     {"intrusions", "system-compromise", "Intruder at Example University"},
                                     {"vulnerable", "vulnerable-system", "Open service at Example Telecom"}}};

/// What fills the folder, and what is asked for: the same numbers every time.
class World {
public:
    std::size_t below(std::size_t end) { return std::uniform_int_distribution<std::size_t>(0, end - 1)(random_); }

private:
    std::mt19937_64 random_{1};
};

Incident incident_of(World& world, std::size_t number, std::size_t count, base::Clock const& clock) {
    auto const& kind = kinds[world.below(kinds.size())];
    Incident out;
    auto const age =
        std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::days(5 * 365)) / static_cast<int>(count);
    auto const opened = newest - age * static_cast<int>(count - number);
    out.id = incidents::IncidentId::make(opened);
    out.number = fmt::format("INC-2026-{:06}", number + 1);
    out.content.title = fmt::format("{} {}", kind.title, number);
    out.content.summary =
        "Somebody told us, we asked, they answered, and it went on for some days. " + std::string(400, 'x');
    out.content.rsit_class = kind.rsit_class;
    out.content.rsit_type = kind.type;
    out.content.severity = static_cast<incidents::Severity>(std::min(world.below(4), world.below(4)));
    constexpr std::array<char const*, 4> sectors{"health", "banking", "energy", "education"};
    out.content.sectors = {sectors[world.below(sectors.size())]};
    out.content.tags = {fmt::format("campaign-{}", world.below(2000))};
    if (world.below(4) != 0) out.content.lead = person(world.below(people));
    auto const& states = incidents::Life::shipped().states();
    bool const is_open = count - number < 400;
    out.state = is_open ? states[world.below(4)].id : "closed";
    out.state_since = opened;
    out.record = storage::new_record(clock, "user:" + person(0).text(), out.content.marking);
    out.record.created_at = opened;
    out.record.changed_at = opened + std::chrono::hours(world.below(200));
    return out;
}

void fill(storage::Database& database, base::Clock const& clock, std::size_t count, std::size_t entries) {
    World world;
    for (std::size_t number = 0; number < count;) {
        auto const until = std::min(count, number + incidents_at_once);
        (void)database
            .write(storage::Priority::bulk,
                   [&](storage::Session& session) {
                       for (; number < until; ++number) {
                           auto const incident = incident_of(world, number, count, clock);
                           incidents::incident_table::insert(session, incident);
                           // A few have very long timelines.
                           auto const many = number % 1000 == 0 ? entries * 20 : entries;
                           for (std::size_t at = 0; at < many; ++at) {
                               incidents::Entry entry;
                               entry.at = entry.written_at = incident.record.created_at + std::chrono::minutes(at);
                               entry.id = incidents::EntryId::make(entry.at);
                               entry.by = incident.record.created_by;
                               entry.text =
                                   "They called back and say that it is not gone yet; we ask again tomorrow morning.";
                               incidents::incident_table::add_entry(session, incident.id, entry);
                           }
                       }
                   })
            .value();
    }
}

struct Question {
    char const* name;
    std::function<void(IncidentQuery&, World&)> ask;
};

std::vector<Question> questions() {
    return {
        {"the newest changes", [](IncidentQuery&, World&) {}},
        {"open ones", [](IncidentQuery& q, World&) { q.open = true; }},
        {"closed, by opening",
         [](IncidentQuery& q, World&) { q.states = {"closed"}, q.sort = incidents::IncidentSort::opened_descending; }},
        {"the gravest first", [](IncidentQuery& q, World&) { q.sort = incidents::IncidentSort::severity_descending; }},
        {"of a severity",
         [](IncidentQuery& q, World& w) { q.severity = static_cast<incidents::Severity>(w.below(4)); }},
        {"of a type and a sector",
         [](IncidentQuery& q, World& w) { q.rsit_type = kinds[w.below(kinds.size())].type, q.sector = "health"; }},
        {"of a lead", [](IncidentQuery& q, World& w) { q.lead = person(w.below(people)); }},
        {"open ones of a lead", [](IncidentQuery& q, World& w) { q.open = true, q.lead = person(w.below(people)); }},
        {"of a tag", [](IncidentQuery& q, World& w) { q.tag = fmt::format("campaign-{}", w.below(2000)); }},
        {"a number",
         [](IncidentQuery& q, World& w) { q.search = fmt::format("INC-2026-{:06}", w.below(100'000) + 1); }},
        {"a word of many", [](IncidentQuery& q, World&) { q.search = "hospital"; }},
        {"two words of few", [](IncidentQuery& q, World& w) { q.search = fmt::format("bank {}", w.below(100'000)); }},
    };
}

void print(char const* name, bench::Percentiles const& figures) {
    fmt::print("{:<34}{:>10.1f}{:>10.1f}\n", name, figures.p50, figures.p99);
}

void run(std::size_t count, std::size_t entries, std::size_t rounds, std::string const& kept_in) {
    bench::Scratch const scratch;
    base::SystemClock const clock;
    auto const folder = kept_in.empty() ? scratch.folder() / "data" : std::filesystem::path(kept_in);
    bool const is_there = std::filesystem::exists(folder);
    auto const database = storage::Database::open({.folder = folder}, clock).value();
    auto const journal = journal::Journal::open(*database, clock).value();
    auto const room =
        incidents::Incidents::open(*database, *journal, clock, [](auto const&, auto const&) { return false; }).value();
    auto const begun = Clock::now();
    if (!is_there) fill(*database, clock, count, entries);
    fmt::print("{} incidents, {:.0f} MB, filled in {:.0f} s\n", count,
               static_cast<double>(std::filesystem::file_size(folder / "kula.sqlite")) / 1e6,
               std::chrono::duration<double>(Clock::now() - begun).count());
    auto const clearance = base::Clearance::of_team(person(1));
    fmt::print("{:<34}{:>10}{:>10}   (target: p99 < 20 ms)\n", "milliseconds", "p50", "p99");
    for (auto const& question : questions()) {
        World world;
        print(question.name, bench::milliseconds_of(rounds, [&] {
                  IncidentQuery query;
                  query.clearance = clearance;
                  question.ask(query, world);
                  (void)room->list(query).value();
              }));
    }
    World world;
    std::vector<Incident> some;
    IncidentQuery all{.sort = incidents::IncidentSort::opened, .limit = 1000, .clearance = clearance};
    for (int page = 0; page < 5; ++page) {
        auto found = room->list(all).value();
        some.insert(some.end(), found.items.begin(), found.items.end());
        all.cursor = found.next;
    }
    auto const any = [&] { return some[world.below(some.size())].id; };
    print("an incident's page", bench::milliseconds_of(rounds, [&] { (void)room->story(any(), clearance).value(); }));
    print("the page of a long one",
          bench::milliseconds_of(rounds, [&] { (void)room->story(some.front().id, clearance).value(); }));
    auto const later = room->story(some.front().id, clearance).value().timeline.next;
    print("a later page of its timeline",
          bench::milliseconds_of(rounds, [&] { (void)room->timeline(some.front().id, later, 50, clearance).value(); }));
}

}  // namespace

int main(int argc, char** argv) {
    std::size_t count = 100'000;
    std::size_t entries = 20;
    std::size_t rounds = 100;
    std::string folder;
    CLI::App app("Lists and pages of very many incidents");
    app.add_option("--incidents", count, "Of five years")->capture_default_str();
    app.add_option("--entries", entries, "In a timeline; in one of a thousand twenty times as many")
        ->capture_default_str();
    app.add_option("--rounds", rounds, "Questions of each kind")->capture_default_str();
    app.add_option("--data", folder, "A folder that stays: filled where it is missing, asked again where it is there");
    CLI11_PARSE(app, argc, argv);
    try {
        run(count, entries, rounds, folder);
    } catch (std::exception const& fault) {
        fmt::print(stderr, "incident_bench: {}\n", fault.what());
        return 1;
    }
    return 0;
}
