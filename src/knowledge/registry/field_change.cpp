#include "registry/field_change.hpp"

#include <algorithm>

namespace kula::registry {
namespace {

using Text = std::optional<std::string>;
using Changes = std::vector<FieldChange>;

void add(Changes& out, std::string field, Text before, Text after, Text of = {}) {
    if (before != after) out.push_back({std::move(field), std::move(of), std::move(before), std::move(after)});
}

template <class Choice>
Text chosen(std::optional<Choice> const& choice) {
    return choice ? Text(to_text(*choice)) : std::nullopt;
}

Text listed(std::vector<std::string> const& parts) {
    std::string out;
    for (auto const& part : parts) out += (out.empty() ? "" : ", ") + part;
    return out.empty() ? std::nullopt : Text(out);
}

Text fingerprint(std::optional<seals::PublicKey> const& key) { return key ? Text(key->fingerprint) : std::nullopt; }

Text clock(Contact const& contact) { return contact.attendance == Attendance::round_the_clock ? "yes" : "no"; }

void add_networks(Changes& out, std::vector<Network> const& before, std::vector<Network> const& after) {
    for (auto const& network : before) {
        if (!std::binary_search(after.begin(), after.end(), network)) add(out, "networks", network.text(), {});
    }
    for (auto const& network : after) {
        if (!std::binary_search(before.begin(), before.end(), network)) add(out, "networks", {}, network.text());
    }
}

void add_contact(Changes& out, Contact const& before, Contact const& after, std::string const& of) {
    add(out, "contacts.role", before.role.empty() ? Text() : Text(before.role), after.role, of);
    add(out, "contacts.email", before.email, after.email, of);
    add(out, "contacts.phone", before.phone, after.phone, of);
    add(out, "contacts.languages", listed(before.languages), listed(after.languages), of);
    add(out, "contacts.round_the_clock", clock(before), clock(after), of);
    add(out, "contacts.pgp_key", fingerprint(before.openpgp), fingerprint(after.openpgp), of);
    add(out, "contacts.smime_certificate", fingerprint(before.smime), fingerprint(after.smime), of);
}

/// Name and how to reach it: what tells one contact from another of the same name.
std::string shown(Contact const& contact) {
    auto out = contact.name;
    for (auto const& part : {contact.email, contact.phone}) {
        if (part && *part != contact.name) out += ", " + *part;
    }
    return out;
}

void add_contacts(Changes& out, std::vector<Contact> const& before, std::vector<Contact> left) {
    bool is_order_kept = true;
    for (std::size_t at = 0; at < before.size(); ++at) {
        auto const& contact = before[at];
        auto found = std::find(left.begin(), left.end(), contact);
        if (found == left.end()) {
            found = std::find_if(left.begin(), left.end(),
                                 [&](Contact const& other) { return other.name == contact.name; });
        }
        if (found == left.end()) {
            add(out, "contacts", shown(contact), {});
            continue;
        }
        is_order_kept = is_order_kept && found == left.begin();
        add_contact(out, contact, *found, found->name);
        left.erase(found);
    }
    for (auto const& contact : left) {
        add(out, "contacts", {}, shown(contact));
        auto plain = Contact();  // Whoever decides sees all that is asked for.
        plain.role.clear();
        plain.email = contact.email;
        plain.phone = contact.phone;
        add_contact(out, plain, contact, contact.name);
    }
    if (!is_order_kept) out.push_back({"contacts.order", {}, {}, {}});
}

}  // namespace

Changes changes_between(OrganisationContent const& before, OrganisationContent const& after) {
    Changes out;
    add(out, "name", before.name, after.name);
    add(out, "short_name", before.short_name, after.short_name);
    add(out, "sector", before.sector, after.sector);
    add(out, "subsector", before.subsector, after.subsector);
    add(out, "size", chosen(before.size), chosen(after.size));
    add(out, "entity_class", chosen(before.entity_class), chosen(after.entity_class));
    add(out, "entity_class_reason", before.entity_class_reason, after.entity_class_reason);
    add(out, "languages", listed(before.languages), listed(after.languages));
    add(out, "country", before.country, after.country);
    add(out, "website", before.website, after.website);
    add(out, "notes", before.notes, after.notes);
    add(out, "parent", before.parent ? Text(before.parent->text()) : std::nullopt,
        after.parent ? Text(after.parent->text()) : std::nullopt);
    add_networks(out, before.networks, after.networks);
    add_contacts(out, before.contacts, after.contacts);
    return out;
}

Changes changes_between(base::Marking const& before, base::Marking const& after) {
    Changes out;
    add(out, "tlp", std::string(base::to_text(before.tlp)), std::string(base::to_text(after.tlp)));
    add(out, "pap", std::string(base::to_text(before.pap)), std::string(base::to_text(after.pap)));
    return out;
}

}  // namespace kula::registry
