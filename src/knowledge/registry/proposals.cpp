#include <fmt/format.h>

#include <algorithm>

#include "content_json.hpp"
#include "facts.hpp"
#include "organisation_table.hpp"
#include "proposal_table.hpp"
#include "registry/fold.hpp"
#include "registry/registry.hpp"
#include "registry_state.hpp"
#include "storage/record.hpp"

namespace kula::registry {

using storage::Priority;
using storage::Session;

namespace {

base::Error absent() { return base::not_found("no such proposal"); }

base::Result<std::string> checked_text(std::string const& field, std::string_view text) {
    std::string out(trimmed(text));
    if (!is_clean(out, LineBreaks::allow)) return base::invalid(field + ": holds control characters or is no UTF-8");
    if (letters(out) > longest_remark) return base::invalid(field + ": is longer than 1,000 characters");
    return out;
}

/// Of whole countries a constituent proposes none; one that the organisation claims already may stay.
std::optional<base::Error> adds_country(OrganisationContent const& present, OrganisationContent const& wanted) {
    auto const is_new = [&present](Network const& network) {
        return network.kind() == NetworkKind::country &&
               !std::binary_search(present.networks.begin(), present.networks.end(), network);
    };
    if (std::none_of(wanted.networks.begin(), wanted.networks.end(), is_new)) return std::nullopt;
    return base::invalid("networks", "only the team claims a country for an organisation");
}

/// The open proposal, or why it cannot be decided.
base::Result<Proposal> open_proposal(Session const& session, ProposalId id, base::Actor const& actor) {
    auto found = proposal_table::find(session, id);
    if (!found || !actor.clearance.may_see(found->organisation.uuid())) return absent();
    if (found->state != ProposalState::open)
        return base::conflict(fmt::format("it is decided already: {}", to_text(found->state)));
    return std::move(*found);
}

void decide(Proposal& proposal, ProposalState state, std::string reason, base::Instant now, base::Actor const& actor) {
    proposal.state = state;
    proposal.reason = std::move(reason);
    proposal.decided_at = now;
    proposal.decided_by = actor.name;
    proposal.record.changed_at = now;
    proposal.record.changed_by = actor.name;
    ++proposal.record.version;
}

}  // namespace

std::string_view to_text(ProposalState state) {
    switch (state) {
        case ProposalState::open: return "open";
        case ProposalState::approved: return "approved";
        case ProposalState::refused: return "refused";
        case ProposalState::withdrawn: break;
    }
    return "withdrawn";
}

std::optional<ProposalState> parse_proposal_state(std::string_view text) {
    for (auto const state :
         {ProposalState::open, ProposalState::approved, ProposalState::refused, ProposalState::withdrawn}) {
        if (to_text(state) == text) return state;
    }
    return std::nullopt;
}

OrganisationContent proposed(OrganisationContent stored, OrganisationContent const& wanted) {
    stored.name = wanted.name;
    stored.short_name = wanted.short_name;
    stored.sector = wanted.sector;
    stored.subsector = wanted.subsector;
    stored.size = wanted.size;
    stored.languages = wanted.languages;
    stored.website = wanted.website;
    stored.networks = wanted.networks;
    stored.contacts = wanted.contacts;
    return stored;
}

base::Result<Proposal> Registry::propose(OrganisationId id, std::int64_t version, OrganisationContent const& wanted,
                                         std::string_view remark, base::Actor const& actor) {
    auto const text = checked_text("remark", remark);
    if (text.has_error()) return text.error();
    auto const present = find(id, actor.clearance);
    if (present.has_error()) return present.error();
    if (present->record.version != version) return stale(present->record.version);
    auto const content = checked(proposed(present->content, wanted));
    if (content.has_error()) return content.error();
    if (auto refused = adds_country(present->content, *content)) return *std::move(refused);
    auto changes = changes_between(present->content, *content);
    if (changes.empty()) return base::invalid("nothing would change");
    auto const now = state_->clock.now();
    Proposal made{ProposalId::make(now),
                  id,
                  version,
                  std::move(changes),
                  *text,
                  {},
                  {},
                  {},
                  {},
                  storage::new_record(state_->clock, actor.name, present->record.marking)};
    auto const kept = content_json(proposed({}, *content), KeyForm::text).dump();
    return state_->database.write(Priority::interactive, [&](Session& session) -> base::Result<Proposal> {
        auto const stored = organisation_table::find(session, id);
        if (!stored) return base::not_found("no such organisation");
        if (stored->record.version != version) return stale(stored->record.version);
        if (proposal_table::open_of(session, id) >= most_open_proposals)
            return base::conflict("too many proposals of this organisation wait already");
        proposal_table::insert(session, made, kept);
        state_->journal.append(session, actor, proposal_made(made));
        return made;
    });
}

base::Result<Proposal> Registry::approve(ProposalId id, base::Actor const& actor) {
    struct Waiting {
        Proposal proposal;
        Organisation organisation;
        std::string content;
    };
    auto const waiting = state_->database.read([&](Session const& session) -> base::Result<Waiting> {
        auto proposal = open_proposal(session, id, actor);
        if (proposal.has_error()) return proposal.error();
        auto organisation = organisation_table::find(session, proposal->organisation);
        if (!organisation) return absent();
        return Waiting{std::move(*proposal), std::move(*organisation), proposal_table::content_of(session, id)};
    });
    if (waiting.has_error()) return waiting.error();
    auto const wanted = content_from_json(waiting->content);
    if (wanted.has_error()) return wanted.error();
    auto const content = checked(proposed(waiting->organisation.content, *wanted));
    if (content.has_error()) return content.error();
    auto done = state_->database.write(Priority::interactive, [&](Session& session) -> base::Result<Proposal> {
        auto proposal = open_proposal(session, id, actor);
        if (proposal.has_error()) return proposal.error();
        auto stored = organisation_table::find(session, proposal->organisation);
        if (!stored) return absent();
        bool const is_same = stored->record.version == proposal->base_version &&
                             stored->record.version == waiting->organisation.record.version;
        if (!is_same) return stale(stored->record.version);
        if (auto const name = check_name(session, stored->id, content->name); name.has_error()) return name.error();
        auto const before = *stored;
        auto const now = state_->clock.now();
        stored->content = *content;
        stored->record.lineage = "proposal:" + id.text();
        stored->record.changed_at = now;
        stored->record.changed_by = actor.name;
        ++stored->record.version;
        organisation_table::update(session, *stored);
        state_->journal.append(session, actor, changed(before, *stored));
        decide(*proposal, ProposalState::approved, {}, now, actor);
        proposal_table::update(session, *proposal);
        state_->journal.append(session, actor, proposal_decided(*proposal));
        return std::move(*proposal);
    });
    if (done.has_value()) state_->changed();
    return done;
}

base::Result<Proposal> Registry::refuse(ProposalId id, std::string_view reason, base::Actor const& actor) {
    auto const text = checked_text("reason", reason);
    if (text.has_error()) return text.error();
    if (text->empty()) return base::invalid("reason: is empty");
    return state_->database.write(Priority::interactive, [&](Session& session) -> base::Result<Proposal> {
        auto proposal = open_proposal(session, id, actor);
        if (proposal.has_error()) return proposal.error();
        decide(*proposal, ProposalState::refused, *text, state_->clock.now(), actor);
        proposal_table::update(session, *proposal);
        state_->journal.append(session, actor, proposal_decided(*proposal));
        return std::move(*proposal);
    });
}

base::Result<Proposal> Registry::withdraw(ProposalId id, base::Actor const& actor) {
    return state_->database.write(Priority::interactive, [&](Session& session) -> base::Result<Proposal> {
        auto proposal = open_proposal(session, id, actor);
        if (proposal.has_error()) return proposal.error();
        if (proposal->record.created_by != actor.name) return base::refused("only who proposed it may take it back");
        decide(*proposal, ProposalState::withdrawn, {}, state_->clock.now(), actor);
        proposal_table::update(session, *proposal);
        state_->journal.append(session, actor, proposal_decided(*proposal));
        return std::move(*proposal);
    });
}

base::Result<Proposal> Registry::proposal(ProposalId id, base::Clearance const& clearance) const {
    return state_->database.read([&](Session const& session) -> base::Result<Proposal> {
        auto found = proposal_table::find(session, id);
        if (!found || !clearance.may_see(found->organisation.uuid())) return absent();
        return std::move(*found);
    });
}

base::Result<ProposalPage> Registry::proposals(ProposalQuery const& query) const {
    return state_->database.read([&query](Session const& session) { return proposal_table::list(session, query); });
}

}  // namespace kula::registry
