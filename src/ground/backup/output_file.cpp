#include "output_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

namespace kula::backup {
namespace {

constexpr mode_t owner_only = S_IRUSR | S_IWUSR;

std::filesystem::path folder_of(std::filesystem::path const& file) {
    return file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
}

}  // namespace

base::Error cannot(std::string_view verb, std::filesystem::path const& path, int reason) {
    return base::unavailable(path.string() + " cannot be " + std::string(verb) + ": " +
                             std::generic_category().message(reason));
}

base::Result<void> flush(std::filesystem::path const& path) {
    int const opened = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    bool const is_done = opened >= 0 && ::fsync(opened) == 0;
    int const reason = errno;
    if (opened >= 0) ::close(opened);
    if (!is_done) return cannot("brought to disk", path, reason);
    return {};
}

base::Result<OutputFile> OutputFile::create(std::filesystem::path const& file) {
    struct stat there {};
    if (::lstat(file.c_str(), &there) == 0) return base::conflict(file.string() + " is there already");
    auto const folder = folder_of(file);
    int const unnamed = ::open(folder.c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, owner_only);
    if (unnamed >= 0) return OutputFile(file, unnamed, {});
    if (errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL) return cannot("made", file, errno);
    auto draft = folder / ("." + file.filename().string() + ".unfinished");
    int const named = ::open(draft.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, owner_only);
    if (named < 0) return cannot("made", draft, errno);
    return OutputFile(file, named, std::move(draft));
}

OutputFile::OutputFile(OutputFile&& other) noexcept
    : file_(std::move(other.file_)),
      descriptor_(std::exchange(other.descriptor_, -1)),
      draft_(std::exchange(other.draft_, {})),
      size_(other.size_) {}

OutputFile::~OutputFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
    if (!draft_.empty()) ::unlink(draft_.c_str());
}

base::Result<void> OutputFile::write(std::string_view bytes) {
    while (!bytes.empty()) {
        auto const count = ::write(descriptor_, bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return cannot("written", file_, errno);
        bytes.remove_prefix(static_cast<std::size_t>(count));
        size_ += count;
    }
    return {};
}

base::Result<void> OutputFile::commit() {
    if (::fsync(descriptor_) != 0) return cannot("written", file_, errno);
    // A link, not a rename: it does not replace what somebody else made meanwhile.
    auto const number = "/proc/self/fd/" + std::to_string(descriptor_);
    int const linked = draft_.empty() ? ::linkat(AT_FDCWD, number.c_str(), AT_FDCWD, file_.c_str(), AT_SYMLINK_FOLLOW)
                                      : ::link(draft_.c_str(), file_.c_str());
    if (linked != 0 && errno == EEXIST) return base::conflict(file_.string() + " was made by somebody else meanwhile");
    if (linked != 0) return cannot("made", file_, errno);
    return flush(folder_of(file_));
}

}  // namespace kula::backup
