#include "simulation/traffic.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <random>

namespace kula::simulation {
namespace {

using base::Address;
using base::Instant;
using formats::Flow;
using std::chrono::minutes;

constexpr std::uint8_t tcp = 6;
constexpr std::uint8_t udp = 17;
constexpr std::uint8_t icmp = 1;

/// The flows of one minute.
class Minute {
public:
    Minute(Country const& country, Volume const& volume, std::uint64_t seed, Instant start, std::vector<Flow>& out)
        : country_(country),
          volume_(volume),
          seed_(seed),
          start_(start),
          out_(out),
          random_(mixed(seed, minute_number())) {}

    void make() {
        ordinary();
        infected();
        lured();
        scans();
        guessing();
        spam();
        attack();
        passing_through();
    }

private:
    static std::uint64_t mixed(std::uint64_t seed, std::uint64_t number) {
        std::uint64_t hash = (seed ^ number * 0x9E3779B97F4A7C15ull) * 0xD6E8FEB86659FD93ull;
        return hash ^ hash >> 29;
    }
    [[nodiscard]] std::uint64_t minute_number() const {
        return static_cast<std::uint64_t>(std::chrono::floor<minutes>(start_).time_since_epoch().count());
    }
    std::uint64_t below(std::uint64_t bound) { return random_() % bound; }
    bool one_in(std::uint64_t count) { return below(count) == 0; }

    template <class T>
    T const& any(std::vector<T> const& list) {
        return list[below(list.size())];
    }
    Address host(base::Prefix const& prefix) { return host(prefix, random_()); }
    static Address host(base::Prefix const& prefix, std::uint64_t choice) {
        if (prefix.family() == base::Family::v6) return Address::v6(prefix.first().number() | (choice & 0xffff) | 1);
        auto const size = std::uint64_t{1} << (32 - prefix.length());
        auto const inside = size > 2 ? 1 + choice % (size - 2) : choice % size;
        return Address::v4(prefix.first().number4() + static_cast<std::uint32_t>(inside));
    }
    /// Of the family of `peer`; organisations with much space have more hosts, but not in proportion.
    Address home(base::Family family) {
        for (int tries = 0; tries < 64; ++tries) {
            auto const& network = any(country_.networks);
            if (network.family() == family) return host(network, random_() % 200);
        }
        return host(country_.networks.front());
    }
    Address abroad(base::Family family) {
        for (int tries = 0; tries < 64; ++tries) {
            auto const& network = any(country_.abroad);
            if (network.family() == family) return host(network);
        }
        return host(country_.abroad.front());
    }
    std::uint16_t high_port() { return static_cast<std::uint16_t>(32768 + below(28000)); }

