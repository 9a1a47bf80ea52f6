#include "registry/organisation.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "checks.hpp"
#include "registry/sector.hpp"

namespace kula::registry {
namespace {

constexpr ContactRole roles[] = {ContactRole::security, ContactRole::technical, ContactRole::management,
                                 ContactRole::legal, ContactRole::other};
constexpr std::size_t most_networks = 2000;
constexpr std::size_t most_contacts = 100;

void check_contact(Contact& contact, std::string const& field, Checks& checks) {
    checks.text(field + ".name", contact.name, 200);
    checks.expect(!contact.name.empty(), field + ".name", "is empty");
    checks.text(field + ".email", contact.email, 254);
    checks.expect(!contact.email || is_mailbox(*contact.email), field + ".email", "is no mail address");
    checks.text(field + ".phone", contact.phone, 50);
    checks.expect(!contact.phone || is_phone(*contact.phone), field + ".phone", "is no telephone number");
    checks.text(field + ".language", contact.language, 2);
    bool const is_known =
        !contact.language || *contact.language == "mk" || *contact.language == "sq" || *contact.language == "en";
    checks.expect(is_known, field + ".language", "is none of mk, sq and en");
}

}  // namespace

std::string_view to_text(ContactRole role) {
    switch (role) {
        case ContactRole::security: return "security";
        case ContactRole::technical: return "technical";
        case ContactRole::management: return "management";
        case ContactRole::legal: return "legal";
        case ContactRole::other: break;
    }
    return "other";
}

std::optional<ContactRole> parse_contact_role(std::string_view text) {
    auto const* const found =
        std::find_if(std::begin(roles), std::end(roles), [text](ContactRole role) { return to_text(role) == text; });
    return found == std::end(roles) ? std::nullopt : std::optional(*found);
}

base::Result<OrganisationContent> checked(OrganisationContent content) {
    Checks checks;
    checks.text("name", content.name, 200);
    checks.expect(!content.name.empty(), "name", "is empty");
    checks.text("short_name", content.short_name, 40);
    checks.text("sector", content.sector, 100);
    checks.expect(!content.sector || is_sector(*content.sector), "sector", "is no known sector");
    checks.text("country", content.country, 10);
    checks.expect(!content.country || is_country(*content.country), "country", "is no ISO 3166-1 alpha-2 code");
    checks.text("website", content.website, 500);
    checks.expect(!content.website || is_web_address(*content.website), "website", "is no http or https address");
    checks.text("notes", content.notes, 10'000, LineBreaks::allow);
    checks.expect(content.networks.size() <= most_networks, "networks", "are more than 2,000");
    checks.expect(content.contacts.size() <= most_contacts, "contacts", "are more than 100");
    for (std::size_t i = 0; i < content.contacts.size() && !checks.error(); ++i) {
        check_contact(content.contacts[i], fmt::format("contacts[{}]", i), checks);
    }
    if (checks.error()) return *checks.error();
    auto& networks = content.networks;
    std::sort(networks.begin(), networks.end());
    networks.erase(std::unique(networks.begin(), networks.end()), networks.end());
    return content;
}

}  // namespace kula::registry
