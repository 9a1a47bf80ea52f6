#include "proposal_table.hpp"

#include "base/must.hpp"
#include "content_json.hpp"
#include "storage/record.hpp"
#include "storage/where.hpp"

namespace kula::registry::proposal_table {
namespace {

using storage::Session;
using OrderedJson = nlohmann::ordered_json;
using Moment = std::optional<base::Instant>;

#define PROPOSAL_COLUMNS \
    "id, organisation, base_version, changes, remark, state, reason, decided_at, decided_by, " KULA_RECORD_COLUMNS

constexpr std::size_t longest_page = 1000;

OrderedJson or_null(std::optional<std::string> const& text) { return text ? OrderedJson(*text) : OrderedJson(nullptr); }

std::optional<std::string> text_or_none(OrderedJson const& json) {
    return json.is_string() ? std::optional(json.get<std::string>()) : std::nullopt;
}

std::string written(std::vector<FieldChange> const& changes) {
    OrderedJson out = OrderedJson::array();
    for (auto const& change : changes)
        out.push_back({change.field, or_null(change.of), or_null(change.before), or_null(change.after)});
    return out.dump();
}

std::vector<FieldChange> read(std::string const& text) {
    std::vector<FieldChange> out;
    for (auto const& change : OrderedJson::parse(text)) {
        out.push_back({change.at(0).get<std::string>(), text_or_none(change.at(1)), text_or_none(change.at(2)),
                       text_or_none(change.at(3))});
    }
    return out;
}

template <class Visitor, class... Values>
void each(Session const& session, Visitor const& visitor, std::string const& rest, Values const&... values) {
    session.each<ProposalId, OrganisationId, std::int64_t, std::string, std::string, std::string, std::string, Moment,
                 std::string, base::Record>(
        [&visitor](ProposalId id, OrganisationId organisation, std::int64_t base_version, std::string const& changes,
                   std::string const& remark, std::string const& state, std::string const& reason,
                   Moment const& decided_at, std::string const& decided_by, base::Record const& record) {
            auto const known = parse_proposal_state(state);
            base::must(known.has_value(), "stored proposals are in a known state");
            visitor(Proposal{id, organisation, base_version, read(changes), remark, *known, reason, decided_at,
                             decided_by, record});
        },
        "select " PROPOSAL_COLUMNS " from organisation_proposal" + rest, values...);
}

void add_clearance(storage::Where& where, base::Clearance const& clearance) {
    if (clearance.sees_everything()) return;
    std::string places;
    storage::Arguments ids;
    for (auto const& id : clearance.organisations()) {
        places += places.empty() ? "?" : ", ?";
        ids.add(id);
    }
    where.add(places.empty() ? "1 = 0" : "organisation in (" + places + ')', ids);
}

}  // namespace

std::optional<Proposal> find(Session const& session, ProposalId id) {
    std::optional<Proposal> out;
    each(
        session, [&out](Proposal found) { out = std::move(found); }, " where id = ?", id);
    return out;
}

std::string content_of(Session const& session, ProposalId id) {
    return session.value<std::string>("select content from organisation_proposal where id = ?", id);
}

std::int64_t open_of(Session const& session, OrganisationId organisation) {
    return session.value<std::int64_t>(
        "select count(*) from organisation_proposal where organisation = ? and state = ?", organisation,
        to_text(ProposalState::open));
}

base::Result<ProposalPage> list(Session const& session, ProposalQuery const& query) {
    if (query.limit == 0 || query.limit > longest_page) return base::invalid("limit: is not from 1 to 1,000");
    storage::Where where;
    add_clearance(where, query.clearance);
    if (query.state) where.add("state = ?", to_text(*query.state));
    if (query.organisation) where.add("organisation = ?", *query.organisation);
    ProposalPage page;
    page.total =
        session.value<std::int64_t>("select count(*) from organisation_proposal" + where.sql(), where.arguments());
    if (!query.cursor.empty()) {
        auto const last = ProposalId::parse(query.cursor);
        if (!last) return base::invalid("cursor: does not belong to this list");
        where.add("id < ?", *last);  // Version 7: by the time it was made.
    }
    each(
        session,
        [&](Proposal found) {
            if (page.items.size() == query.limit) {
                page.next = page.items.back().id.text();
                return;
            }
            page.items.push_back(std::move(found));
        },
        where.sql() + " order by id desc limit ?", where.arguments(), query.limit + 1);
    return page;
}

void insert(Session& session, Proposal const& proposal, std::string_view content) {
    session.execute("insert into organisation_proposal (" PROPOSAL_COLUMNS
                    ", content) values (?, ?, ?, ?, ?, ?, ?, ?, ?, " KULA_RECORD_PLACES ", ?)",
                    proposal.id, proposal.organisation, proposal.base_version, written(proposal.changes),
                    proposal.remark, to_text(proposal.state), proposal.reason, proposal.decided_at, proposal.decided_by,
                    proposal.record, content);
}

void update(Session& session, Proposal const& proposal) {
    session.execute(
        "update organisation_proposal set state = ?, reason = ?, decided_at = ?, decided_by = ?, changed_at = ?, "
        "changed_by = ?, version = ? where id = ?",
        to_text(proposal.state), proposal.reason, proposal.decided_at, proposal.decided_by, proposal.record.changed_at,
        proposal.record.changed_by, proposal.record.version, proposal.id);
}

}  // namespace kula::registry::proposal_table
