#pragma once
// What a mapping says, read and checked.

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "conversions.hpp"
#include "intake/mapping.hpp"
#include "parts.hpp"
#include "schema.hpp"

namespace kula::intake {

/// Where a cell goes, and what becomes of it on the way.
struct Target {
    std::string field;  ///< `extra.` with the column's name is told as such.
    std::vector<Conversion> conversions{};
};

/// By column; without targets the column is left out.
using Columns = std::map<std::string, std::vector<Target>, std::less<>>;

struct Rules {
    std::vector<std::pair<std::string, Json>> set{};  ///< Fields that no cell told.
    Columns columns{};
};

struct Condition {
    std::string column;
    std::vector<Json> values{};                  ///< One of these…
    std::function<bool(Json const&)> pattern{};  ///< … or it matches.
};

/// Rows whose cells all say so.
using Conditions = std::vector<Condition>;

struct Case {
    Conditions when{};
    Rules rules{};
};

/// What becomes of cells that are not spoken of.
enum class Rest : std::uint8_t {
    keep,    ///< `extra.<column>`
    fields,  ///< The field of the column's name, where it is one; else as `keep`.
    drop,
};

struct MappingRules {
    std::string text;         ///< All that it says.
    std::string fingerprint;  ///< Of that.
    std::string name;
    std::string title;
    std::vector<std::string> intelmq{};
    Reading reading{};
    std::vector<std::vector<std::string>> needed{};  ///< Of each one.
    std::optional<Schema> schema{};                  ///< What a JSON row must be like.
    std::vector<Conditions> skips{};                 ///< Rows that none is made of.
    std::vector<Apart> apart{};
    std::vector<Several> per{};  ///< The first that is a list makes an event of each element.
    Rest rest = Rest::keep;
    std::optional<ListRules> list{};
    std::optional<events::Folding> folding{};
    std::optional<VulnerabilityList> vulnerabilities{};
    Rules rules{};
    std::vector<std::vector<Case>> choices{};  ///< Of each the first case that holds.
};

/// Another one for another text.
std::string fingerprint_of(std::string_view text);
/// `invalid` names all members that are wrong, as `columns.seen` and `choices[0][1].when`.
base::Result<MappingRules> parse_rules(Json const& mapping);

}  // namespace kula::intake
