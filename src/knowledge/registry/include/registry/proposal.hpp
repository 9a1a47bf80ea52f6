#pragma once
/// @file
/// What an organisation's own people want changed in the registry. The team approves it, and it is done; or refuses it,
/// and says why; or whoever proposed it takes it back.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/actor.hpp"
#include "registry/field_change.hpp"

namespace kula::registry {

enum class ProposalState : std::uint8_t { open, approved, refused, withdrawn };
std::string_view to_text(ProposalState state);
std::optional<ProposalState> parse_proposal_state(std::string_view text);

struct Proposal;
using ProposalId = base::Id<Proposal>;

struct Proposal {
    ProposalId id;
    OrganisationId organisation;
    std::int64_t base_version = 0;       ///< Of the organisation, when it was proposed.
    std::vector<FieldChange> changes{};  ///< What differed then.
    std::string remark{};                ///< Of whoever proposed it.
    ProposalState state = ProposalState::open;
    std::string reason{};  ///< Of a refusal; never empty then.
    std::optional<base::Instant> decided_at{};
    std::string decided_by{};
    base::Record record{};  ///< `created_by` proposed it.
};

struct ProposalQuery {
    std::optional<ProposalState> state{};
    std::optional<OrganisationId> organisation{};
    std::string cursor{};    ///< `next` of the page before; empty for the first.
    std::size_t limit = 50;  ///< 1 to 1,000.
    base::Clearance clearance = base::Clearance::of({});
};

struct ProposalPage {
    std::vector<Proposal> items{};  ///< Newest first.
    std::string next{};             ///< Empty on the last page.
    std::int64_t total = 0;         ///< Of all pages.
};

/// Of one organisation, that wait at the same time.
constexpr std::int64_t most_open_proposals = 20;
/// Letters of a remark or a reason.
constexpr std::size_t longest_remark = 1000;

/// What a proposal may speak of: name, short name, sector and sub-sector, size, languages, website, networks, contacts.
/// The rest (class, notes, marking, country, parent) is the team's and stays as `stored` has it.
OrganisationContent proposed(OrganisationContent stored, OrganisationContent const& wanted);

}  // namespace kula::registry
