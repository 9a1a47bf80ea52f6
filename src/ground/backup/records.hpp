#pragma once
/// @file
/// The plain stream inside a backup: records of a letter, a length of 32 bits (big-endian) and as many bytes. `O`
/// opening; for each part `P` its head, `D` its bytes in pieces, `E` its sum; `Z` the sum of all. Heads and sums are
/// JSON.

#include <string>
#include <string_view>

#include "backup/content.hpp"
#include "seals/digest.hpp"

namespace kula::backup {

constexpr std::size_t longest_piece = 1u << 20;  ///< Of any record.

std::string opening_record(Opening const& opening);
std::string part_record(Part const& part);
std::string piece_record(std::string_view bytes);
std::string sum_record(PartSum const& sum);

/// Adds up parts for the last record.
class Total {
public:
    /// What `sum_record` yielded.
    void add(std::string_view sum);
    std::string record();

private:
    std::int64_t parts_ = 0;
    seals::Sha256 digest_;
};

/// Who is told what a backup holds. A fault ends the reading and is handed on.
class Visitor {
public:
    virtual ~Visitor() = default;
    virtual base::Result<void> open(Opening const& opening) = 0;
    virtual base::Result<void> begin(Part const& part) = 0;
    virtual base::Result<void> add(std::string_view bytes) = 0;
    /// The part is proved: its bytes are those that were put in.
    virtual base::Result<void> end(PartSum const& sum) = 0;
};

/// Takes the stream apart, piece by piece. Memory: one record. `invalid` for what no writer made.
class RecordReader {
public:
    explicit RecordReader(Visitor& visitor) : visitor_(visitor) {}
    base::Result<void> take(std::string_view bytes);
    /// Whether the last record was read; nothing may follow it.
    [[nodiscard]] bool is_over() const { return state_ == State::over; }

private:
    enum class State : std::uint8_t { opening, between, within, over };
    base::Result<void> take_record(char letter, std::string_view body);
    base::Result<void> begin_part(std::string_view body);
    base::Result<void> end_part(std::string_view body);

    Visitor& visitor_;
    State state_ = State::opening;
    std::string waiting_;
    PartKind kind_ = PartKind::file;
    std::int64_t bytes_ = 0;
    std::int64_t rows_ = 0;
    seals::Sha256 digest_;
    Total total_;
};

}  // namespace kula::backup
