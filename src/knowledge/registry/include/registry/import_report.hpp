#pragma once
/// @file
/// What becomes of a file of organisations, row by row.
///
/// CSV: RFC 4180, UTF-8, comma or semicolon, with a header; columns `name` (required), `short_name`, `sector`,
/// `subsector`, `size`, `entity_class`, `entity_class_reason`, `languages` (separated by blanks), `country`, `parent`
/// (a name), `networks` (separated by blanks), `website`, `contact_name`, `contact_role`, `contact_email`,
/// `contact_phone`, `contact_languages` (or `contact_language`), `contact_round_the_clock` (`yes` or `no`),
/// `contact_pgp_key`, `contact_smime_certificate`, `notes`, `tlp`, `pap`; others are passed over and told. Several rows
/// of one name are one organisation whose networks and contacts add up. A column that is there replaces what is stored;
/// one that is not leaves it, but a sector that changes takes its sub-sector along. JSON: an array of objects with the
/// members of the API's `OrganisationInput` (others likewise); each replaces what is stored. The key is the name,
/// letter case and blanks apart.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "registry/field_change.hpp"

namespace kula::registry {

enum class ImportFormat : std::uint8_t { csv, json, json_lines };
enum class ImportMode : std::uint8_t { apply, report_only };
enum class ImportOutcome : std::uint8_t { created, updated, unchanged, skipped };
std::string_view to_text(ImportOutcome outcome);

struct ImportedRow {
    std::size_t line;                   ///< Line of the text where the row begins, or place in the array; from 1.
    std::optional<std::string> name{};  ///< Absent where even that could not be read.
    ImportOutcome outcome = ImportOutcome::skipped;
    std::string reason{};                        ///< Of a skipped row: all that is wrong.
    std::vector<base::FieldProblem> problems{};  ///< The first ten, where it is about fields.
    std::optional<OrganisationId> id{};          ///< Absent where skipped, and where created by `report_only`.
    std::vector<FieldChange> changes{};          ///< Of the first row of each organisation that is created or updated.

    /// Why it is skipped.
    void tell(base::Error const& error);
};

struct ImportReport {
    std::size_t read = 0;  ///< Rows.
    std::size_t created = 0;
    std::size_t updated = 0;
    std::size_t unchanged = 0;
    std::size_t skipped = 0;
    std::vector<ImportedRow> rows{};             ///< In the order of the file.
    std::vector<std::string> unknown_columns{};  ///< Or members, as written, 100 at most; what they hold was not read.
    /// Stands for this text, what it does, and to which versions of what is stored; for `Registry::import_foretold`.
    std::string foretold{};
};

constexpr std::size_t most_import_bytes = 16 * 1024 * 1024;
constexpr std::size_t most_import_rows = 100'000;

}  // namespace kula::registry
