#pragma once
/// @file
/// From the contract's `OrganisationInput` and `NationalSpaceInput` to the registry's values.

#include <string>
#include <vector>

#include "base/marking.hpp"
#include "json.hpp"
#include "net/problem.hpp"
#include "registry/organisation.hpp"

namespace kula::api {

/// Of a body: a hundred contacts with their keys.
constexpr std::size_t most_organisation_bytes = 16 * 1024 * 1024;

struct OrganisationInput {
    registry::OrganisationContent content{};
    base::Marking marking{};
    std::vector<net::FieldProblem> problems{};  ///< With any, the rest is not to be used.
};
/// Looks at shape and kinds; lengths and the like are the registry's to check, and are told as well where the shape is
/// wrong.
OrganisationInput organisation_from(Json const& json);

/// Of a proposal.
struct ProposalInput : OrganisationInput {
    std::string remark{};
};
ProposalInput proposal_from(Json const& json);

struct NationalSpaceInput {
    std::vector<std::string> prefixes{};
    std::vector<std::uint32_t> as_numbers{};
    std::vector<net::FieldProblem> problems{};
};
NationalSpaceInput national_space_from(Json const& json);

}  // namespace kula::api
