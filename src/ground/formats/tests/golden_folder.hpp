#pragma once
// What was agreed, beside the tests.

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace kula::formats::testing {

/// The test program stands in a build folder inside the project. Empty where it does not.
inline std::filesystem::path golden_folder() {
    std::filesystem::path const beside = "src/ground/formats/tests/golden";
    for (auto folder = std::filesystem::read_symlink("/proc/self/exe").parent_path(); folder.has_relative_path();
         folder = folder.parent_path()) {
        if (std::filesystem::is_directory(folder / beside)) return folder / beside;
    }
    return {};
}

inline std::string read_file(std::filesystem::path const& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

}  // namespace kula::formats::testing
