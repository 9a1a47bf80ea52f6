#include "registry/organisation.hpp"

#include <fmt/format.h>
#include <unicode/uloc.h>

#include <algorithm>
#include <set>

#include "checked_fields.hpp"
#include "registry/vocabulary.hpp"

namespace kula::registry {
namespace {

constexpr std::size_t most_networks = 2000;
constexpr std::size_t most_contacts = 100;
constexpr std::size_t most_languages = 10;

bool is_language(std::string_view code) {
    static std::set<std::string, std::less<>> const known = [] {
        std::set<std::string, std::less<>> out;
        for (auto const* const* each = uloc_getISOLanguages(); *each != nullptr; ++each) {
            if (std::string_view(*each).size() == 2) out.insert(*each);
        }
        return out;
    }();
    return known.contains(code);
}

void check_languages(std::vector<std::string>& languages, std::string const& field, Checks& checks) {
    std::vector<std::string> once;
    checks.expect(languages.size() <= most_languages, field, "are more than 10");
    for (auto const& code : languages) {
        checks.expect(is_language(code), field, "holds what is no ISO 639-1 code");
        if (std::find(once.begin(), once.end(), code) == once.end()) once.push_back(code);
    }
    languages = std::move(once);
}

using ReadKey = base::Result<seals::PublicKey> (*)(std::string_view text);

/// One that came with its text only is read.
void check_key(std::optional<seals::PublicKey>& key, std::string const& field, ReadKey read, Checks& checks) {
    if (key && trimmed(key->text).empty()) key.reset();
    if (!key || !key->fingerprint.empty()) return;
    auto found = read(key->text);
    if (found.has_error()) return checks.refuse(field, found.error());
    key = std::move(*found);
}

void check_contact(Contact& contact, std::string const& field, Checks& checks) {
    checks.text(field + ".name", contact.name, 200);
    checks.expect(!contact.name.empty(), field + ".name", "is empty");
    checks.text(field + ".email", contact.email, 254);
    checks.expect(!contact.email || is_mailbox(*contact.email), field + ".email", "is no mail address");
    checks.text(field + ".phone", contact.phone, 50);
    checks.expect(!contact.phone || is_phone(*contact.phone), field + ".phone", "is no telephone number");
    checks.expect(is_contact_role(contact.role), field + ".role", "is no known role");
    check_languages(contact.languages, field + ".languages", checks);
    check_key(contact.openpgp, field + ".pgp_key", seals::read_openpgp_key, checks);
    check_key(contact.smime, field + ".smime_certificate", seals::read_smime_certificate, checks);
}

/// What only holds between fields.
void check_together(OrganisationContent const& content, Checks& checks) {
    auto const* const known = content.sector ? sector(*content.sector) : nullptr;
    bool const is_part = !content.subsector || (known != nullptr && subsector(*known, *content.subsector) != nullptr);
    if (!checks.names("sector")) checks.expect(is_part, "subsector", "is none of the sector's");
    if (checks.names("entity_class")) return;
    checks.expect(!content.entity_class || content.entity_class_reason, "entity_class_reason",
                  "is needed where there is a class");
    checks.expect(content.entity_class || !content.entity_class_reason, "entity_class_reason",
                  "stands without a class");
}

}  // namespace

void check_fields(OrganisationContent& content, Checks& checks) {
    checks.text("name", content.name, 200);
    checks.expect(!content.name.empty(), "name", "is empty");
    checks.text("short_name", content.short_name, 40);
    checks.text("sector", content.sector, 100);
    checks.expect(!content.sector || is_sector(*content.sector), "sector", "is no known sector");
    checks.text("subsector", content.subsector, 100);
    checks.text("entity_class_reason", content.entity_class_reason, 500);
    check_languages(content.languages, "languages", checks);
    checks.text("country", content.country, 10);
    checks.expect(!content.country || is_country(*content.country), "country", "is no ISO 3166-1 alpha-2 code");
    checks.text("website", content.website, 500);
    checks.expect(!content.website || is_web_address(*content.website), "website", "is no http or https address");
    checks.text("notes", content.notes, 10'000, LineBreaks::allow);
    checks.expect(content.networks.size() <= most_networks, "networks", "are more than 2,000");
    checks.expect(content.contacts.size() <= most_contacts, "contacts", "are more than 100");
    for (std::size_t i = 0; i < std::min(content.contacts.size(), most_contacts); ++i)
        check_contact(content.contacts[i], fmt::format("contacts[{}]", i), checks);
    auto& contacts = content.contacts;
    if (contacts.size() > most_contacts) return;
    for (auto contact = contacts.begin(); contact != contacts.end();)
        contact = std::find(contacts.begin(), contact, *contact) == contact ? contact + 1 : contacts.erase(contact);
    auto& networks = content.networks;
    std::sort(networks.begin(), networks.end());
    networks.erase(std::unique(networks.begin(), networks.end()), networks.end());
}

std::vector<Contact> contacts_for(std::vector<Contact> const& contacts, std::vector<std::string> const& roles) {
    std::vector<Contact> out;
    for (auto const& role : roles) {
        std::copy_if(contacts.begin(), contacts.end(), std::back_inserter(out),
                     [&role](Contact const& each) { return each.role == role && each.email; });
        if (!out.empty()) break;
    }
    return out;
}

base::Result<OrganisationContent> checked(OrganisationContent content) {
    Checks checks;
    check_fields(content, checks);
    check_together(content, checks);
    if (auto error = checks.error()) return *std::move(error);
    return content;
}

}  // namespace kula::registry
