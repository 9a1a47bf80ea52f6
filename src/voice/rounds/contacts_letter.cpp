#include "contacts_letter.hpp"

#include "base/ascii.hpp"
#include "registry/contact_key.hpp"
#include "registry/vocabulary.hpp"

namespace kula::rounds {
namespace {

using kainjow::mustache::data;
using registry::Contact;
using registry::KeyState;

data key_told(char const* kind, seals::PublicKey const& key, base::Instant now) {
    auto const state = registry::state_of(key, now);
    data out;
    out.set("kind", kind);
    out.set("fingerprint", key.fingerprint);
    if (key.valid_until) out.set(state == KeyState::expired ? "ended" : "ends", day(*key.valid_until));
    out.set("is_revoked", state == KeyState::revoked);
    return out;
}

data contact_told(Contact const& contact, base::Language language, base::Instant now) {
    data keys{data::type::list};
    if (contact.openpgp) keys << key_told("OpenPGP", *contact.openpgp, now);
    if (contact.smime) keys << key_told("S/MIME", *contact.smime, now);
    auto const* const role = registry::contact_role(contact.role);
    data out;
    out.set("name", base::one_line(contact.name));
    out.set("role", role == nullptr ? contact.role : role->labels.in(language));
    if (contact.email) out.set("email", base::one_line(*contact.email));
    if (contact.phone) out.set("phone", base::one_line(*contact.phone));
    out.set("keys", keys);
    out.set("has_no_key", !contact.openpgp && !contact.smime);
    return out;
}

data told(ContactsMatter const& matter, base::Language language, base::Instant now) {
    auto const& organisation = matter.organisation;
    data contacts{data::type::list};
    for (auto const& contact : organisation.content.contacts) contacts << contact_told(contact, language, now);
    data out;
    out.set("is_again", matter.step == registry::Freshness::again);
    out.set("to_owner", matter.side == findings::Side::organisation);
    out.set("to_parent", matter.side == findings::Side::parent);
    out.set("to_team", matter.side == findings::Side::team);
    out.set("organisation", base::one_line(organisation.content.name));
    out.set("reader", base::one_line(matter.contact.name));
    out.set("confirmed", day(organisation.contacts_confirmed_at));
    if (auto const& asked = organisation.contacts_asking.last_at) out.set("asked", day(*asked));
    out.set("contacts", contacts);
    if (matter.link) add_link(out, *matter.link);
    // Beside contacts with fields of the same names.
    data sender;
    add_sender(sender, matter.team, language);
    out.set("sender", sender);
    return out;
}

}  // namespace

base::Marking marking_of(registry::Organisation const& organisation) {
    return base::strictest(organisation.record.marking, {base::Tlp::amber, base::Pap::clear});
}

notify::Letter letter_of(ContactsMatter const& matter, base::Instant now) {
    auto const language = language_of(matter.contact, matter.team);
    auto letter = filled_in("contacts", language, told(matter, language, now));
    letter.marking = marking_of(matter.organisation);
    return letter;
}

}  // namespace kula::rounds
