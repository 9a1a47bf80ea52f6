#pragma once
/// @file
/// What `kula match` was asked to do.

#include <cstdint>
#include <string>
#include <vector>

#include "formats/input.hpp"
#include "indicators/list.hpp"

namespace kula {

enum class OutputFormat : std::uint8_t { jsonl, csv, table };

struct MatchOptions {
    std::vector<std::string> indicators;  ///< Files of lists.
    std::vector<std::string> national;    ///< Files of prefixes; none: the direction is unknown.
    std::string warninglists;             ///< File or folder; empty: none.
    std::string as_table;                 ///< Who announces what; empty: none.
    std::vector<std::string> inputs;      ///< `-` is standard input.
    indicators::ReservedSpace reserved = indicators::ReservedSpace::refuse;
    OutputFormat format = OutputFormat::jsonl;
    enum class Lines : std::uint8_t { sightings, flows } lines = Lines::sightings;
    enum class Stats : std::uint8_t { silent, printed } stats = Stats::silent;
    unsigned threads = 1;
    formats::InputOptions input;
};

/// Runs; the answer is how the program ends.
int run_match(MatchOptions const& options);

}  // namespace kula
