#include "recipients.hpp"

namespace kula::rounds {

base::Result<std::vector<Recipient>> recipients_of(Rounds::Rooms const& rooms, registry::OrganisationId organisation,
                                                   std::vector<registry::Contact> const& contacts,
                                                   base::Marking const& marking) {
    release::Choice choice;
    for (auto const& contact : contacts) choice.addresses.push_back(*contact.email);
    auto found = rooms.gate.addressees(organisation, choice, base::Clearance::everything());
    if (!found) return found.error();
    std::vector<Recipient> out;
    for (auto& addressee : *found) {
        addressee.addressed = release::Addressed::by_role;
        auto const decision = rooms.gate.foretell(marking, addressee);
        if (!decision) return decision.error();
        if (decision->verdict == release::Verdict::refused) continue;
        out.push_back({std::move(addressee), *decision, notify::MessageId::make(rooms.clock.now())});
    }
    return out;
}

notify::MessageState enter(storage::Session& session, Rounds::Rooms const& rooms, notify::Letter letter,
                           Recipient const& recipient, notify::Topics const& topics) {
    auto const outcome =
        rooms.gate.release(session, std::move(letter), recipient.addressee, recipient.decision, sender);
    return std::visit([&](auto const& decided) { return rooms.outbox.enter(session, decided, sender, topics); },
                      outcome)
        .state;
}

}  // namespace kula::rounds
