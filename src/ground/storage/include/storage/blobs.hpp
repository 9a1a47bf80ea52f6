#pragma once
/// @file
/// What was received, byte for byte, in files of the data folder that are named by their content: `blobs/ab/cd…`, the
/// SHA-256 in hexadecimal. The same content is kept once.
///
/// A blob is on disk before `finish` returns, whole or not at all; what a crash left unfinished goes at the next
/// `open`. All members of `Blobs` are safe from any thread; a writer belongs to one.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

#include "base/result.hpp"

namespace kula::storage {

struct Blob {
    std::string sha256;  ///< 64 hexadecimal digits in lower case.
    std::uint64_t bytes = 0;
};

class BlobWriter {
public:
    ~BlobWriter();
    BlobWriter(BlobWriter&&) noexcept;
    BlobWriter& operator=(BlobWriter&&) = delete;

    /// `unavailable` where the disk takes no more.
    base::Result<void> add(std::span<std::byte const> bytes);
    /// Nothing may be added behind it.
    base::Result<Blob> finish();

private:
    friend class Blobs;
    struct State;
    explicit BlobWriter(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

class Blobs {
public:
    /// In the folder of the database that this process owns. `unavailable` where it cannot be made.
    static base::Result<Blobs> open(std::filesystem::path const& data_folder);

    [[nodiscard]] base::Result<BlobWriter> begin() const;
    [[nodiscard]] std::filesystem::path path_of(std::string const& sha256) const;

private:
    explicit Blobs(std::filesystem::path folder) : folder_(std::move(folder)) {}
    std::filesystem::path folder_;
};

}  // namespace kula::storage
