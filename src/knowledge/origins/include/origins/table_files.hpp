#pragma once
/// @file
/// The tables of a running server: read at its start, and anew whenever their files change, while everybody goes on
/// with those of before.
///
/// A file that is being written is left alone until it looks the same twice. A newer one that cannot be read, ends
/// early, yields nothing, or has fewer than half the entries of the present table is refused: the present one stays,
/// and `states` says why until the file changes once more. All members are safe from any thread.

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "origins/table.hpp"
#include "origins/table_file.hpp"

namespace kula::origins {

/// Empty: none is installed.
struct TablePaths {
    std::string as_numbers{};
    std::string countries{};
};

/// A newer file that is not used.
struct RefusedTable {
    base::Instant at{};
    std::string reason{};  ///< A sentence that names the file.
};

/// How one table stands.
struct TableState {
    TableKind kind;
    std::string path;
    TableAbout about;
    std::optional<RefusedTable> refused{};
};

class TableFiles {
public:
    /// Reads both; the fault of the one that cannot be used. `clock` outlives it.
    static base::Result<std::unique_ptr<TableFiles>> open(TablePaths const& paths, base::Clock const& clock);

    /// A table that comes from no file, in place of what is there: the demo's. Before anybody asks.
    void use_countries(std::shared_ptr<CountryTable const> table) { countries_.table = std::move(table); }

    [[nodiscard]] TablesNow now() const;
    /// Of those that are installed, AS numbers first.
    [[nodiscard]] std::vector<TableState> states() const;

    /// What came of one look at one file that had changed.
    struct Change {
        TableKind kind;
        bool is_swapped = false;  ///< Otherwise it was refused.
        std::string sentence{};   ///< For the log.
    };
    /// Whether a changed file is read at once, or when it looks as it did at the look before.
    enum class Haste : std::uint8_t { when_settled, at_once };
    /// Looks at the files, and reads what has changed: up to a minute for a dump of a whole routing table. One look at
    /// a time.
    std::vector<Change> look(Haste haste = Haste::when_settled);

private:
    using Marks = std::vector<FileMark>;
    template <class Table>
    struct Place {
        TableKind kind;
        std::string path{};
        std::shared_ptr<Table const> table{};
        std::optional<RefusedTable> refused{};
        Marks read{};                     ///< Of the file that `table` is from.
        std::optional<Marks> seen{};      ///< At the look before.
        std::optional<Marks> not_used{};  ///< Of the file that was refused.
    };
    explicit TableFiles(base::Clock const& clock) : clock_(clock) {}
    template <class Table>
    base::Result<void> open(Place<Table>& place, std::string const& path);
    template <class Table>
    void look_at(Place<Table>& place, Haste haste, std::vector<Change>& changes);
    template <class Table>
    void refuse(Place<Table>& place, std::string reason, std::vector<Change>& changes);
    template <class Table>
    void swap(Place<Table>& place, TableContent content, std::vector<Change>& changes);

    base::Clock const& clock_;
    std::mutex looking_;
    mutable std::mutex mutex_;  ///< Guards `table` and `refused` of both.
    Place<AsTable> as_numbers_{TableKind::as_numbers};
    Place<CountryTable> countries_{TableKind::countries};
};

}  // namespace kula::origins