    struct Amount {
        std::uint64_t packets;
        std::uint64_t bytes_a_packet;
    };
    void add(Address source, std::uint16_t source_port, Address destination, std::uint16_t destination_port,
             std::uint8_t protocol, Amount amount) {
        if (source.family() != destination.family()) return;
        auto const end = start_ + std::chrono::milliseconds(below(60'000));
        auto const lasted = std::chrono::milliseconds(amount.packets < 2 ? 0 : below(50'000));
        out_.push_back({.source = source,
                        .destination = destination,
                        .source_port = source_port,
                        .destination_port = destination_port,
                        .protocol = protocol,
                        .packets = amount.packets,
                        .bytes = amount.packets * amount.bytes_a_packet,
                        .start = end - lasted,
                        .end = end,
                        .connection = 0});
    }
    /// A question and its answer: two flows.
    void talk(Address client, Address server, std::uint16_t port, std::uint8_t protocol, Amount asked,
              Amount answered) {
        auto const client_port = high_port();
        add(client, client_port, server, port, protocol, asked);
        add(server, port, client, client_port, protocol, answered);
    }

    void ordinary() {
        struct Service {
            std::uint16_t port;
            std::uint8_t protocol;
            unsigned weight;
        };
        static constexpr std::array<Service, 7> services{
            {{443, tcp, 60}, {443, udp, 15}, {80, tcp, 8}, {53, udp, 10}, {993, tcp, 3}, {123, udp, 2}, {25, tcp, 2}}};
        auto const flows = static_cast<std::uint64_t>(volume_.ordinary_flows_a_second * 30 * busyness(start_));
        for (std::uint64_t i = 0; i < flows; ++i) {
            auto const family = one_in(6) ? base::Family::v6 : base::Family::v4;
            auto roll = below(100);
            auto const* service = services.data();
            while (roll >= service->weight) roll -= service++->weight;
            bool const small = service->port == 53 || service->port == 123;
            Amount const asked{1 + (small ? 0 : below(40)), 80 + below(200)};
            Amount const answered{1 + (small ? 0 : below(400)), 120 + below(1300)};
            bool const from_home = !one_in(4);
            auto const ours = home(family);
            auto const theirs = abroad(family);
            talk(from_home ? ours : theirs, from_home ? theirs : ours, service->port, service->protocol, asked,
                 answered);
        }
    }

    /// Each infected machine keeps its server and its period for as long as the seed.
    void infected() {
        static constexpr std::array<std::uint16_t, 5> ports{443, 8080, 4444, 6667, 1080};
        for (unsigned machine = 0; machine < volume_.infected_machines; ++machine) {
            auto const nature = mixed(seed_, 0x10000 + machine);
            auto const period = 3 + nature % 40;
            if ((minute_number() + nature) % period != 0) continue;
            // One in four is a server; the others are switched on and off by people, each at an hour of its own.
            bool const is_server = nature % 4 == 0;
            if (!is_server && busyness(start_) < 0.25 + 0.01 * static_cast<double>(nature / 4 % 65)) continue;
            auto const& server = country_.command_servers[nature / 64 % country_.command_servers.size()];
            auto const ours = machine_address(nature, server.family());
            talk(ours, server, ports[nature / 4096 % ports.size()], tcp, {4 + below(8), 90 + below(100)},
                 {3 + below(6), 100 + below(300)});
            if (one_in(30)) add(ours, high_port(), server, 443, tcp, {600 + below(4000), 1380});  // stolen data
        }
    }
    /// People who follow a link in the mail.
    void lured() {
        auto const visits = static_cast<std::uint64_t>(volume_.lured_visits_a_minute * busyness(start_) *
                                                       (0.5 + static_cast<double>(below(1000)) / 1000));
        for (std::uint64_t i = 0; i < visits; ++i) {
            auto const& server = any(country_.command_servers);
            talk(home(server.family()), server, one_in(5) ? 80 : 443, tcp, {6 + below(10), 120 + below(200)},
                 {5 + below(30), 200 + below(900)});
        }
    }
    Address machine_address(std::uint64_t nature, base::Family family) const {
        auto const count = country_.networks.size();
        for (std::size_t i = 0; i < count; ++i) {
            auto const& network = country_.networks[(nature / 7 + i) % count];
            if (network.family() == family) return host(network, nature / 1024 % 200);
        }
        return host(country_.networks.front(), nature);
    }

    /// A few scanners at a time, each on one port, through the country from one end to the other.
    void scans() {
        static constexpr std::array<std::uint16_t, 10> ports{23, 22, 3389, 445, 5900, 8080, 2323, 5555, 1433, 6379};
        for (std::size_t i = 0; i < country_.scanners.size(); ++i) {
            auto const shift = mixed(seed_, 0x20000 + i * 977 + minute_number() / 45);
            if (shift % 7 != 0) continue;
            for (unsigned n = 0; n < volume_.scanned_hosts_a_minute; ++n) {
                auto const target = home(country_.scanners[i].family());
                add(country_.scanners[i], high_port(), target, ports[shift / 64 % ports.size()], tcp, {1, 44});
            }
            if (one_in(25)) add(country_.scanners[i], 0, home(country_.scanners[i].family()), 0, icmp, {1, 84});
        }
    }

    void guessing() {
        auto const hour = minute_number() / 60;
        auto const nature = mixed(seed_, 0x30000 + hour / 2);
        if (nature % 3 == 0) return;
        auto const& guesser = country_.scanners[nature % country_.scanners.size()];
        auto const victim = machine_address(nature / 3, guesser.family());
        std::uint16_t const port = nature % 2 == 0 ? 22 : 3389;
        for (std::uint64_t i = 0, tries = 1 + below(3); i < tries; ++i) {
            talk(guesser, victim, port, tcp, {8 + below(6), 120}, {7 + below(6), 140});
        }
    }

    void spam() {
        for (auto const& source : country_.spam_sources) {
            if (!one_in(9)) continue;
            auto const ours = home(source.family());
            talk(source, ours, 25, tcp, {12 + below(30), 400 + below(800)}, {10 + below(10), 90});
        }
    }

    /// Between 20:10 and 20:40 UTC+1, one organisation is flooded.
    void attack() {
        auto const minute_of_day = (minute_number() + 60) % 1440;
        if (minute_of_day < 1210 || minute_of_day >= 1240) return;
        auto const day = (minute_number() + 60) / 1440;
        auto const victim = machine_address(mixed(seed_, 0x40000 + day), base::Family::v4);
        static constexpr std::array<std::uint16_t, 3> reflectors{53, 123, 11211};
        for (int i = 0; i < 40; ++i) {
            auto const& network = any(country_.hijacked);
            if (network.family() != base::Family::v4) continue;
            add(host(network), reflectors[below(3)], victim, high_port(), udp, {2000 + below(9000), 1200 + below(250)});
        }
    }

    void passing_through() {
        for (int i = 0; i < 3; ++i) {
            auto const from = one_in(5) ? any(country_.scanners) : abroad(base::Family::v4);
            add(from, high_port(), abroad(from.family()), 443, tcp, {5 + below(50), 700});
        }
    }

    Country const& country_;
    Volume const& volume_;
    std::uint64_t seed_;
    Instant start_;
    std::vector<Flow>& out_;
    std::mt19937_64 random_;
};

}  // namespace

double busyness(Instant moment) {
    auto const since_midnight = moment - std::chrono::floor<std::chrono::days>(moment);
    double const hour = std::fmod(std::chrono::duration<double, std::ratio<3600>>(since_midnight).count() + 1, 24);
    // Two humps, office and evening, over a floor.
    auto const hump = [&](double centre, double width) {
        double const distance = std::min(std::abs(hour - centre), 24 - std::abs(hour - centre));
        return std::exp(-distance * distance / (2 * width * width));
    };
    return std::min(1.0, 0.2 + 0.75 * hump(12.5, 3.2) + 0.6 * hump(20.5, 1.8));
}

std::vector<Flow> traffic(Country const& country, Volume const& volume, std::uint64_t seed, Instant from, Instant to) {
    std::vector<Flow> flows;
    for (auto minute = std::chrono::floor<minutes>(from); minute < std::chrono::floor<minutes>(to);
         minute += minutes(1)) {
        Minute(country, volume, seed, Instant(minute), flows).make();
    }
    std::sort(flows.begin(), flows.end(), [](Flow const& a, Flow const& b) { return a.end < b.end; });
    return flows;
}

}  // namespace kula::simulation
