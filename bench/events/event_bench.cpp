// Search over very many events: a page of each of the typical questions, and their sums.
//
// Fills a SQLite folder with events of thirty days (the same ones on every machine), as a year's feeds would leave it:
// the rows first, then the indices, so that ten million take minutes and not an hour. Then asks the room itself, each
// question with a hundred different values.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "base/clock.hpp"
#include "child.hpp"
#include "event_keys.hpp"
#include "events/event_search.hpp"
#include "events/event_store.hpp"
#include "percentiles.hpp"
#include "storage/database.hpp"
#include "storage/record.hpp"

namespace {

using namespace kula;
using Clock = std::chrono::steady_clock;
using events::EventFilter;

constexpr std::size_t organisations = 1000;
constexpr std::size_t rare = 10;  ///< Ports, tags and countries that very few events have.
constexpr std::size_t rows_at_once = 20'000;
constexpr std::chrono::days kept{30};
constexpr std::array<std::pair<char const*, char const*>, 8> kinds{{{"vulnerable", "potentially-unwanted-accessible"},
                                                                    {"vulnerable", "ddos-amplifier"},
                                                                    {"vulnerable", "vulnerable-system"},
                                                                    {"malicious-code", "infected-system"},
                                                                    {"intrusion-attempts", "brute-force"},
                                                                    {"information-gathering", "scanner"},
                                                                    {"malicious-code", "c2-server"},
                                                                    {"fraud", "phishing"}}};

constexpr std::array<std::uint16_t, 8> ports{53, 443, 80, 22, 3389, 123, 1900, 11211};

base::Instant const newest = *base::parse_instant("2026-11-21T10:00:00Z");

/// What fills the folder, and what is asked for: the same numbers every time.
class World {
public:
    std::size_t below(std::size_t end) { return std::uniform_int_distribution<std::size_t>(0, end - 1)(random_); }
    /// Many of the first ones, few of the last.
    std::size_t skewed(std::size_t end) { return std::min(below(end), below(end)); }

