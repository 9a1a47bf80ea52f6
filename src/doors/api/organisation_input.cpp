#include "organisation_input.hpp"

#include <limits>
#include <set>

#include "members.hpp"
#include "registry/vocabulary.hpp"

namespace kula::api {
namespace {

constexpr std::size_t most_networks = 2000;
constexpr std::size_t most_contacts = 100;
constexpr std::size_t most_languages = 10;
constexpr std::size_t most_prefixes = 100'000;
constexpr std::size_t most_as_numbers = 10'000;

/// With its text only: the registry reads it.
std::optional<seals::PublicKey> key_in(Members& members, std::string const& name) {
    auto given = members.text(name, Need::optional);
    if (!given) return std::nullopt;
    seals::PublicKey out;
    out.text = std::move(*given);
    return out;
}

registry::Contact contact_from(Json const& json, std::string const& path, std::vector<net::FieldProblem>& problems) {
    registry::Contact contact;
    Members members(json, path, problems);
    contact.name = members.text("name", Need::required).value_or("");
    contact.role = members.text("role", Need::required).value_or(contact.role);
    if (!registry::is_contact_role(contact.role)) members.wrong("role", "is no known role");
    contact.email = members.text("email", Need::optional);
    contact.phone = members.text("phone", Need::optional);
    contact.languages = members.texts("languages", most_languages, Need::optional);
    if (members.flag("round_the_clock", Need::optional)) contact.attendance = registry::Attendance::round_the_clock;
    contact.openpgp = key_in(members, "pgp_key");
    contact.smime = key_in(members, "smime_certificate");
    members.pass_over({"pgp", "smime"});
    members.refuse_others();
    return contact;
}

void take_network(Json const& json, std::string const& path, OrganisationInput& input) {
    Members members(json, path, input.problems);
    std::optional<registry::NetworkKind> kind;
    members.choice("kind", "must be prefix, as, domain or country", Need::required,
                   [&](std::string const& text) { return (kind = registry::parse_network_kind(text)).has_value(); });
    auto const value = members.text("value", Need::required);
    members.refuse_others();
    if (!kind || !value) return;
    auto network = registry::Network::parse(*kind, *value);
    if (!network) return members.wrong("value", network.error().detail);
    input.content.networks.push_back(std::move(*network));
}

void take_organisation(Members& members, OrganisationInput& input) {
    auto& content = input.content;
    content.name = members.text("name", Need::required).value_or("");
    content.short_name = members.text("short_name", Need::optional);
    content.sector = members.text("sector", Need::optional);
    content.subsector = members.text("subsector", Need::optional);
    members.choice("size", "must be micro, small, medium or large", Need::optional, [&](std::string const& text) {
        return assign(content.size, registry::parse_organisation_size(text));
    });
    members.choice(
        "entity_class", "must be essential, important or none", Need::optional,
        [&](std::string const& text) { return assign(content.entity_class, registry::parse_entity_class(text)); });
    content.entity_class_reason = members.text("entity_class_reason", Need::optional);
    content.languages = members.texts("languages", most_languages, Need::optional);
    content.website = members.text("website", Need::optional);
    content.notes = members.text("notes", Need::optional);
    // Whose an address is stands beside every sighting: nothing that a few persons could keep (decision 0015).
    members.choice("tlp", "must be clear, green, amber or amber+strict", Need::optional, [&](std::string const& text) {
        return assign(input.marking.tlp, base::parse_tlp(text)) && input.marking.tlp != base::Tlp::red;
    });
    members.choice("pap", "must be clear, green, amber or red", Need::optional,
                   [&](std::string const& text) { return assign(input.marking.pap, base::parse_pap(text)); });
    members.list("networks", most_networks, Need::required,
                 [&](Json const& entry, std::string const& path) { take_network(entry, path, input); });
    members.list("contacts", most_contacts, Need::required, [&](Json const& entry, std::string const& path) {
        content.contacts.push_back(contact_from(entry, path, input.problems));
    });
    members.pass_over({"id", "version", "conflicts", "contacts_confirmed_at", "contacts_freshness", "contacts_asked_at",
                       "sightings_24h", "flows_24h", "last_sighted", "created_at", "created_by", "changed_at",
                       "changed_by"});
}

/// Where something is wrong with the shape, what else is wrong is told as well.
void add_other_problems(OrganisationInput& input) {
    if (input.problems.empty()) return;
    auto const checked = registry::checked(input.content);
    if (checked) return;
    std::set<std::string> told;
    for (auto const& problem : input.problems) told.insert(problem.field);
    // What could not be read is missing beside what belongs to it.
    if (told.contains("sector")) told.insert("subsector");
    if (told.contains("entity_class")) told.insert("entity_class_reason");
    for (auto const& problem : checked.error().fields) {
        if (input.problems.size() < most_problems && !told.contains(problem.field)) input.problems.push_back(problem);
    }
}

}  // namespace

OrganisationInput organisation_from(Json const& json) {
    OrganisationInput input;
    Members members(json, "", input.problems);
    take_organisation(members, input);
    members.refuse_others();
    add_other_problems(input);
    return input;
}

ProposalInput proposal_from(Json const& json) {
    ProposalInput input;
    Members members(json, "", input.problems);
    take_organisation(members, input);
    input.remark = members.text("remark", Need::optional).value_or("");
    members.refuse_others();
    add_other_problems(input);
    return input;
}

NationalSpaceInput national_space_from(Json const& json) {
    NationalSpaceInput input;
    Members members(json, "", input.problems);
    input.prefixes = members.texts("prefixes", most_prefixes, Need::required);
    members.list("as_numbers", most_as_numbers, Need::required, [&](Json const& entry, std::string const& path) {
        bool const fits =
            entry.is_number_unsigned() && entry.get<std::uint64_t>() <= std::numeric_limits<std::uint32_t>::max();
        if (fits) return input.as_numbers.push_back(entry.get<std::uint32_t>());
        members.wrong(path, "must be a whole number from 0 to 4294967295");
    });
    members.pass_over({"version", "changed_at"});
    members.refuse_others();
    return input;
}

}  // namespace kula::api
