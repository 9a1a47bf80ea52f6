#include "drop_folder.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <memory>

#include "base/descriptor.hpp"

namespace kula::intake {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_files = 100;     // at one look
constexpr std::size_t most_looks = 10'000;  // entries of a folder that are looked at
constexpr std::size_t read_at_once = 1 << 20;
constexpr std::array<std::string_view, 5> unfinished{".part", ".tmp", ".filepart", ".crdownload", ".swp"};

base::Error failed(fs::path const& path, int error) {
    return base::unavailable(fmt::format("{}: {}", path.string(), std::strerror(error)));
}

bool is_being_written(std::string_view name) {
    return name.front() == '.' || std::any_of(unfinished.begin(), unfinished.end(),
                                              [&](std::string_view ending) { return name.ends_with(ending); });
}

DropFolder::Look look_of(struct stat const& file) {
    return {static_cast<std::uint64_t>(file.st_size), file.st_mtim.tv_sec * 1'000'000'000 + file.st_mtim.tv_nsec};
}

struct FolderEnd {
    void operator()(DIR* folder) const { ::closedir(folder); }
};

}  // namespace

base::Result<DropFolder> DropFolder::open(fs::path path, Looks& looks) {
    std::error_code fault;
    for (auto const& folder : {path, path / "taken", path / "refused"}) {
        fs::create_directories(folder, fault);
        if (fault) return base::unavailable(folder.string() + " cannot be made: " + fault.message());
    }
    return DropFolder(std::move(path), looks);
}

base::Result<std::vector<std::string>> DropFolder::whole_files() {
    std::unique_ptr<DIR, FolderEnd> const folder(::opendir(path_.c_str()));
    if (!folder) return failed(path_, errno);
    Looks now;
    std::vector<std::pair<std::int64_t, std::string>> whole;
    is_waiting_ = false;
    for (errno = 0; auto const* const entry = ::readdir(folder.get()); errno = 0) {
        std::string name(static_cast<char const*>(entry->d_name));
        struct stat file {};
        if (is_being_written(name)) continue;
        if (::fstatat(::dirfd(folder.get()), name.c_str(), &file, AT_SYMLINK_NOFOLLOW) != 0) continue;
        if (!S_ISREG(file.st_mode)) continue;
        if (now.size() == most_looks) {
            is_waiting_ = true;
            break;
        }
        auto const look = look_of(file);
        auto const before = looks_->find(name);
        if (before != looks_->end() && before->second == look) {
            whole.emplace_back(look.changed, name);
        } else {
            is_waiting_ = true;
        }
        now.emplace(std::move(name), look);
    }
    if (errno != 0) return failed(path_, errno);
    *looks_ = std::move(now);
    std::sort(whole.begin(), whole.end());
    if (whole.size() > most_files) {
        whole.resize(most_files);
        is_waiting_ = true;
    }
    std::vector<std::string> names;
    names.reserve(whole.size());
    for (auto& [changed, name] : whole) names.push_back(std::move(name));
    return names;
}

base::Result<void> DropFolder::read(std::string const& name, std::uint64_t most_bytes,
                                    storage::BlobWriter& writer) const {
    auto const path = path_ / name;
    base::Descriptor const file(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    if (!file.is_open() && errno == ENOENT) return base::not_found("it is gone");
    if (!file.is_open()) return failed(path, errno);
    struct stat before {};
    struct stat after {};
    if (::fstat(file.number(), &before) != 0) return failed(path, errno);
    if (!S_ISREG(before.st_mode)) return base::not_found("it is no file any more");
    std::vector<std::byte> piece(read_at_once);
    for (std::uint64_t bytes = 0;;) {
        auto const count = ::read(file.number(), piece.data(), piece.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return failed(path, errno);
        if (count == 0) break;
        bytes += static_cast<std::uint64_t>(count);
        if (bytes > most_bytes) return base::invalid(fmt::format("it is longer than {} bytes", most_bytes));
        if (auto const added = writer.add(std::span(piece).first(static_cast<std::size_t>(count))); !added)
            return added.error();
    }
    if (::fstat(file.number(), &after) != 0) return failed(path, errno);
    if (!(look_of(before) == look_of(after))) return base::conflict("it is still being written");
    return {};
}

base::Result<void> DropFolder::put_away(std::string const& name, Fate fate, std::string const& mark) {
    auto const folder = path_ / (fate == Fate::taken ? "taken" : "refused");
    std::error_code fault;
    bool const is_there = fs::exists(fs::symlink_status(folder / name, fault));
    fs::rename(path_ / name, folder / (is_there ? name + '.' + mark : name), fault);
    if (fault) return base::unavailable((path_ / name).string() + " cannot be moved: " + fault.message());
    looks_->erase(name);
    return {};
}

}  // namespace kula::intake
