#pragma once
// Who gets a message, and its way through the gate into the outbox.

#include <vector>

#include "rounds/rounds.hpp"

namespace kula::rounds {

inline base::Actor const sender{"system:rounds"};

/// A contact who gets a mail, or a webhook, and what the gate says of it.
struct Recipient {
    release::Addressee addressee;
    release::Decision decision;
    notify::MessageId message;

    [[nodiscard]] bool is_machine() const { return !addressee.webhook.empty(); }
};

/// Of these contacts of one organisation, or of `release::the_team`, those whom the gate does not refuse; each has a
/// mail address.
base::Result<std::vector<Recipient>> recipients_of(Rounds::Rooms const& rooms, registry::OrganisationId organisation,
                                                   std::vector<registry::Contact> const& contacts,
                                                   base::Marking const& marking);
/// In the caller's unit of work. Whether it may leave, or is held.
notify::MessageState enter(storage::Session& session, Rounds::Rooms const& rooms, notify::Letter letter,
                           Recipient const& recipient, notify::Topics const& topics = {});

}  // namespace kula::rounds
