#include "origins/table_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include "base/descriptor.hpp"
#include "formats/compression.hpp"
#include "seals/digest.hpp"

namespace kula::origins {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_files = 1000;
constexpr std::size_t read_at_once = 256 * 1024;
constexpr std::uint64_t most_unpacked = std::uint64_t{64} << 30;
constexpr std::size_t shown_digits = 12;  // of the SHA-256

base::Error unreadable(fs::path const& path, int number) {
    auto const detail = path.string() + ": " + std::strerror(number);
    return number == ENOENT ? base::not_found(detail) : base::unavailable(detail);
}

base::Error in_file(fs::path const& path, base::Error error) {
    error.detail = path.string() + ": " + error.detail;
    return error;
}

/// Gives a reader what a file holds, unpacked.
class Unpacking {
public:
    explicit Unpacking(TableReader& reader) : reader_(reader), room_(read_at_once) {}

    void take(std::span<std::byte const> bytes) {
        if (is_first_) {
            is_first_ = false;
            if (auto const compression = formats::compression_of(bytes)) decompressor_.emplace(*compression);
        }
        if (!decompressor_) return pass_on(bytes);
        while (true) {
            auto const step = decompressor_->step(bytes, room_);
            pass_on(std::span(room_).first(step.made));
            bytes = bytes.subspan(step.used);
            if (is_over() || (step.used == 0 && step.made == 0)) return;
        }
    }
    [[nodiscard]] bool is_over() const {
        return unpacked_ > most_unpacked || reader_.is_over() || (decompressor_ && decompressor_->is_broken());
    }
    [[nodiscard]] base::Result<void> finish() const {
        if (unpacked_ > most_unpacked) return base::invalid("holds more than the 64 GiB that are read");
        if (decompressor_ && (decompressor_->is_broken() || (!reader_.is_over() && !decompressor_->is_complete())))
            return base::invalid("its compressed content ends early, or is damaged");
        return {};
    }

private:
    void pass_on(std::span<std::byte const> bytes) {
        unpacked_ += bytes.size();
        reader_.take(bytes);
    }

    TableReader& reader_;
    std::vector<std::byte> room_;
    std::optional<formats::Decompressor> decompressor_;
    std::uint64_t unpacked_ = 0;
    bool is_first_ = true;
};

/// Gives the reader all that the file holds, and yields its digest.
base::Result<seals::Digest> read_whole(TableReader& reader, fs::path const& path) {
    base::Descriptor const file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    struct stat status {};
    if (!file.is_open() || fstat(file.number(), &status) != 0) return unreadable(path, errno);
    if (!S_ISREG(status.st_mode)) return base::invalid(path.string() + ": is no file");
    seals::Sha256 digest;
    Unpacking unpacking(reader);
    std::vector<std::byte> buffer(read_at_once);
    while (true) {
        auto const count = read(file.number(), buffer.data(), buffer.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) return unreadable(path, errno);
        if (count == 0) break;
        auto const bytes = std::span(buffer).first(static_cast<std::size_t>(count));
        digest.add({reinterpret_cast<char const*>(bytes.data()), bytes.size()});
        if (!unpacking.is_over()) unpacking.take(bytes);
    }
    if (auto const sound = unpacking.finish(); !sound) return in_file(path, sound.error());
    return digest.finish();
}

std::string version_of(std::string const& date, seals::Digest const& digest) {
    return date + (date.empty() ? "" : "-") + seals::hex(digest).substr(0, shown_digits);
}

base::Result<std::vector<fs::path>> files_in(fs::path const& folder) {
    std::error_code fault;
    std::vector<fs::path> out;
    fs::directory_iterator each(folder, fault);
    for (; !fault && each != fs::directory_iterator(); each.increment(fault)) {
        std::error_code ignored;
        if (!each->is_regular_file(ignored)) continue;
        out.push_back(each->path());
        if (out.size() > most_files) return base::invalid(folder.string() + ": holds more than 1,000 files");
    }
    if (fault) return base::unavailable(folder.string() + ": " + fault.message());
    std::ranges::sort(out);
    return out;
}

/// All of its tables as one.
base::Result<TableContent> load_folder(TableKind kind, fs::path const& folder) {
    auto const files = files_in(folder);
    if (!files) return files.error();
    TableContent out;
    seals::Sha256 digest;
    std::string date;
    for (auto const& file : *files) {
        auto const stem = file.stem().string();
        bool const is_of_a_country = kind == TableKind::countries && CountryTable::number_of(stem);
        TableReader reader(kind, is_of_a_country ? stem : std::string());
        auto const read = read_whole(reader, file);
        if (!read) return read.error();
        auto content = reader.finish();
        if (!content) continue;
        auto const& [stretches, about] = *content;
        digest.add(seals::hex(*read));
        date = std::max(date, about.version);
        out.about.format = about.format;
        out.about.entries += about.entries;
        out.about.skipped += about.skipped;
        out.stretches.v4.insert(out.stretches.v4.end(), stretches.v4.begin(), stretches.v4.end());
        out.stretches.v6.insert(out.stretches.v6.end(), stretches.v6.begin(), stretches.v6.end());
    }
    if (out.about.entries == 0) return base::invalid(folder.string() + ": holds no file with an entry of a table");
    out.about.version = version_of(date, digest.finish());
    return out;
}

base::Result<TableContent> load_file(TableKind kind, fs::path const& path) {
    TableReader reader(kind);
    auto const read = read_whole(reader, path);
    if (!read) return read.error();
    auto content = reader.finish();
    if (!content) return in_file(path, content.error());
    content->about.version = version_of(content->about.version, *read);
    return content;
}

}  // namespace

base::Result<std::vector<FileMark>> marks_of(fs::path const& path) {
    std::error_code fault;
    std::vector<fs::path> files{path};
    if (fs::is_directory(path, fault)) {
        auto found = files_in(path);
        if (!found) return found.error();
        files = std::move(*found);
    }
    std::vector<FileMark> out;
    for (auto const& file : files) {
        struct stat status {};
        if (stat(file.c_str(), &status) != 0) return unreadable(file, errno);
        out.push_back({file.filename().string(), status.st_dev, status.st_ino, status.st_size,
                       std::int64_t{status.st_mtim.tv_sec} * 1'000'000'000 + status.st_mtim.tv_nsec});
    }
    return out;
}

base::Result<TableContent> load_table(TableKind kind, fs::path const& path, base::Clock const& clock) {
    std::error_code fault;
    auto content = fs::is_directory(path, fault) ? load_folder(kind, path) : load_file(kind, path);
    if (content) content->about.read_at = clock.now();
    return content;
}

}  // namespace kula::origins
