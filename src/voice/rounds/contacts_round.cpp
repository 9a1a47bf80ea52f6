#include "contacts_round.hpp"

#include <fmt/format.h>

#include "contacts_letter.hpp"

namespace kula::rounds {
namespace {

using findings::Side;
using registry::Contact;
using registry::Freshness;
using registry::Organisation;

/// Who answers for an organisation below their own.
std::vector<std::string> const roles_above{"management", "security", "duty", "technical"};

Side side_of(Freshness step) {
    if (step == Freshness::team) return Side::team;
    return step == Freshness::above ? Side::parent : Side::organisation;
}

Freshness behind(Freshness step) { return static_cast<Freshness>(static_cast<int>(step) + 1); }

std::vector<Contact> with_mail(std::vector<Contact> const& contacts) {
    std::vector<Contact> out;
    for (auto const& contact : contacts) {
        if (contact.email && out.size() < most_asked) out.push_back(contact);
    }
    return out;
}

}  // namespace

base::Result<std::vector<Recipient>> ContactsRound::reached(Organisation const& organisation, Side side) const {
    auto const marking = marking_of(organisation);
    auto const of = [&](registry::OrganisationId id, std::vector<Contact> const& contacts) {
        if (contacts.empty()) return base::Result<std::vector<Recipient>>(std::vector<Recipient>());
        auto found = recipients_of(rooms_, id, contacts, marking);
        // Whom nothing would leave for was not asked; nobody is told that they did not answer.
        if (found)
            std::erase_if(*found,
                          [](Recipient const& each) { return each.decision.verdict == release::Verdict::held; });
        return found;
    };
    if (side == Side::organisation) return of(organisation.id, with_mail(organisation.content.contacts));
    if (side == Side::team) {
        auto const team = rooms_.registry.team()->as_contact();
        return of(release::the_team, team ? std::vector{*team} : std::vector<Contact>());
    }
    if (!organisation.content.parent) return std::vector<Recipient>();
    auto const above = rooms_.registry.find(*organisation.content.parent, base::Clearance::everything());
    if (!above && above.error().fault != base::Fault::not_found) return above.error();
    return of(*organisation.content.parent,
              above ? with_mail(registry::contacts_for(above->content.contacts, roles_above)) : std::vector<Contact>());
}

base::Result<ContactsRound::Asking> ContactsRound::asking(Organisation const& organisation) const {
    for (auto step = behind(organisation.contacts_asking.step);; step = behind(step)) {
        auto found = reached(organisation, side_of(step));
        if (!found) return found.error();
        if (!found->empty() || step == Freshness::team) return Asking{step, side_of(step), std::move(*found)};
    }
}

base::Result<notify::Letter> ContactsRound::letter(Organisation const& organisation, Asking const& asking,
                                                   Recipient const& recipient, std::string const& ticket) const {
    auto const team = rooms_.registry.team();
    ContactsMatter matter{organisation, asking.step, asking.side, recipient.addressee.contact, team->content};
    if (asking.side == Side::organisation && !team->content.portal.empty()) {
        auto const until = rooms_.clock.now() + link_life;
        auto const language = base::to_text(language_of(matter.contact, matter.team));
        auto const token = rooms_.contact_links.token(recipient.message, until, organisation.content.contacts);
        matter.link = {fmt::format("{}/{}/confirm/{}", team->content.portal, language, token), until};
    }
    auto letter = letter_of(matter, rooms_.clock.now());
    letter.id = recipient.message;
    letter.ticket = ticket;
    if (auto const right = notify::check(letter); !right) return right.error();
    return letter;
}

base::Result<void> ContactsRound::write(registry::StaleContacts const& stale, Organisation const& organisation,
                                        Asking const& asking) {
    auto const& recipients = asking.recipients;
    auto const about = recipients.empty() ? std::string() : "message:" + recipients.front().message.text();
    std::size_t held = 0;
    auto const done =
        rooms_.database.write(storage::Priority::bulk, [&](storage::Session& session) -> base::Result<bool> {
            held = 0;
            if (!rooms_.registry.asked_about_contacts(session, stale, asking.step, about, sender)) return false;
            if (recipients.empty()) return true;
            auto const ticket = rooms_.outbox.next_ticket(session);
            for (auto const& recipient : recipients) {
                auto made = letter(organisation, asking, recipient, ticket);
                if (!made) return made.error();
                if (enter(session, rooms_, *std::move(made), recipient) == notify::MessageState::held) ++held;
            }
            return true;
        });
    if (!done) return done.error();
    if (!*done) return {};
    if (recipients.empty()) {
        ++round_.unreachable;
        return {};
    }
    rooms_.outbox.wake();
    ++round_.messages;
    ++round_.asked;
    round_.mails += recipients.size();
    round_.held += held;
    return {};
}

base::Result<void> ContactsRound::ask(registry::StaleContacts const& stale) {
    auto const organisation = rooms_.registry.find(stale.organisation, base::Clearance::everything());
    if (!organisation && organisation.error().fault == base::Fault::not_found) return {};  // It was removed.
    if (!organisation) return organisation.error();
    // What was confirmed, changed or asked meanwhile is left alone, as `asked_about_contacts` would.
    if (organisation->contacts_confirmed_at != stale.confirmed_at || organisation->contacts_asking != stale.asking)
        return {};
    auto const next = asking(*organisation);
    return next ? write(stale, *organisation, *next) : next.error();
}

base::Result<void> ContactsRound::make(std::function<void(std::string const& sentence)> const& fault,
                                       std::stop_token const& stop) {
    if (timetable_.waiting(findings::Leaves::in_working_hours, rooms_.clock.now())) return {};
    auto const found = rooms_.registry.stale_contacts();
    if (!found) return found.error();
    for (auto const& stale : *found) {
        if (stop.stop_requested()) break;
        auto const asked = ask(stale);
        if (!asked && asked.error().fault == base::Fault::unavailable) return asked.error();
        if (!asked)
            fault(fmt::format("contacts of organisation {} are not asked about: {}", stale.organisation.text(),
                              asked.error().detail));
    }
    return {};
}

}  // namespace kula::rounds
