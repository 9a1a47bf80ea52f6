#pragma once
/// @file
/// Flows of an invented country, minute by minute, with the rhythm of a day.

#include <cstdint>
#include <vector>

#include "base/address.hpp"
#include "base/instant.hpp"
#include "formats/flow.hpp"

namespace kula::simulation {

/// Where traffic comes from and goes to. Every list must hold something.
struct Country {
    std::vector<base::Prefix> networks{};          ///< Of the organisations; IPv4 and IPv6.
    std::vector<base::Prefix> abroad{};            ///< Everybody else.
    std::vector<base::Address> command_servers{};  ///< Listed: infected machines call them.
    std::vector<base::Address> scanners{};         ///< Listed: they knock at many doors, and guess passwords.
    std::vector<base::Address> spam_sources{};     ///< Listed: they send mail to the country.
    std::vector<base::Prefix> hijacked{};          ///< Listed networks: attacks come from them.
};

/// How much goes on; the defaults are a quiet small country.
struct Volume {
    double ordinary_flows_a_second = 8;  ///< At the busiest hour.
    unsigned infected_machines = 60;
    double lured_visits_a_minute = 6;  ///< At the busiest hour, to servers that are listed.
    unsigned scanned_hosts_a_minute = 3;
};

/// All flows that end in [from, to), in the order of their ends. Minutes are whole: both are rounded down to one.
/// The same country, seed and minute give the same flows. Pure.
std::vector<formats::Flow> traffic(Country const& country, Volume const& volume, std::uint64_t seed, base::Instant from,
                                   base::Instant to);

/// How busy people are at that moment, local time being UTC+1: 0.2 at four in the morning, 1 at the busiest.
double busyness(base::Instant moment);

}  // namespace kula::simulation
