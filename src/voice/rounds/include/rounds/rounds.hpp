#pragma once
/// @file
/// The rounds: every while, what the rules plan is written to those who are meant, through the gate into the outbox;
/// what an organisation is told goes to its webhook, too. Whose contacts nobody confirmed for long is asked whether
/// they are right (`registry/freshness.hpp`), in the team's working hours.
///
/// What a message tells or asks, its tickets, the gate's decisions and the mails are one transaction: `kill -9`
/// anywhere loses no message and tells none twice. A finding is `notified` when a mail server or the webhook has taken
/// the first message about it, and not before (`as_notified`). Safe from any thread; one round at a time.

#include <cstddef>
#include <functional>
#include <stop_token>
#include <string>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "findings/findings.hpp"
#include "findings/plan.hpp"
#include "findings/routing_store.hpp"
#include "notify/outbox.hpp"
#include "notify/webhooks.hpp"
#include "registry/registry.hpp"
#include "release/gate.hpp"
#include "rounds/answers.hpp"
#include "rounds/contact_links.hpp"
#include "storage/database.hpp"

namespace kula::rounds {

/// Findings of one message; what is more is told with the next one.
constexpr std::size_t most_told = 2000;

/// What a round did.
struct Round {
    std::size_t messages = 0;         ///< Each under one ticket.
    std::size_t mails = 0, held = 0;  ///< To one contact each; held ones among them.
    std::size_t webhooks = 0;         ///< To organisations' own machines.
    std::size_t findings = 0;         ///< Told.
    std::size_t asked = 0;            ///< Organisations about whose contacts somebody was asked.
    std::size_t unreachable = 0;      ///< Messages that nobody can get.
    bool is_whole = true;             ///< There is no more to be told now.
};

class Rounds {
public:
    /// All outlive it.
    struct Rooms {
        storage::Database& database;
        findings::Findings& findings;
        findings::RoutingStore const& routing;
        registry::Registry const& registry;
        release::Gate const& gate;
        notify::Outbox const& outbox;
        notify::Webhooks const& webhooks;
        Answers const& answers;
        ContactLinks const& contact_links;
        base::Clock const& clock;
    };
    explicit Rounds(Rooms rooms) : rooms_(rooms) {}

    /// Nothing while the rules do not send; what may not leave yet is left for a later round. A message that cannot be
    /// made is told to `fault`, and the others are made. `unavailable` where the database does not answer.
    base::Result<Round> make(std::function<void(std::string const& sentence)> const& fault,
                             std::stop_token const& stop);

private:
    struct Making;
    Rooms const rooms_;
};

/// For `notify::OutboxOptions::on_sent`: takes the findings that a message was about to `notified`. They outlive it.
std::function<void(storage::Session& session, notify::Message const& message, notify::Topics const& topics)>
as_notified(findings::Findings& findings);

}  // namespace kula::rounds