    static registry::OrganisationId organisation(std::size_t number) {
        return *registry::OrganisationId::parse(fmt::format("01930b2e-6c00-7000-8000-{:012x}", number));
    }
    static base::Address national(std::size_t organisation, std::size_t host) {
        return base::Address::v4(static_cast<std::uint32_t>(0x0a000000 | organisation << 8 | (host & 255)));
    }
    base::Address foreign() { return base::Address::v4(static_cast<std::uint32_t>(0x20000000 + below(1U << 30))); }
    static std::string malware(std::size_t number) { return fmt::format("family-{}", number); }
    static std::string feed(std::size_t number) { return fmt::format("feed-{}", number); }
    /// Fifty of each of what is rare, among ten million.
    bool is_rare() { return below(20'000) == 0; }
    static std::uint16_t rare_port(std::size_t number) { return static_cast<std::uint16_t>(40'000 + number); }
    static std::string rare_tag(std::size_t number) { return fmt::format("rare-{}", number); }
    static char const* rare_country(std::size_t number) {
        constexpr std::array<char const*, rare> all{"IS", "FJ", "TO", "BT", "KI", "NR", "PW", "TV", "VU", "WS"};
        return all[number];
    }

private:
    std::mt19937_64 random_{1};
};

constexpr auto insert =
    "insert into event (id, delivery, row, part, source, moment, observed, class, type, identifier, severity, malware, "
    "source_address, source_port, source_asn, source_country, source_domain, destination_address, destination_port, "
    "organisation, network, sector, content_key, happening_key, source_key, destination_key, domain_key, tags, fields, " KULA_RECORD_COLUMNS
    ") values (?, ?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, null, ?, ?, ?, ?, ?, ?, ?, " KULA_RECORD_PLACES
    ")";

void add_row(storage::Bulk& bulk, World& world, std::size_t number, base::Instant moment, base::Record& record) {
    using Text = std::optional<std::string>;
    auto const owner = world.skewed(organisations);
    bool const is_owned = world.below(4) != 0;
    auto const& [of_class, type] = kinds[world.skewed(kinds.size())];
    auto const feed = world.skewed(40);
    auto const address = is_owned ? World::national(owner, world.below(256)) : world.foreign();
    bool const has_peer = world.below(3) == 0;
    auto const peer = world.foreign();
    auto const malware = world.below(3) == 0 ? Text(World::malware(world.skewed(300))) : Text();
    auto const domain =
        world.below(2) == 0 ? Text(fmt::format("host{}.org{}.example", world.below(200), owner)) : Text();
    auto const port = world.is_rare() ? World::rare_port(world.below(rare)) : ports[world.skewed(ports.size())];
    auto const identifier =
        world.is_rare() ? World::rare_tag(world.below(rare)) : fmt::format("open-{}", world.skewed(120));
    constexpr std::array<char const*, 4> severities{"medium", "low", "high", "critical"};
    auto const* const severity = severities[world.skewed(severities.size())];
    auto const asn = 64'496 + static_cast<int>(world.skewed(400));
    auto const country = world.is_rare() ? World::rare_country(world.below(rare)) : world.below(5) == 0 ? "NL" : "MK";
    auto const fields = fmt::format(
        R"({{"classification.taxonomy":"{}","classification.type":"{}","classification.identifier":"{}","time.source":"{}",)"
        R"("source.ip":"{}","source.port":{},"source.asn":{},"source.geolocation.cc":"{}","protocol.transport":"tcp",)"
        R"("source.geolocation.city":"Skopje","source.geolocation.region":"Greater Skopje","severity":"{}","feed.name":"{}",)"
        R"("extra.sector":"Communications, Service Provider, and Hosting Service","extra.naics":518210,"extra.ttl":{},)"
        R"("extra.response_size":{},"extra.amplification":"{}.{:02}","extra.device_vendor":"Example Networks",)"
        R"("extra.device_type":"router","extra.device_model":"EX-{}","extra.device_version":"{}.{}","extra.banner":"v{}"}})",
        of_class, type, identifier, base::to_seconds_text(moment), address.text(), port, asn, country, severity,
        World::feed(feed), world.below(255), world.below(4000), world.below(60), world.below(100), world.below(50),
        world.below(9), world.below(30), world.below(1'000'000));
    record.created_at = record.changed_at = moment;
    auto const key = static_cast<std::int64_t>(number * 0x9e3779b97f4a7c15U);
    bulk.add(base::Id<events::Event>::make(moment), fmt::format("delivery-{}-{}", feed, number / 50'000), number,
             World::feed(feed), moment, moment, of_class, type, identifier, severity, malware, address.text(), port,
             asn, country, domain, has_peer ? Text(peer.text()) : Text(), has_peer ? std::optional(port) : std::nullopt,
             is_owned ? std::optional(World::organisation(owner)) : std::nullopt,
             is_owned ? Text(fmt::format("10.{}.{}.0/24", owner >> 8, owner & 255)) : Text(), key, key,
             events::address_key(address), has_peer ? Text(events::address_key(peer)) : Text(),
             domain ? Text(events::domain_key(*domain)) : Text(), events::tag_line(identifier), fields, record);
}

void fill(storage::Database& database, base::Clock const& clock, std::size_t count) {
    auto const indices = database
                             .write(storage::Priority::bulk,
                                    [](storage::Session& session) {
                                        auto const all = session.rows<std::string, std::string>(
                                            "select name, sql from sqlite_master where type = 'index' and tbl_name = "
                                            "'event' and sql is not null");
                                        for (auto const& [name, sql] : all) session.execute("drop index " + name);
                                        return all;
                                    })
                             .value();
    World world;
    auto record = storage::new_record(clock, "source:bench", {base::Tlp::green, base::Pap::green}, "delivery:bench");
    auto const step = std::chrono::duration_cast<std::chrono::microseconds>(kept) / static_cast<std::int64_t>(count);
    for (std::size_t number = 0; number < count;) {
        auto const until = std::min(count, number + rows_at_once);
        (void)database
            .write(storage::Priority::bulk,
                   [&](storage::Session& session) {
                       auto bulk = session.bulk(insert);
                       for (; number < until; ++number) {
                           auto const moment = newest - kept + step * static_cast<std::int64_t>(number);
                           add_row(bulk, world, number, std::chrono::floor<std::chrono::seconds>(moment), record);
                       }
                       bulk.finish();
                   })
            .value();
    }
    // As an older Kula left them: the hours are written when the store opens again.
    (void)database
        .write(storage::Priority::bulk,
               [](storage::Session& session) { session.execute("insert into event_hour_written (event) values ('')"); })
        .value();
    for (auto const& index : indices) {
        auto const& sql = std::get<1>(index);
        (void)database.write(storage::Priority::bulk, [&sql](storage::Session& session) { session.execute(sql); })
            .value();
    }
}

struct Question {
    char const* name;
    std::function<void(EventFilter&, World&)> ask;
};

std::vector<Question> questions() {
    auto const last_days = [](EventFilter& filter, int days) { filter.from = newest - std::chrono::days(days); };
    return {
        {"the newest", [](EventFilter&, World&) {}},
        {"an organisation, 7 days",
         [=](EventFilter& f, World& w) {
             last_days(f, 7);
             f.organisations = std::vector{World::organisation(w.below(organisations))};
         }},
        {"a type of a feed, 7 days",
         [=](EventFilter& f, World& w) {
             last_days(f, 7);
             f.type = kinds[w.below(kinds.size())].second;
             f.source = World::feed(w.below(40));
         }},
        {"an address",
         [](EventFilter& f, World& w) {
             f.address = base::Prefix(World::national(w.below(organisations), w.below(256)), 32);
         }},
        {"a /24",
         [](EventFilter& f, World& w) { f.address = base::Prefix(World::national(w.below(organisations), 0), 24); }},
        {"a /12 of half of all",
         [](EventFilter& f, World&) { f.address = base::Prefix(base::Address::v4(0x0a000000), 12); }},
        {"a port", [](EventFilter& f, World& w) { f.port = ports[w.below(ports.size())]; }},
        {"a rare port", [](EventFilter& f, World& w) { f.port = World::rare_port(w.below(rare)); }},
        {"an AS number",
         [](EventFilter& f, World& w) { f.as_number = static_cast<std::uint32_t>(64'496 + w.below(400)); }},
        {"a rare AS number",
         [](EventFilter& f, World& w) { f.as_number = static_cast<std::uint32_t>(64'896 - w.below(10) - 1); }},
        {"an AS number and a port",
         [](EventFilter& f, World& w) {
             f.as_number = static_cast<std::uint32_t>(64'496 + w.below(400));
             f.port = std::uint16_t{443};
         }},
        {"a rare country", [](EventFilter& f, World& w) { f.country = World::rare_country(w.below(rare)); }},
        {"a class and a severity",
         [](EventFilter& f, World& w) {
             f.rsit_class = kinds[w.below(kinds.size())].first;
             f.severity = "critical";
         }},
        {"a delivery",
         [](EventFilter& f, World& w) {
             auto const feed = w.below(40);
             f.delivery = fmt::format("delivery-{}-{}", feed, w.below(200));
         }},
        {"a domain with all below it",
         [](EventFilter& f, World& w) { f.domain = fmt::format("org{}.example", w.below(organisations)); }},
        {"malware at an organisation",
         [](EventFilter& f, World& w) {
             f.malware = World::malware(w.below(300));
             f.organisations = std::vector{World::organisation(w.skewed(organisations))};
         }},
        {"malware of a type",
         [](EventFilter& f, World& w) {
             f.malware = World::malware(w.below(300));
             f.type = kinds[w.below(kinds.size())].second;
         }},
        {"a tag", [](EventFilter& f, World& w) { f.tag = fmt::format("open-{}", w.below(120)); }},
        {"a rare tag", [](EventFilter& f, World& w) { f.tag = World::rare_tag(w.below(rare)); }},
        {"a rare tag of a type",
         [](EventFilter& f, World& w) {
             f.tag = World::rare_tag(w.below(rare));
             f.type = kinds[w.below(kinds.size())].second;
         }},
        {"a text that is there", [](EventFilter& f, World& w) { f.text = fmt::format("banner\":\"v{}", w.below(10)); }},
        {"a text that is not there", [](EventFilter& f, World&) { f.text = "nothing like it"; }},
        {"a text at an organisation",
         [](EventFilter& f, World& w) {
             f.text = "EX-4";
             f.organisations = std::vector{World::organisation(w.below(organisations))};
         }},
    };
}

/// What an export reads: every event, a page of them in memory.
void read_all(events::EventStore const& store) {
    auto const begun = Clock::now();
    std::size_t read = 0;
    std::size_t fields = 0;
    (void)store
        .each({},
              [&](events::StoredEvent const& event) {
                  ++read;
                  fields += event.event.fields().size();
                  return true;
              })
        .value();
    std::ifstream status("/proc/self/status");
    std::string line;
    while (std::getline(status, line) && !line.starts_with("VmHWM")) continue;
    fmt::print("{} events of {} fields read through in {:.0f} s; {}\n", read, fields,
               std::chrono::duration<double>(Clock::now() - begun).count(), line);
}

void run(std::size_t count, std::size_t rounds, std::string const& kept_in, bool reads_all) {
    bench::Scratch const scratch;
    base::SystemClock const clock;
    auto const folder = kept_in.empty() ? scratch.folder() / "data" : std::filesystem::path(kept_in);
    bool const is_there = std::filesystem::exists(folder);
    auto const database = storage::Database::open({.folder = folder}, clock).value();
    auto begun = Clock::now();
    auto const seconds = [&begun] { return std::chrono::duration<double>(Clock::now() - begun).count(); };
    auto store = events::EventStore::open(*database, clock).value();
    if (!is_there) {
        fill(*database, clock, count);
        fmt::print("{} events of 30 days, filled in {:.0f} s\n", count, seconds());
        begun = Clock::now();
        store = events::EventStore::open(*database, clock).value();
    }
    fmt::print("{:.0f} MB, opened in {:.1f} s\n",
               static_cast<double>(std::filesystem::file_size(folder / "kula.sqlite")) / 1e6, seconds());
    events::EventSearch const search(*database);
    fmt::print("{:<30}{:>10}{:>8}{:>10}{:>8}{:>10}{:>8}{:>8}   (target of a page: p99 < 200 ms)\n", "milliseconds",
               "page p50", "p99", "deep p50", "p99", "sums p50", "p99", "full");
    for (auto const& question : questions()) {
        World world;
        auto const filter = [&] {
            EventFilter out;
            question.ask(out, world);
            return out;
        };
        std::size_t whole = 0;
        auto const page = bench::milliseconds_of(rounds, [&] { whole += !search.list({filter()}).value().looked_to; });
        auto const deep = bench::milliseconds_of(rounds, [&] {
            events::EventQuery query{filter()};
            query.behind = events::EventPlace{newest - std::chrono::days(15), 0};
            (void)search.list(query).value();
        });
        auto const sums = bench::milliseconds_of(rounds, [&] { (void)search.summary(filter(), 10).value(); });
        fmt::print("{:<30}{:>10.1f}{:>8.1f}{:>10.1f}{:>8.1f}{:>10.1f}{:>8.1f}{:>7}%\n", question.name, page.p50,
                   page.p99, deep.p50, deep.p99, sums.p50, sums.p99, 100 * whole / rounds);
    }
    if (reads_all) read_all(*store);
}

}  // namespace

int main(int argc, char** argv) {
    std::size_t count = 2'000'000;
    std::size_t rounds = 100;
    std::string folder;
    bool reads_all = false;
    CLI::App app("Search over events");
    app.add_option("--events", count, "Of the last thirty days")->capture_default_str();
    app.add_option("--rounds", rounds, "Questions of each kind")->capture_default_str();
    app.add_option("--data", folder, "A folder that stays: filled where it is missing, asked again where it is there");
    app.add_flag("--read-all", reads_all, "Reads every event, as an export does, and tells the memory that took");
    CLI11_PARSE(app, argc, argv);
    try {
        run(count, rounds, folder, reads_all);
    } catch (std::exception const& fault) {
        fmt::print(stderr, "event_bench: {}\n", fault.what());
        return 1;
    }
    return 0;
}
