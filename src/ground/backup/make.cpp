#include "backup/make.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "container.hpp"
#include "folder_files.hpp"
#include "storage/text.hpp"

namespace kula::backup {
namespace {

constexpr std::string_view suffix = ".kula-backup";

/// Puts part after part into a file and counts.
class Making {
public:
    Making(Writer writer, Progress progress) : writer_(std::move(writer)), progress_(std::move(progress)) {}

    base::Result<void> open(Opening opening) {
        report_.opening = std::move(opening);
        return writer_.open(report_.opening);
    }

    base::Result<void> put_table(storage::Snapshot& snapshot, storage::CopiedTable const& table) {
        if (auto const begun = writer_.begin({PartKind::table, table.name, table.columns}); !begun) return begun;
        auto const rows = snapshot.copy(table, [&](std::string_view text) { return add(table.name, text); });
        if (!rows) return rows.error();
        if (auto const ended = writer_.end(*rows); !ended) return ended.error();
        ++report_.tables;
        report_.rows += *rows;
        return {};
    }

    base::Result<void> put_file(PartKind kind, std::string const& name, std::filesystem::path const& file) {
        auto const source = file_source(file);
        if (!source) return source.error();
        if (auto const begun = writer_.begin({kind, name}); !begun) return begun;
        std::vector<char> room(128 * 1024);
        while (true) {
            auto const count = (*source)(room);
            if (!count) return count.error();
            if (*count == 0) break;
            if (auto const added = add(name, {room.data(), *count}); !added) return added;
        }
        if (auto const ended = writer_.end(0); !ended) return ended.error();
        ++report_.files;
        return {};
    }

    base::Result<Report> commit() {
        auto const size = writer_.commit();
        if (!size) return size.error();
        report_.file_bytes = *size;
        return report_;
    }

private:
    base::Result<void> add(std::string_view part, std::string_view bytes) {
        report_.plain_bytes += static_cast<std::int64_t>(bytes.size());
        if (progress_) progress_(part, report_.plain_bytes);
        return writer_.add(bytes);
    }

    Writer writer_;
    Progress progress_;
    Report report_{};
};

base::Result<void> check(MakeOptions const& options, std::filesystem::path const& to) {
    if (options.sealing.passphrase && options.sealing.passphrase->size() < shortest_passphrase)
        return base::invalid(fmt::format("a passphrase has at least {} bytes", shortest_passphrase));
    if (!options.secret_key.empty() && !options.sealing.is_sealed())
        return base::invalid("the secret key goes only into a sealed backup: in the clear it would protect nothing");
    if (!storage::is_storable_text(options.configuration.filename().string()))
        return base::invalid("the configuration file's name is not UTF-8");
    std::error_code fault;
    auto const folder = std::filesystem::weakly_canonical(options.database.folder, fault);
    auto const place = std::filesystem::weakly_canonical(std::filesystem::absolute(to).parent_path(), fault);
    auto const within = place.lexically_relative(folder);
    bool const is_within = !within.empty() && *within.begin() != "..";
    if (is_within && *within.begin() != backups_folder) {
        return base::invalid(
            fmt::format("{} lies in the data folder: the next backup would hold it. Put it elsewhere, or in {}",
                        to.string(), (options.database.folder / backups_folder).string()));
    }
    return {};
}

/// Backups of this prefix, oldest first: their names sort by time.
base::Result<std::vector<std::filesystem::path>> files_of(std::filesystem::path const& folder,
                                                          std::string_view prefix) {
    auto const length = file_name(prefix, {}).size();
    std::vector<std::filesystem::path> files;
    std::error_code fault;
    for (std::filesystem::directory_iterator entry(folder, fault);
         !fault && entry != std::filesystem::directory_iterator(); entry.increment(fault)) {
        auto const name = entry->path().filename().string();
        bool const is_ours =
            name.size() == length && name.starts_with(std::string(prefix) + '-') && name.ends_with(suffix);
        if (is_ours) files.push_back(entry->path());
    }
    if (fault) return cannot("read", folder, fault.value());
    std::sort(files.begin(), files.end());
    return files;
}

base::Result<void> fill(Making& making, MakeOptions const& options, storage::Snapshot& snapshot) {
    for (auto const& table : snapshot.tables()) {
        if (auto const put = making.put_table(snapshot, table); !put) return put;
    }
    auto const files = folder_files(options.database.folder);
    if (!files) return files.error();
    for (auto const& name : *files) {
        if (auto const put = making.put_file(PartKind::file, name, options.database.folder / name); !put) return put;
    }
    if (!options.configuration.empty()) {
        auto const name = options.configuration.filename().string();
        auto const put = making.put_file(PartKind::configuration, name, options.configuration);
        if (!put) return put;
    }
    if (options.secret_key.empty()) return {};
    return making.put_file(PartKind::secret_key, secret_key_name, options.secret_key);
}

}  // namespace

base::Result<Report> make(MakeOptions const& options, std::filesystem::path const& to, base::Clock const& clock) {
    if (auto const checked = check(options, to); !checked) return checked.error();
    auto const snapshot = storage::Snapshot::open(options.database);
    if (!snapshot) return snapshot.error();
    auto writer = Writer::create(to, options.sealing);
    if (!writer) return writer.error();
    Making making(std::move(*writer), options.progress);
    bool const is_sqlite = options.database.url.empty();
    auto const opened =
        making.open({options.program, clock.now(), is_sqlite ? storage::Dialect::sqlite : storage::Dialect::postgresql,
                     !options.configuration.empty(), !options.secret_key.empty(), (*snapshot)->scripts()});
    if (!opened) return opened.error();
    if (auto const filled = fill(making, options, **snapshot); !filled) return filled.error();
    return making.commit();
}

std::string file_name(std::string_view prefix, base::Instant at) {
    auto time = base::to_text(at);
    time.replace(time.find('.') + 4, std::string::npos, "Z");
    std::erase_if(time, [](char c) { return c == '-' || c == ':'; });
    return fmt::format("{}-{}{}", prefix, time, suffix);
}

base::Result<std::filesystem::path> newest(std::filesystem::path const& folder, std::string_view prefix) {
    auto const files = files_of(folder, prefix);
    if (!files) return files.error();
    return files->empty() ? std::filesystem::path() : files->back();
}

base::Result<std::vector<std::filesystem::path>> remove_older(std::filesystem::path const& folder,
                                                              std::string_view prefix, std::size_t keep) {
    auto files = files_of(folder, prefix);
    if (!files) return files;
    files->resize(files->size() - std::min(files->size(), keep));
    for (auto const& file : *files) {
        std::error_code fault;
        if (!std::filesystem::remove(file, fault) && fault) return cannot("removed", file, fault.value());
    }
    return files;
}

}  // namespace kula::backup
