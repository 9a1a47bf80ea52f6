#pragma once
/// @file
/// A file that appears whole or not at all.

#include <filesystem>
#include <string_view>

#include "base/result.hpp"

namespace kula::backup {

/// Has no name until it is committed, where the file system can do that, so that nothing is left of a process that was
/// killed; elsewhere its name is `.NAME.unfinished` until then. Mode 0600. One thread at a time.
class OutputFile {
public:
    /// `conflict` where the file exists, `unavailable` where its folder cannot be written.
    static base::Result<OutputFile> create(std::filesystem::path const& file);
    OutputFile(OutputFile&& other) noexcept;
    OutputFile& operator=(OutputFile&&) = delete;
    ~OutputFile();

    base::Result<void> write(std::string_view bytes);
    /// On disk, under its name, when this returns. `conflict` where somebody made the file meanwhile.
    base::Result<void> commit();
    [[nodiscard]] std::int64_t size() const { return size_; }

private:
    OutputFile(std::filesystem::path file, int descriptor, std::filesystem::path draft)
        : file_(std::move(file)), descriptor_(descriptor), draft_(std::move(draft)) {}

    std::filesystem::path file_;
    int descriptor_;
    std::filesystem::path draft_;  ///< Its name until then; empty: none.
    std::int64_t size_ = 0;
};

/// `fsync` of a file or a folder.
base::Result<void> flush(std::filesystem::path const& path);

base::Error cannot(std::string_view verb, std::filesystem::path const& path, int reason);

}  // namespace kula::backup
