#pragma once
/// @file
/// The columns that every table carries (`base::Record`), read and bound in one place.
///
/// In a table: `owner text not null, tlp text not null, pap text not null, lineage text not null, created_at bigint not
/// null, created_by text not null, changed_at bigint not null, changed_by text not null, version bigint not null`.

#include "base/actor.hpp"
#include "base/clock.hpp"
#include "base/record.hpp"
#include "storage/column.hpp"

namespace kula::storage {

/// For `select` and `insert` lists, in the order in which `Record` is read and bound.
#define KULA_RECORD_COLUMNS "owner, tlp, pap, lineage, created_at, created_by, changed_at, changed_by, version"
/// As many places for values.
#define KULA_RECORD_PLACES "?, ?, ?, ?, ?, ?, ?, ?, ?"
/// For `on conflict do update` of a row that came anew: creation and owner stay, the version rises.
#define KULA_RECORD_UPDATE(table)                                                                            \
    "tlp = excluded.tlp, pap = excluded.pap, lineage = excluded.lineage, changed_at = excluded.changed_at, " \
    "changed_by = excluded.changed_by, version = " table ".version + 1"

/// As `tlp`, `pap`.
template <>
struct Column<base::Marking> {
    static constexpr std::array types{ColumnType::text, ColumnType::text};
    static base::Marking read(Cell const* cells);
    static void bind(Cells& cells, base::Marking const& marking);
};

/// As `readers`: ids with commas between, empty unless the record is TLP:RED (docs/decisions/0015). Only tables whose
/// records may be TLP:RED have it.
template <>
struct Column<base::Readers> {
    static constexpr std::array types{ColumnType::text};
    static base::Readers read(Cell const* cells);
    static void bind(Cells& cells, base::Readers const& readers);
};

template <>
struct Column<base::Record> {
    static constexpr std::array types{ColumnType::text,    ColumnType::text,    ColumnType::text,
                                      ColumnType::text,    ColumnType::integer, ColumnType::text,
                                      ColumnType::integer, ColumnType::text,    ColumnType::integer};
    static base::Record read(Cell const* cells);
    static void bind(Cells& cells, base::Record const& record);
};

/// A condition on the columns `tlp` and `readers` (behind `prefix`, as `l.`) that lets through what this clearance may
/// read, and the value for its `?`. The text is empty where nothing is hidden.
struct ReadableRows {
    std::string sql;
    Arguments arguments;
};
ReadableRows readable_rows(std::string_view prefix, base::Clearance const& clearance);

/// A record made now by `actor`: version 1, created and changed at the same moment.
base::Record new_record(base::Clock const& clock, std::string actor, base::Marking marking = {},
                        std::string lineage = {}, base::Id<base::Owner> owner = {});

}  // namespace kula::storage
