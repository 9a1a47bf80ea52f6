#include "folder_files.hpp"

#include <algorithm>

#include "output_file.hpp"
#include "storage/text.hpp"

namespace kula::backup {
namespace {

bool is_left_out(std::string const& name) {
    return name == "kula.lock" || name == "kula.sock" || name.starts_with("kula.sqlite") ||
           name.starts_with(secret_key_name) || name.ends_with(".new") || name == restored_folder ||
           name == backups_folder;
}

}  // namespace

base::Result<std::vector<std::string>> folder_files(std::filesystem::path const& folder) {
    std::vector<std::string> out;
    std::error_code fault;
    std::filesystem::recursive_directory_iterator entry(folder, fault);
    for (; !fault && entry != std::filesystem::recursive_directory_iterator(); entry.increment(fault)) {
        auto const name = entry->path().lexically_relative(folder).string();
        auto const type = entry->symlink_status(fault).type();
        if (fault || (entry.depth() == 0 && is_left_out(name))) {
            if (type == std::filesystem::file_type::directory) entry.disable_recursion_pending();
            fault.clear();  // It went away meanwhile.
            continue;
        }
        if (type == std::filesystem::file_type::directory) continue;
        if (type != std::filesystem::file_type::regular)
            return base::invalid(entry->path().string() +
                                 " is neither file nor folder: a backup would not hold what it is");
        if (!storage::is_storable_text(name))
            return base::invalid("a file's name in " + folder.string() + " is not UTF-8");
        out.push_back(name);
    }
    if (fault) return cannot("read", folder, fault.value());
    std::sort(out.begin(), out.end());
    return out;
}

}  // namespace kula::backup
