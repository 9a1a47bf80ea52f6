#include "data_folder.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace kula::storage {
namespace {

std::string reason() { return std::generic_category().message(errno); }

base::Result<void> make_folder(std::filesystem::path const& path) {
    std::error_code fault;
    if (path.has_parent_path()) std::filesystem::create_directories(path.parent_path(), fault);
    if (mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) {
        return base::unavailable(fmt::format("the data folder {} cannot be made: {}", path.string(), reason()));
    }
    if (!std::filesystem::is_directory(path, fault)) {
        return base::unavailable(fmt::format("{} is not a folder", path.string()));
    }
    return {};
}

/// Who the lock file says holds it; only for the message.
std::string owner_of(int lock) {
    char text[32] = {};
    auto const size = pread(lock, text, sizeof text - 1, 0);
    std::string_view const number(text, size > 0 ? static_cast<std::size_t>(size) : 0);
    auto const digits = number.find_first_not_of("0123456789");
    auto const process = number.substr(0, digits);
    return process.empty() ? "another process" : fmt::format("another process ({})", process);
}

void note_owner(int lock) {
    auto const text = fmt::format("{}\n", getpid());
    // The number only serves people; a full disk must not keep Kula from starting.
    if (ftruncate(lock, 0) == 0) [[maybe_unused]]
        auto const written = pwrite(lock, text.data(), text.size(), 0);
}

}  // namespace

base::Result<DataFolder> DataFolder::own(std::filesystem::path const& path) {
    if (path.empty()) return base::invalid("no data folder is named");
    if (auto const made = make_folder(path); made.has_error()) return made.error();
    auto const file = path / "kula.lock";
    int const lock = open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (lock < 0) return base::unavailable(fmt::format("{} cannot be opened: {}", file.string(), reason()));
    if (flock(lock, LOCK_EX | LOCK_NB) != 0) {
        auto const why = errno == EWOULDBLOCK
                             ? fmt::format("the data folder {} is in use: {} owns it", path.string(), owner_of(lock))
                             : fmt::format("{} cannot be locked: {}", file.string(), reason());
        close(lock);
        return base::unavailable(why);
    }
    note_owner(lock);
    return DataFolder(path, lock);
}

DataFolder::DataFolder(DataFolder&& other) noexcept
    : path_(std::move(other.path_)), lock_(std::exchange(other.lock_, -1)) {}

DataFolder::~DataFolder() {
    if (lock_ >= 0) close(lock_);
}

}  // namespace kula::storage
