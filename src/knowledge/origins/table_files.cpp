#include "origins/table_files.hpp"

#include <utility>

namespace kula::origins {
namespace {

/// A table that shrinks by more than half was cut off far more often than it was cut down.
bool is_far_smaller(TableAbout const& fresh, TableAbout const& present) { return fresh.entries < present.entries / 2; }

std::string swapped_sentence(std::string const& path, TableAbout const& about) {
    auto out = path + ": " + std::to_string(about.entries) + " entries (" + std::string(to_text(about.format)) +
               ", version " + about.version + ")";
    if (about.skipped > 0) out += ", " + std::to_string(about.skipped) + " lines or records passed over";
    if (about.first_skipped > 0) out += ", the first in line " + std::to_string(about.first_skipped);
    return out;
}

}  // namespace

base::Result<std::unique_ptr<TableFiles>> TableFiles::open(TablePaths const& paths, base::Clock const& clock) {
    std::unique_ptr<TableFiles> files(new TableFiles(clock));
    if (auto const done = files->open(files->as_numbers_, paths.as_numbers); !done) return done.error();
    if (auto const done = files->open(files->countries_, paths.countries); !done) return done.error();
    return files;
}

template <class Table>
base::Result<void> TableFiles::open(Place<Table>& place, std::string const& path) {
    place.path = path;
    if (path.empty()) return {};
    auto marks = marks_of(path);
    if (!marks) return marks.error();
    auto content = load_table(place.kind, path, clock_);
    if (!content) return content.error();
    place.read = std::move(*marks);
    place.table = std::make_shared<Table const>(std::move(*content));
    return {};
}

TablesNow TableFiles::now() const {
    std::lock_guard const lock(mutex_);
    return {as_numbers_.table, countries_.table};
}

std::vector<TableState> TableFiles::states() const {
    std::lock_guard const lock(mutex_);
    std::vector<TableState> out;
    auto const add = [&](auto const& place) {
        if (place.table) out.push_back({place.kind, place.path, place.table->about(), place.refused});
    };
    add(as_numbers_);
    add(countries_);
    return out;
}

std::vector<TableFiles::Change> TableFiles::look(Haste haste) {
    std::lock_guard const lock(looking_);
    std::vector<Change> changes;
    look_at(as_numbers_, haste, changes);
    look_at(countries_, haste, changes);
    return changes;
}

template <class Table>
void TableFiles::look_at(Place<Table>& place, Haste haste, std::vector<Change>& changes) {
    if (place.path.empty()) return;
    auto marks = marks_of(place.path);
    auto const found = marks ? std::move(*marks) : Marks();  // Nothing is there: refused once, as any other.
    bool const was_seen = std::exchange(place.seen, found) == found;
    if (found == place.read) {
        std::lock_guard const lock(mutex_);
        place.refused.reset();
        place.not_used.reset();
        return;
    }
    if (found == place.not_used || (!was_seen && haste == Haste::when_settled)) return;
    auto content = marks ? load_table(place.kind, place.path, clock_) : marks.error();
    auto const after = marks_of(place.path);
    if ((after ? *after : Marks()) != found) return;  // Written to meanwhile: the next look sees it anew.
    if (!content) {
        refuse(place, content.error().detail, changes);
    } else if (is_far_smaller(content->about, place.table->about())) {
        refuse(place,
               place.path + ": has only " + std::to_string(content->about.entries) +
                   " entries where the present table has " + std::to_string(place.table->about().entries) +
                   "; a restart takes it as it is",
               changes);
    } else {
        swap(place, std::move(*content), changes);
        place.read = found;
        place.not_used.reset();
        return;
    }
    place.not_used = found;
}

template <class Table>
void TableFiles::refuse(Place<Table>& place, std::string reason, std::vector<Change>& changes) {
    changes.push_back({place.kind, false, reason + "; the table of before is kept"});
    std::lock_guard const lock(mutex_);
    place.refused = RefusedTable{clock_.now(), std::move(reason)};
}

template <class Table>
void TableFiles::swap(Place<Table>& place, TableContent content, std::vector<Change>& changes) {
    auto fresh = std::make_shared<Table const>(std::move(content));
    changes.push_back({place.kind, true, swapped_sentence(place.path, fresh->about())});
    std::lock_guard const lock(mutex_);
    place.table.swap(fresh);
    place.refused.reset();
}

}  // namespace kula::origins
