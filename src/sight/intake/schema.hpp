#pragma once
// What a JSON row must be like, in the words of JSON Schema (docs/operate/mappings.md). Immutable; safe from any
// thread.

#include <memory>
#include <optional>
#include <string>

#include "base/result.hpp"
#include "row.hpp"

namespace kula::intake {

/// JSON Schema 2020-12 as far as reports need it: type, enum, const, required, properties, additionalProperties,
/// minProperties, items, minItems, maxItems, pattern, format, minLength, minimum, maximum, allOf, anyOf, not, if, then,
/// else. `$defs` and `$ref` to them; title and description say nothing.
class Schema {
public:
    /// `invalid` names the word that is not known or faulty: none is passed over.
    static base::Result<Schema> parse(Json const& told);

    /// What is wrong with the value and where, `Report.Date: is missing`; nothing where it is as it must be. Of several
    /// faults the first. Never the value itself.
    [[nodiscard]] std::optional<std::string> fault_of(Json const& value) const;

private:
    struct Node;
    friend class SchemaParser;
    explicit Schema(std::shared_ptr<Node const> root) : root_(std::move(root)) {}
    std::shared_ptr<Node const> root_;
};

}  // namespace kula::intake
