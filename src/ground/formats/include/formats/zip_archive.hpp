#pragma once
/// @file
/// Files in a zip archive (PKWARE APPNOTE 6.3, zip64 too), one after the other. Their names are never paths here:
/// whoever wants to write one chooses its place. One thread.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace kula::formats {

/// Whether the first bytes are those of an archive; also of an empty one.
bool is_zip(std::span<std::byte const> beginning);

class ZipArchive {
public:
    struct File {
        std::string name;          ///< As it stands there, whatever it is; `/` between folders.
        std::uint64_t index = 0;   ///< For `read`.
        std::uint64_t packed = 0;  ///< Bytes.
    };

    /// `invalid` where it is none, is damaged, or holds more than `most_files`; `unavailable` where it cannot be read.
    static base::Result<ZipArchive> open(std::filesystem::path const& path);
    ~ZipArchive();
    ZipArchive(ZipArchive&&) noexcept;

    static constexpr std::uint64_t most_files = 1000;

    /// Folders are none.
    [[nodiscard]] std::vector<File> const& files() const { return files_; }
    /// Unpacks one, piece by piece, into `take`, which ends it by an error. `invalid` where it is damaged, encrypted,
    /// or packed in a way that is not known.
    base::Result<void> read(File const& file,
                            std::function<base::Result<void>(std::span<std::byte const> piece)> const& take);

private:
    struct Closing {
        void operator()(void* archive) const;
    };
    explicit ZipArchive(void* archive) : archive_(archive) {}

    std::unique_ptr<void, Closing> archive_;
    std::vector<File> files_{};
};

}  // namespace kula::formats
