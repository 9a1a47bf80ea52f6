#pragma once
// The data folder and the lock that makes this process its only owner.

#include <filesystem>

#include "base/result.hpp"

namespace kula::storage {

class DataFolder {
public:
    /// Makes the folder (0700) where it is missing and locks it until destruction; a killed process's lock ends with
    /// it.
    static base::Result<DataFolder> own(std::filesystem::path const& path);

    DataFolder(DataFolder&& other) noexcept;
    DataFolder& operator=(DataFolder&&) = delete;
    ~DataFolder();

    [[nodiscard]] std::filesystem::path const& path() const { return path_; }

private:
    DataFolder(std::filesystem::path path, int lock) : path_(std::move(path)), lock_(lock) {}

    std::filesystem::path path_;
    int lock_;
};

}  // namespace kula::storage
