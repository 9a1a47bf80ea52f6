#pragma once
/// @file
/// A backup's file: header in the clear, then the stream of records, compressed and sealed in chunks.

#include <functional>
#include <memory>
#include <span>
#include <string>

#include "header.hpp"
#include "output_file.hpp"
#include "records.hpp"
#include "seals/sealed_stream.hpp"

namespace kula::formats {
class Compressor;
}

namespace kula::backup {

/// Writes one. Memory: a chunk and the compressor's window.
class Writer {
public:
    static base::Result<Writer> create(std::filesystem::path const& file, Sealing const& sealing);
    Writer(Writer&&) noexcept;
    Writer& operator=(Writer&&) = delete;
    ~Writer();

    base::Result<void> open(Opening const& opening);
    base::Result<void> begin(Part const& part);
    base::Result<void> add(std::string_view bytes);
    base::Result<PartSum> end(std::int64_t rows);
    /// The file stands under its name when this returns; how long it is.
    base::Result<std::int64_t> commit();

private:
    Writer(OutputFile file, seals::StreamSealer sealer);
    base::Result<void> put(std::string_view record);
    base::Result<void> seal(std::string_view compressed);

    OutputFile file_;
    seals::StreamSealer sealer_;
    std::unique_ptr<formats::Compressor> compressor_;
    std::string waiting_;  ///< Compressed; a chunk is sealed when it is known whether it is the last.
    seals::Sha256 digest_;
    std::int64_t bytes_ = 0;
    Total total_;
};

/// Where a backup's bytes come from: fills what it is given, less only at the end.
using Source = std::function<base::Result<std::size_t>(std::span<char>)>;

/// The bytes of a file. `unavailable`, naming it.
base::Result<Source> file_source(std::filesystem::path const& file);

/// Reads all of a backup and tells the visitor; how many bytes it has. Memory is bounded whatever it says. Faults as
/// `verify`, without the file's name.
base::Result<std::int64_t> read_backup(Source const& source, Keys const& keys, Visitor& visitor);

}  // namespace kula::backup
