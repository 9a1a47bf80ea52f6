#include "backup/restore.hpp"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <memory>
#include <optional>

#include "container.hpp"
#include "folder_files.hpp"

namespace kula::backup {
namespace {

/// Counts, and checks nothing beyond what reading checks.
class Counting : public Visitor {
public:
    explicit Counting(Progress progress) : progress_(std::move(progress)) {}
    base::Result<void> open(Opening const& opening) override {
        report_.opening = opening;
        return {};
    }
    base::Result<void> begin(Part const& part) override {
        part_ = part;
        return {};
    }
    base::Result<void> add(std::string_view bytes) override {
        report_.plain_bytes += static_cast<std::int64_t>(bytes.size());
        if (progress_) progress_(part_.name, report_.plain_bytes);
        return {};
    }
    base::Result<void> end(PartSum const& sum) override {
        (part_.kind == PartKind::table ? report_.tables : report_.files) += 1;
        report_.rows += sum.rows;
        return {};
    }
    [[nodiscard]] Report const& report() const { return report_; }

protected:
    [[nodiscard]] Part const& part() const { return part_; }

private:
    Progress progress_;
    Part part_{};
    Report report_{};
};

/// Makes tables and files beside their place.
class Staging final : public Counting {
public:
    Staging(RestoreOptions const& options, std::filesystem::path folder, base::Clock const& clock)
        : Counting(options.progress), options_(options), folder_(std::move(folder)), clock_(clock) {}
    /// Removes what was staged, unless it was put in its place.
    ~Staging() override {
        std::error_code ignored;
        if (is_to_be_removed_) std::filesystem::remove_all(folder_, ignored);
    }
    Staging(Staging const&) = delete;
    Staging& operator=(Staging const&) = delete;

    base::Result<void> open(Opening const& opening) override {
        if (options_.admit) {
            if (auto const admitted = options_.admit(opening); !admitted) return admitted;
        }
        auto refill =
            storage::Refill::open({folder_, options_.database.url, 1}, opening.schema, options_.rooms, clock_);
        if (!refill) return refill.error();
        refill_ = std::move(*refill);
        is_to_be_removed_ = true;
        return Counting::open(opening);
    }
    base::Result<void> begin(Part const& part) override {
        if (auto const begun = Counting::begin(part); !begun) return begun;
        if (part.kind == PartKind::table) return refill_->begin({part.name, part.columns});
        auto const file = place_of(part);
        std::error_code fault;
        std::filesystem::create_directories(file.parent_path(), fault);
        if (fault) return cannot("made", file, fault.value());
        auto made = OutputFile::create(file);
        if (!made) return made.error();
        file_.emplace(std::move(*made));
        return {};
    }
    base::Result<void> add(std::string_view bytes) override {
        if (auto const added = Counting::add(bytes); !added) return added;
        return part().kind == PartKind::table ? refill_->add(bytes) : file_->write(bytes);
    }
    base::Result<void> end(PartSum const& sum) override {
        if (part().kind == PartKind::table) {
            if (auto const ended = refill_->end(); !ended) return ended.error();
        } else {
            if (auto const done = file_->commit(); !done) return done;
            file_.reset();
        }
        return Counting::end(sum);
    }
    base::Result<void> commit() { return refill_->commit(); }
    /// Closes the database.
    void close() { refill_.reset(); }
    void keep() { is_to_be_removed_ = false; }

private:
    [[nodiscard]] std::filesystem::path place_of(Part const& part) const {
        if (part.kind == PartKind::configuration) return folder_ / restored_folder / part.name;
        return folder_ / (part.kind == PartKind::secret_key ? secret_key_name : part.name);
    }

