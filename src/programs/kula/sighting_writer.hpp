#pragma once
/// @file
/// Sightings and matched flows as lines for people and programs: JSON Lines, CSV (RFC 4180) or an aligned table.

#include <cstdio>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "events/sighting.hpp"
#include "match/matching.hpp"
#include "match_options.hpp"

namespace kula {

class SightingWriter {
public:
    /// The header of CSV is written now, so that it stands there without a hit too.
    SightingWriter(std::FILE* out, OutputFormat format, MatchOptions::Lines lines);
    void write(events::Observation const& sighting);
    /// One matched flow (`--each`).
    void write(match::Matcher const& matcher, match::Hit const& hit);
    /// A table is printed now, because its columns must be as wide as what they hold. False if writing failed.
    bool finish();

private:
    using Value = std::variant<std::string, std::uint64_t, std::vector<std::string>>;
    void write(std::vector<Value> const& values);
    void write_json(std::vector<Value> const& values);
    void write_csv(std::vector<std::string> const& cells);
    void print_table();
    void send_line();

    std::FILE* out_;
    OutputFormat format_;
    std::span<std::string_view const> names_;  ///< Of the columns.
    std::string line_;
    std::vector<std::vector<std::string>> rows_;  ///< Of a table.
    std::vector<bool> is_number_;
};

}  // namespace kula
