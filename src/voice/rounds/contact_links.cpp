#include "rounds/contact_links.hpp"

#include <algorithm>

#include "sealed_link.hpp"
#include "seals/digest.hpp"

namespace kula::rounds {
namespace {

using registry::Contact;

constexpr std::string_view contacts_purpose = "contacts-link";

/// By which contacts are known again: all that is told of them.
std::string digest_of(std::vector<Contact> const& contacts) {
    seals::Sha256 digest;
    auto const add = [&digest](std::string_view text) {
        digest.add(std::to_string(text.size()));
        digest.add(" ");
        digest.add(text);
    };
    for (auto const& contact : contacts) {
        add(contact.name);
        add(contact.role);
        for (auto const* const text : {&contact.email, &contact.phone}) add(text->value_or(""));
        for (auto const* const key : {&contact.openpgp, &contact.smime}) add(*key ? (*key)->text : "");
    }
    return seals::hex(digest.finish()).substr(0, 24);
}

}  // namespace

std::string ContactLinks::token(notify::MessageId message, base::Instant until,
                                std::vector<Contact> const& contacts) const {
    return sealed(secrets_, {message, until, digest_of(contacts)}, contacts_purpose);
}

base::Result<AskedContacts> ContactLinks::open(std::string_view token) const {
    auto const link = opened(secrets_, token, contacts_purpose, clock_.now());
    if (!link) return no_link();
    auto const message = outbox_.find(link->message, base::Clearance::everything());
    if (!message && message.error().fault == base::Fault::not_found) return no_link();
    if (!message) return message.error();
    auto stored = registry_.find(message->organisation, base::Clearance::everything());
    if (!stored && stored.error().fault == base::Fault::not_found) return no_link();
    if (!stored) return stored.error();
    AskedContacts out{link->message, message->ticket,      link->until,
                      stored->id,    stored->content.name, stored->record.version};
    out.confirmed_at = stored->contacts_confirmed_at;
    out.is_settled = stored->contacts_asking.step == registry::Freshness::fresh;
    auto& contacts = stored->content.contacts;
    out.have_changed = digest_of(contacts) != link->about;
    out.is_still_theirs = std::any_of(contacts.begin(), contacts.end(),
                                      [&message](Contact const& contact) { return contact.email == message->address; });
    if (out.is_still_theirs && !out.have_changed) out.contacts = std::move(contacts);
    return out;
}

base::Result<void> ContactLinks::confirm(std::string_view token) const {
    auto const asked = open(token);
    if (!asked) return asked.error();
    if (asked->have_changed || !asked->is_still_theirs) return base::conflict("contacts: are others by now");
    if (asked->is_settled) return {};
    base::Actor const actor{.name = "link:" + asked->message.text(),
                            .clearance = base::Clearance::of({asked->organisation.uuid()})};
    auto const done = registry_.confirm_contacts(asked->organisation, asked->version, actor);
    return done ? base::Result<void>() : done.error();
}

}  // namespace kula::rounds
