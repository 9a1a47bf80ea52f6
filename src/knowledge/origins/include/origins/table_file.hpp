#pragma once
/// @file
/// A table's file, or folder of files: read whole, unpacked (gzip, bzip2, zstd), and told apart from the one before.
///
/// A folder holds the statistics of several registries, or a file a country, `mk.v4`, `mk.v6`, `mk.txt`, with a prefix
/// a line; what in it is no table is passed over. Blocking; any thread.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "origins/table.hpp"
#include "origins/table_reader.hpp"

namespace kula::origins {

/// What tells that a file was replaced or written to.
struct FileMark {
    std::string name;
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
    std::int64_t size = 0;
    std::int64_t changed_at = 0;  ///< Nanoseconds since 1970.
    friend bool operator==(FileMark const&, FileMark const&) = default;
};
/// Of the file, or of all files in the folder, by name. `not_found` or `unavailable` where there is none that can be
/// read, `invalid` where a folder holds more than 1,000.
base::Result<std::vector<FileMark>> marks_of(std::filesystem::path const& path);

/// `not_found` or `unavailable` where it cannot be read, `invalid` where it ends early or yields nothing; the detail
/// names the path. `clock` says when it was read.
base::Result<TableContent> load_table(TableKind kind, std::filesystem::path const& path, base::Clock const& clock);

}  // namespace kula::origins
