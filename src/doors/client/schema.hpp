#pragma once
/// @file
/// Schemas of a contract with everything they refer to put in place: what a value may be, in words.
///
/// Source: OpenAPI 3.1 §4.8.24 (JSON Schema 2020-12), as far as contracts of Kula use it: `$ref`, `allOf`, `oneOf` with
/// `null`, `type`, `enum`, `properties`, `items`, bounds.

#include <string>
#include <vector>

#include "json.hpp"

namespace kula::client {

/// Anything of `document` with its `$ref`s followed, `allOf` merged and `oneOf` with `null` folded into a type that may
/// be null. What refers to itself ends at a depth of 16 as a schema without a rule.
Json resolved(Json const& document, Json const& schema);

/// Whether a value of this type may stand there: `string`, `integer`, `number`, `boolean`, `array`, `object`, `null`.
bool takes(Json const& schema, std::string_view type);

/// The values that are listed; empty where any will do.
std::vector<std::string> choices(Json const& schema);

/// What a value must be, for `--help`: `clear|green|amber`, `integer 1..500, 50 unless told`, `time`.
std::string in_words(Json const& schema);

}  // namespace kula::client
