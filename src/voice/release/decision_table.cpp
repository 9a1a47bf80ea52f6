#include "decision_table.hpp"

#include "base/must.hpp"
#include "storage/record.hpp"

namespace kula::release::decision_table {
namespace {

using storage::Session;

#define DECISION_COLUMNS                                                                                          \
    "id, about, organisation, address, role, addressed, payload_sha256, verdict, reason, form, key_fingerprint, " \
    "decided_at, decided_for, tlp, pap"

template <class Value>
Value known(std::optional<Value> const& value) {
    base::must(value.has_value(), "stored decisions are in known words");
    return *value;
}

template <class Visitor, class... Values>
void each(Session const& session, Visitor const& visitor, std::string const& rest, Values const&... values) {
    session.each<DecisionId, std::string, registry::OrganisationId, std::string, std::string, std::string, std::string,
                 std::string, std::string, std::string, std::optional<std::string>, base::Instant, std::string,
                 base::Marking>(
        [&visitor](DecisionId id, std::string const& about, registry::OrganisationId organisation,
                   std::string const& address, std::string const& role, std::string const& addressed,
                   std::string const& payload, std::string const& verdict, std::string const& reason,
                   std::string const& form, std::optional<std::string> const& key, base::Instant at,
                   std::string const& actor, base::Marking const& marking) {
            visitor(
                DecisionRecord{id,
                               about,
                               organisation,
                               address,
                               role,
                               known(parse_addressed(addressed)),
                               payload,
                               {known(parse_verdict(verdict)), known(parse_reason(reason)), known(parse_form(form))},
                               key,
                               at,
                               actor,
                               marking});
        },
        "select " DECISION_COLUMNS " from release_decision" + rest, values...);
}

}  // namespace

void insert(Session& session, DecisionRecord const& record) {
    session.execute(
        "insert into release_decision (" DECISION_COLUMNS ") values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        record.id, record.about, record.organisation, record.address, record.role, to_text(record.addressed),
        record.payload_sha256, to_text(record.decision.verdict), to_text(record.decision.reason),
        to_text(record.decision.form), record.key_fingerprint, record.at, record.actor, record.marking);
}

std::optional<DecisionRecord> find(Session const& session, DecisionId id) {
    std::optional<DecisionRecord> out;
    each(
        session, [&out](DecisionRecord record) { out = std::move(record); }, " where id = ?", id);
    return out;
}

std::vector<DecisionRecord> about(Session const& session, std::string const& about) {
    std::vector<DecisionRecord> out;
    each(
        session, [&out](DecisionRecord record) { out.push_back(std::move(record)); },
        " where about = ? order by decided_at, id limit 200", about);
    return out;
}

std::optional<PlainAgreement> agreement(Session const& session, registry::OrganisationId organisation) {
    auto const row = session.row<std::string, std::string, base::Record>(
        "select up_to, why, " KULA_RECORD_COLUMNS " from plain_agreement where organisation = ?", organisation);
    if (!row) return std::nullopt;
    return PlainAgreement{known(base::parse_tlp(std::get<0>(*row))), std::get<1>(*row), std::get<2>(*row)};
}

void put_agreement(Session& session, registry::OrganisationId organisation, PlainAgreement const& agreement) {
    session.execute(
        "insert into plain_agreement (organisation, up_to, why, " KULA_RECORD_COLUMNS
        ") values (?, ?, ?, " KULA_RECORD_PLACES
        ") on conflict (organisation) do update set up_to = excluded.up_to, why = excluded.why, " KULA_RECORD_UPDATE(
            "plain_agreement"),
        organisation, base::to_text(agreement.up_to), agreement.why, agreement.record);
}

bool remove_agreement(Session& session, registry::OrganisationId organisation) {
    return session.execute("delete from plain_agreement where organisation = ?", organisation) > 0;
}

}  // namespace kula::release::decision_table
