#pragma once
/// @file
/// The header of a tab-separated Zeek log, and the lines that follow it. Pure; one thread at a time.

#include <optional>
#include <string>
#include <vector>

#include "zeek_record.hpp"

namespace kula::formats {

class ZeekHeader {
public:
    /// Takes one line that begins with `#`. `#separator` begins a new header.
    void read(std::string_view line);
    /// Whether `#fields` was read, so that lines can be taken apart.
    [[nodiscard]] bool is_ready() const { return !columns_.empty(); }
    [[nodiscard]] ZeekLog log() const { return log_; }
    /// The log could not be told, neither by its `#path` nor by its fields.
    [[nodiscard]] bool is_unknown() const { return is_unknown_; }

    /// Takes a line apart; false where it has another number of fields than the header.
    bool split(std::string_view line, ZeekLine& fields) const;

private:
    void read_fields(std::string_view names);

    char separator_ = '\t';
    char set_separator_ = ',';
    std::string empty_ = "(empty)";
    std::string unset_ = "-";
    std::string path_;
    ZeekLog log_ = ZeekLog::other;
    bool is_unknown_ = false;
    std::vector<std::optional<ZeekField>> columns_;
};

}  // namespace kula::formats
