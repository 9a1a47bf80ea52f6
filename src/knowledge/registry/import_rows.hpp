#pragma once
// Import files as drafts of organisations: what each row says, before anything is compared with what is stored.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/marking.hpp"
#include "base/result.hpp"
#include "checks.hpp"
#include "registry/import_report.hpp"

namespace kula::registry {

/// Which parts of an organisation a file speaks of.
struct Spoken {
    bool short_name = false, sector = false, subsector = false, size = false, entity_class = false;
    bool entity_class_reason = false, languages = false, country = false, website = false, notes = false,
         parent = false;
    bool networks = false, contacts = false, tlp = false, pap = false;
};

/// What all rows of one name say together.
struct Draft {
    std::string key;  ///< `name_key` of the name.
    OrganisationContent content;
    std::optional<std::string> parent{};  ///< By name.
    std::optional<base::Tlp> tlp{};
    std::optional<base::Pap> pap{};
    Spoken spoken{};
    std::optional<base::Error> fault{};  ///< Found between drafts: it is skipped for that.
    std::vector<std::size_t> rows{};     ///< Places in `ImportDrafts::rows`.
};

struct ImportDrafts {
    std::vector<ImportedRow> rows;               ///< All, in the order of the file; the skipped ones say why.
    std::vector<Draft> drafts;                   ///< In the order of first appearance.
    std::vector<std::string> unknown_columns{};  ///< As written; what they hold is not read.
};

/// `invalid` only where the file as a whole cannot be read: no header, no `name` column, no JSON array, too long, more
/// rows than `most_import_rows`.
base::Result<ImportDrafts> read_csv(std::string_view text);
base::Result<ImportDrafts> read_json(std::string_view text);
/// An object on each line; what is none is a row that is skipped, an empty line is no row.
base::Result<ImportDrafts> read_json_lines(std::string_view text);

/// Collects rows into drafts by name.
class DraftCollector {
public:
    /// A row that says this; `checks` holds what was wrong with it as it was read.
    void take(std::size_t line, Draft draft, Checks checks);
    /// One that says nothing.
    void skip(std::size_t line, std::optional<std::string> name, base::Error const& error);
    /// What the file has and none of the fields is.
    void pass_over(std::vector<std::string> names);
    /// `invalid` if there were too many.
    base::Result<ImportDrafts> finish();

private:
    /// False where there are too many.
    bool has_room();

    ImportDrafts out_;
    bool are_too_many_ = false;
    std::map<std::string, std::size_t> by_key_;
};

}  // namespace kula::registry
