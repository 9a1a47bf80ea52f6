#pragma once
// An organisation's content as JSON: for the trail, and for what waits to be decided.

#include <nlohmann/json.hpp>

#include "base/marking.hpp"
#include "registry/organisation.hpp"

namespace kula::registry {

/// How keys are told.
enum class KeyForm { fingerprint, text };

/// All of it, in the members of the API's `OrganisationInput`, `country` and `parent` (by id) beside them.
nlohmann::ordered_json content_json(OrganisationContent const& content, KeyForm keys);
/// What `content_json` wrote with the keys' texts, `parent` apart; keys are not read yet. `invalid` names the member.
base::Result<OrganisationContent> content_from_json(std::string_view text);

}  // namespace kula::registry
