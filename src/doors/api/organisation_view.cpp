#include "organisation_view.hpp"

#include <fmt/format.h>

#include "registry/contact_key.hpp"

namespace kula::api {
namespace {

Json told(registry::Network const& network) {
    return {{"kind", registry::to_text(network.kind())}, {"value", network.value()}};
}

template <class Choice>
Json word(std::optional<Choice> const& choice) {
    return choice ? Json(to_text(*choice)) : Json(nullptr);
}

/// What a key says of itself, and what is to be said of it now.
Json facts_of(std::optional<seals::PublicKey> const& key, registry::Contact const& contact, base::Instant now) {
    if (!key) return nullptr;
    return {{"fingerprint", key->fingerprint},
            {"names", key->names},
            {"issuer", or_null(key->issuer)},
            {"valid_from", time(key->valid_from)},
            {"valid_until", time_or_null(key->valid_until)},
            {"can_encrypt", key->can_encrypt},
            {"state", registry::to_text(registry::state_of(*key, now))},
            {"names_email", contact.email ? Json(registry::names_address(*key, *contact.email)) : Json(nullptr)}};
}

Json text_of(std::optional<seals::PublicKey> const& key) { return key ? Json(key->text) : Json(nullptr); }

template <class Things>
Json all_shown(Things const& things) {
    Json list = Json::array();
    for (auto const& thing : things) list.push_back(told(thing));
    return list;
}

Json told(registry::Contact const& contact, base::Instant now) {
    return {{"name", contact.name},
            {"role", contact.role},
            {"email", or_null(contact.email)},
            {"phone", or_null(contact.phone)},
            {"languages", contact.languages},
            {"round_the_clock", contact.attendance == registry::Attendance::round_the_clock},
            {"pgp_key", text_of(contact.openpgp)},
            {"smime_certificate", text_of(contact.smime)},
            {"pgp", facts_of(contact.openpgp, contact, now)},
            {"smime", facts_of(contact.smime, contact, now)}};
}

Json contacts_shown(std::vector<registry::Contact> const& contacts, base::Instant now) {
    Json list = Json::array();
    for (auto const& contact : contacts) list.push_back(told(contact, now));
    return list;
}

Json reference_to(registry::OrganisationReference const& organisation) {
    return {{"id", organisation.id.text()}, {"name", organisation.name}, {"sector", or_null(organisation.sector)}};
}

/// What `full` and `rows` tell alike.
Json facts_of(registry::Organisation const& organisation) {
    auto const& content = organisation.content;
    return {{"name", content.name},
            {"short_name", or_null(content.short_name)},
            {"sector", or_null(content.sector)},
            {"subsector", or_null(content.subsector)},
            {"size", word(content.size)},
            {"entity_class", word(content.entity_class)},
            {"entity_class_reason", or_null(content.entity_class_reason)},
            {"website", or_null(content.website)},
            {"tlp", base::to_text(organisation.record.marking.tlp)},
            {"pap", base::to_text(organisation.record.marking.pap)}};
}

/// Who has no contacts has none to confirm. Of an `Organisation` or its summary.
template <class Thing>
Json freshness(Thing const& thing, std::size_t contacts, base::Instant now) {
    if (contacts == 0) return nullptr;
    return registry::to_text(registry::freshness_of(thing.contacts_confirmed_at, thing.contacts_asking, now));
}

template <class Texts>
std::string with_blanks(Texts const& texts) {
    return fmt::format("{}", fmt::join(texts, " "));
}

/// Columns of one contact; all null where there is none.
void add_contact(Json& row, registry::Contact const* contact) {
    using registry::Attendance;
    auto const tell = [&](char const* column, Json value) {
        row[column] = contact == nullptr ? Json(nullptr) : std::move(value);
    };
    static registry::Contact const none;
    auto const& told = contact == nullptr ? none : *contact;
    tell("contact_name", told.name);
    tell("contact_role", told.role);
    tell("contact_email", or_null(told.email));
    tell("contact_phone", or_null(told.phone));
    tell("contact_languages", with_blanks(told.languages));
    tell("contact_round_the_clock", told.attendance == Attendance::round_the_clock ? "yes" : "no");
    tell("contact_pgp_key", text_of(told.openpgp));
    tell("contact_smime_certificate", text_of(told.smime));
}

}  // namespace

Json OrganisationView::contact(registry::Contact const& contact) const { return told(contact, activity_.now()); }

Json OrganisationView::reference(registry::Organisation const& organisation) {
    return {{"id", organisation.id.text()},
            {"name", organisation.content.name},
            {"sector", or_null(organisation.content.sector)}};
}

Json OrganisationView::reference(registry::OrganisationId id) const {
    auto const attribution = registry_.attribution();
    auto const* const organisation = attribution->organisation(id);
    return organisation == nullptr ? Json(nullptr) : reference_to(*organisation);
}

std::string OrganisationView::name(std::string const& id) const {
    auto const parsed = registry::OrganisationId::parse(id);
    auto const attribution = registry_.attribution();
    auto const* const organisation = parsed ? attribution->organisation(*parsed) : nullptr;
    return organisation == nullptr ? id : organisation->name;
}

base::Result<Json> OrganisationView::full(registry::OrganisationId id, base::Clearance const& clearance) const {
    auto const organisation = registry_.find(id, clearance);
    if (!organisation) return organisation.error();
    return full(*organisation, clearance);
}

base::Result<Json> OrganisationView::full(registry::Organisation const& organisation,
                                          base::Clearance const& clearance) const {
    auto const activities = activity_.organisations({organisation.id.text()}, clearance);
    if (!activities) return activities.error();
    auto const& content = organisation.content;
    auto const& record = organisation.record;
    auto const attribution = registry_.attribution();
    Json conflicts = Json::array();
    for (auto const* conflict : attribution->conflicts_of(organisation.id)) {
        auto json = claim(*conflict, *attribution, clearance);
        if (json.at("conflict")) conflicts.push_back(std::move(json));
    }

    bool const is_of_the_team = clearance.sees_everything();
    auto json = facts_of(organisation);
    json.update({{"id", organisation.id.text()},
                 {"version", record.version},
                 {"languages", content.languages},
                 {"notes", is_of_the_team ? or_null(content.notes) : Json(nullptr)},
                 {"networks", all_shown(content.networks)},
                 {"contacts", contacts_shown(content.contacts, activity_.now())},
                 {"conflicts", std::move(conflicts)}});
    append(json, of(*activities, organisation.id.text()), WithFlows::yes);
    json["contacts_confirmed_at"] = time(organisation.contacts_confirmed_at);
    json["contacts_freshness"] = freshness(organisation, content.contacts.size(), activity_.now());
    json["contacts_asked_at"] = time_or_null(organisation.contacts_asking.last_at);
    json["created_at"] = time(record.created_at);
    json["created_by"] = is_of_the_team ? record.created_by : std::string();
    json["changed_at"] = time(record.changed_at);
    json["changed_by"] = is_of_the_team ? record.changed_by : std::string();
    return json;
}

std::vector<Json> OrganisationView::rows(registry::Organisation const& organisation) const {
    auto const& content = organisation.content;
    std::vector<std::string> networks;
    for (auto const& network : content.networks) networks.push_back(network.text());
    auto const attribution = registry_.attribution();
    auto const* const parent = content.parent ? attribution->organisation(*content.parent) : nullptr;
    auto row = facts_of(organisation);
    row.update({{"languages", with_blanks(content.languages)},
                {"country", or_null(content.country)},
                {"notes", or_null(content.notes)},
                {"parent", parent == nullptr ? Json(nullptr) : Json(parent->name)},
                {"networks", with_blanks(networks)}});
    add_contact(row, content.contacts.empty() ? nullptr : content.contacts.data());
    std::vector<Json> out{row};
    for (auto const& [column, value] : row.items()) {
        if (column != "name") row[column] = nullptr;
    }
    for (std::size_t at = 1; at < content.contacts.size(); ++at) {
        add_contact(row, &content.contacts[at]);
        out.push_back(row);
    }
    return out;
}

Json OrganisationView::summary(registry::OrganisationSummary const& summary, events::Activity const& activity,
                               base::Instant now) {
    Json json{{"id", summary.id.text()},
              {"version", summary.version},
              {"name", summary.name},
              {"short_name", or_null(summary.short_name)},
              {"sector", or_null(summary.sector)},
              {"size", word(summary.size)},
              {"entity_class", word(summary.entity_class)},
              {"networks", count(summary.networks)},
              {"contacts", count(summary.contacts)},
              {"conflicts", count(summary.conflicts)},
              {"contacts_confirmed_at", time(summary.contacts_confirmed_at)},
              {"contacts_freshness", freshness(summary, static_cast<std::size_t>(summary.contacts), now)}};
    append(json, activity, WithFlows::yes);
    return json;
}

Json OrganisationView::claims_of(std::string_view address, base::Clearance const& clearance) const {
    Json list = Json::array();
    auto const parsed = base::Address::parse(address);
    if (!parsed) return list;
    auto const attribution = registry_.attribution();
    for (auto const* holding : attribution->claims_of(*parsed)) {
        auto json = claim(*holding, *attribution, clearance);
        if (!json.at("organisations").empty()) list.push_back(std::move(json));
    }
    return list;
}

Json OrganisationView::claim(registry::NetworkClaim const& claim, registry::Attribution const& attribution,
                             base::Clearance const& clearance) {
    auto json = told(claim.network);
    Json organisations = Json::array();
    for (auto const id : claim.organisations) {
        if (!clearance.may_see(id.uuid())) continue;
        if (auto const* const organisation = attribution.organisation(id))
            organisations.push_back(reference_to(*organisation));
    }
    json["conflict"] = organisations.size() > 1;
    json["organisations"] = std::move(organisations);
    return json;
}

Json OrganisationView::change(registry::FieldChange const& change) {
    return {{"field", change.field},
            {"of", or_null(change.of)},
            {"before", or_null(change.before)},
            {"after", or_null(change.after)}};
}

}  // namespace kula::api
