#pragma once
/// @file
/// What a mapping would make of a sample: nothing is kept, no event is compared with those that are. Pure.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "intake/mapping.hpp"

namespace kula::intake {

/// Of a sample; what is behind is not read.
constexpr std::size_t longest_sample = 1 << 20;
constexpr std::size_t most_tried_rows = 1000;
/// Of all rows together; the row that tells more is the last.
constexpr std::size_t most_tried_events = 2000;

struct TriedRow {
    std::uint64_t row = 0;
    std::uint64_t line = 0;               ///< Where it begins; 0 where that is not known.
    std::string raw{};                    ///< Its first 500 bytes, as `shown` of them.
    std::optional<std::string> reason{};  ///< Why it would be set aside.
    std::vector<events::Event> events{};  ///< None where it would.
};

struct Trial {
    std::vector<TriedRow> rows{};
    std::uint64_t quarantined = 0;  ///< Of them.
    std::uint64_t skipped = 0;      ///< Rows that the mapping leaves out; they are none of `rows`.
    std::uint64_t events = 0;
    std::vector<std::string> new_columns{};  ///< That the mapping does not know, of the first row.
    std::optional<std::string> refused{};    ///< Why it is no delivery of this mapping.
    bool breaks_off = false;                 ///< Inside a row, or before its end.
    bool is_whole = true;                    ///< All of the sample was read.
};

enum class SampleEnd : std::uint8_t {
    reached,
    cut,  ///< More would come: a row that is not finished is no fault.
};

/// `sample` is text, not packed; its first `longest_sample` bytes count.
Trial try_mapping(Mapping const& mapping, std::string_view sample, SampleEnd end = SampleEnd::reached);

}  // namespace kula::intake