    RestoreOptions const& options_;
    std::filesystem::path folder_;
    base::Clock const& clock_;
    std::unique_ptr<storage::Refill> refill_;
    std::optional<OutputFile> file_;
    bool is_to_be_removed_ = false;  ///< The folder is ours since the database was opened in it.
};

base::Error of_file(std::filesystem::path const& file, base::Error const& error) {
    bool const is_named = error.fault == base::Fault::unavailable || error.fault == base::Fault::conflict;
    return {error.fault, is_named ? error.detail : file.string() + ' ' + error.detail};
}

/// The folder's path without a slash at its end, so that names can be made beside it.
std::filesystem::path plain(std::filesystem::path const& folder) {
    auto const normal = std::filesystem::absolute(folder).lexically_normal();
    return normal.has_filename() ? normal : normal.parent_path();
}

/// Missing or empty.
base::Result<void> check_place(std::filesystem::path const& folder) {
    std::error_code fault;
    auto const type = std::filesystem::symlink_status(folder, fault).type();
    if (type == std::filesystem::file_type::not_found) return {};
    if (type != std::filesystem::file_type::directory)
        return base::conflict(folder.string() + " is there and is no folder");
    std::filesystem::directory_iterator const first(folder, fault);
    if (fault) return cannot("read", folder, fault.value());
    if (first == std::filesystem::directory_iterator()) return {};
    if (auto const free = storage::not_in_use(folder); !free) return free;
    return base::conflict(
        fmt::format("{} is not empty: it holds {}. Name a folder that is new or empty; what was there can be "
                    "moved aside first",
                    folder.string(), first->path().filename().string()));
}

/// All files on disk and, where `owner` is another one, theirs.
base::Result<void> settle(std::filesystem::path const& folder, std::optional<struct stat> const& owner) {
    std::error_code fault;
    std::vector<std::filesystem::path> all{folder};
    for (std::filesystem::recursive_directory_iterator entry(folder, fault);
         !fault && entry != std::filesystem::recursive_directory_iterator(); entry.increment(fault)) {
        all.push_back(entry->path());
    }
    if (fault) return cannot("read", folder, fault.value());
    for (auto const& path : all) {
        if (owner && ::lchown(path.c_str(), owner->st_uid, owner->st_gid) != 0)
            return cannot("given away", path, errno);
        bool const is_folder = std::filesystem::is_directory(path, fault);
        if (::chmod(path.c_str(), is_folder ? S_IRWXU : S_IRUSR | S_IWUSR) != 0) return cannot("closed", path, errno);
        if (auto const flushed = flush(path); !flushed) return flushed;
    }
    return {};
}

std::optional<struct stat> owner_of(std::filesystem::path const& folder) {
    struct stat about {};
    if (::geteuid() != 0 || ::stat(folder.c_str(), &about) != 0 || about.st_uid == 0) return std::nullopt;
    return about;
}

base::Result<void> put_in_place(std::filesystem::path const& staged, std::filesystem::path const& folder) {
    if (::rename(staged.c_str(), folder.c_str()) == 0) return flush(folder.parent_path());
    int const reason = errno;
    if (reason == EBUSY)
        return base::unavailable(folder.string() + " is a mount point: restore into a folder below it");
    if (reason == ENOTEMPTY || reason == EEXIST) return base::conflict(folder.string() + " was filled meanwhile");
    return cannot("put in its place", folder, reason);
}

}  // namespace

base::Result<Report> verify(std::filesystem::path const& file, Keys const& keys, Progress const& progress) {
    auto const source = file_source(file);
    if (!source) return source.error();
    Counting counting(progress);
    auto const size = read_backup(*source, keys, counting);
    if (!size) return of_file(file, size.error());
    auto report = counting.report();
    report.file_bytes = *size;
    return report;
}

base::Result<Report> restore(RestoreOptions const& options, base::Clock const& clock) {
    auto const folder = plain(options.database.folder);
    if (auto const checked = check_place(folder); !checked) return checked.error();
    // A database on another machine cannot be thrown away like a folder: nothing is begun there before all is proved.
    if (!options.database.url.empty()) {
        if (auto const proved = verify(options.file, options.keys, options.progress); !proved) return proved.error();
    }
    auto const source = file_source(options.file);
    if (!source) return source.error();
    auto const staged = std::filesystem::path(folder).concat(".restoring");
    Staging staging(options, staged, clock);
    auto const size = read_backup(*source, options.keys, staging);
    if (!size) return of_file(options.file, size.error());
    auto report = staging.report();
    report.file_bytes = *size;
    if (options.accept) {
        if (auto const accepted = options.accept(staged); !accepted) return accepted.error();
    }
    bool const is_sqlite = options.database.url.empty();
    if (is_sqlite) {
        if (auto const committed = staging.commit(); !committed) return of_file(options.file, committed.error());
        staging.close();
    }
    if (auto const settled = settle(staged, owner_of(folder)); !settled) return settled.error();
    if (!is_sqlite) {
        if (auto const committed = staging.commit(); !committed) return of_file(options.file, committed.error());
    }
    if (auto const placed = put_in_place(staged, folder); !placed) return placed.error();
    staging.keep();
    return report;
}

}  // namespace kula::backup
