#include "confirm_page.hpp"

#include "registry/contact_key.hpp"
#include "registry/vocabulary.hpp"

namespace kula::portal {
namespace {

using registry::Contact;
using registry::KeyState;

Html fact(Html const& inside) { return element("span", {{"class", "what"}}, inside); }

Html key_told(Visit const& visit, std::string const& kind, seals::PublicKey const& key, base::Instant now) {
    auto const& words = visit.words;
    auto const state = registry::state_of(key, now);
    std::string until;
    if (state == KeyState::revoked) {
        until = words("confirm.revoked");
    } else if (key.valid_until) {
        auto const* const end = state == KeyState::expired ? "confirm.ended" : "confirm.ends";
        until = words(end, {{"date", words.day(*key.valid_until)}});
    }
    return fact(Html(words("confirm.key", {{"kind", kind}}) + ' ') + element("code", key.fingerprint) +
                Html(until.empty() ? until : ' ' + until));
}

Html contact_told(Visit const& visit, Contact const& contact, base::Instant now) {
    auto const& words = visit.words;
    auto const* const role = registry::contact_role(contact.role);
    Html out = element("span", {{"class", "place"}}, contact.name) +
               fact(role == nullptr ? contact.role : role->labels.in(words.language())) +
               fact(contact.email ? *contact.email : words("confirm.no_email")) +
               fact(contact.phone ? *contact.phone : words("confirm.no_phone"));
    if (contact.openpgp) out += key_told(visit, "OpenPGP", *contact.openpgp, now);
    if (contact.smime) out += key_told(visit, "S/MIME", *contact.smime, now);
    if (!contact.openpgp && !contact.smime) out += fact(words("confirm.no_key"));
    return out;
}

Html note_told(Visit const& visit, ConfirmNote note) {
    if (note == ConfirmNote::thanks)
        return element("p", {{"class", "good"}, {"role", "status"}}, visit.words("confirm.thanks"));
    if (note == ConfirmNote::not_done)
        return element("p", {{"class", "bad"}, {"role", "alert"}}, visit.words("confirm.not_done"));
    return {};
}

/// What became of the contacts since the mail; empty where nothing did.
Html since_then(Visit const& visit, rounds::AskedContacts const& asked) {
    auto const& words = visit.words;
    if (!asked.is_still_theirs) return element("p", words("confirm.not_theirs"));
    auto const date = words.day(asked.confirmed_at);
    if (asked.have_changed) return element("p", words("confirm.changed", {{"date", date}}));
    return asked.is_settled ? element("p", words("confirm.settled", {{"date", date}})) : Html();
}

Html button(Visit const& visit, std::string_view path) {
    return element(
        "form", {{"method", "post"}, {"action", visit.path(path)}},
        element("p", {{"class", "field"}},
                element("button", {{"type", "submit"}, {"name", "right"}, {"value", "1"}, {"class", "button"}},
                        visit.words("confirm.right"))));
}

}  // namespace

Page confirm_page(Visit const& visit, rounds::AskedContacts const& asked, std::string_view path, ConfirmNote note,
                  base::Instant now) {
    auto const& words = visit.words;
    auto const title = words("confirm.title");
    Html content = element("h1", title) +
                   element("p", {{"class", "lead"}},
                           words("confirm.lead", {{"ticket", asked.ticket}, {"organisation", asked.name}})) +
                   note_told(visit, note);
    if (note != ConfirmNote::thanks) content += since_then(visit, asked);
    Html items;
    for (auto const& contact : asked.contacts) items += element("li", contact_told(visit, contact, now));
    if (!items.is_empty()) content += element("ul", {{"class", "findings"}}, items);
    if (!asked.is_settled && !asked.have_changed) content += button(visit, path);
    content += element("h2", words("confirm.wrong")) + element("p", words("confirm.wrong_lead"));
    content += element("p", {{"class", "what"}}, words("confirm.until", {{"date", words.day(asked.until)}}));
    Page page{path, title, title, std::move(content)};
    page.is_private = true;
    return page;
}

}  // namespace kula::portal
