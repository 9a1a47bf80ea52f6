#pragma once
/// @file
/// Sightings and matched flows as lines for people and programs: JSON Lines, CSV (RFC 4180) or an aligned table.

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "events/sighting.hpp"
#include "match/matching.hpp"
#include "match_options.hpp"

namespace kula {

class SightingWriter {
public:
    SightingWriter(std::FILE* out, OutputFormat format);
    ~SightingWriter();
    void write(events::Observation const& sighting);
    /// One matched flow (`--each`).
    void write(match::Matcher const& matcher, match::Hit const& hit);
    /// A table is printed now, because its columns must be as wide as what they hold. False if writing failed.
    bool finish();

private:
    struct Field;
    void write(std::vector<Field> const& fields);
    void write_json(std::vector<Field> const& fields);
    void write_csv(std::vector<Field> const& fields);
    void print_table();
    void send_line();

    std::FILE* out_;
    OutputFormat format_;
    std::string line_;
    bool has_header_ = false;
    std::vector<std::vector<std::string>> rows_;  ///< Of a table.
    std::vector<bool> is_number_;
};

}  // namespace kula
