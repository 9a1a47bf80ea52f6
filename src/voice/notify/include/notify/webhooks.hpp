#pragma once
/// @file
/// Webhooks: where an organisation's own machine takes what the organisation is told, and the secrets that it is signed
/// with. What is sent there goes through the outbox (`outbox.hpp`), as mail does.
///
/// A secret is made here, told once, and kept sealed. One that is renewed signs beside the new one for a day, so that a
/// receiver can change over without losing anything; then it is deleted. All members are safe from any thread.

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "base/actor.hpp"
#include "base/clock.hpp"
#include "base/record.hpp"
#include "base/result.hpp"
#include "journal/journal.hpp"
#include "notify/outbox.hpp"
#include "release/gate.hpp"
#include "seals/secret_box.hpp"
#include "storage/database.hpp"

namespace kula::notify {

struct Webhook {
    registry::OrganisationId organisation;
    std::string url{};
    bool is_enabled = true;
    std::optional<base::Instant> gone_at{};       ///< It answered 410, and is off since.
    std::optional<base::Instant> succeeded_at{};  ///< Its machine took something last.
    std::optional<base::Instant> failed_at{};     ///< An attempt failed last.
    std::string failure{};                        ///< How; empty where none ever did.
    /// Until when what is sent is signed with a secret of before, too; nothing where it is not.
    std::optional<base::Instant> former_until{};
    base::Record record{};
};

/// With its secret, `whsec_…`, where that is new: it is never told again.
struct WebhookTold {
    Webhook webhook;
    std::optional<std::string> secret{};
};

/// So long a secret that was renewed signs beside the new one.
constexpr std::chrono::hours former_secret_signs{24};

class Webhooks {
public:
    /// Behind `Outbox::open`, which brings the tables up to date. All outlive it.
    Webhooks(storage::Database& database, journal::Journal& journal, release::Gate const& gate, Outbox const& outbox,
             seals::SecretBox const& secrets, base::Clock const& clock)
        : database_(database), journal_(journal), gate_(gate), outbox_(outbox), secrets_(secrets), clock_(clock) {}

    /// Nothing where the organisation has none. `not_found` where it is outside the clearance, as below.
    [[nodiscard]] base::Result<std::optional<Webhook>> find(registry::OrganisationId organisation,
                                                            base::Clearance const& clearance) const;
    /// Makes it, or changes where it leads. Another server gets a new secret. `invalid` for an address that is none, is
    /// longer than 2,000 bytes, or is in the clear off this machine.
    base::Result<WebhookTold> put(registry::OrganisationId organisation, std::string const& url, bool is_enabled,
                                  base::Actor const& actor) const;
    /// What is signed from now on is signed with the new one, and for a day with the ones of before, three at most.
    /// `conflict` where there is no webhook.
    base::Result<WebhookTold> renew_secret(registry::OrganisationId organisation, base::Actor const& actor) const;
    /// Where there is none, nothing happens. What waits for it is held.
    base::Result<void> remove(registry::OrganisationId organisation, base::Actor const& actor) const;
    /// Enters a message of the type `test`, TLP:CLEAR. `conflict` where there is no webhook, or it is off.
    base::Result<Message> test(registry::OrganisationId organisation, base::Actor const& actor) const;

    /// For the sender: the keys that are behind the secrets, today's first. `invalid` where that one was sealed with
    /// another key than today's.
    [[nodiscard]] base::Result<std::vector<std::string>> keys(registry::OrganisationId organisation) const;
    /// Deletes those whose day is over. Called now and then.
    base::Result<void> forget_former_secrets() const;

private:
    storage::Database& database_;
    journal::Journal& journal_;
    release::Gate const& gate_;
    Outbox const& outbox_;
    seals::SecretBox const secrets_;
    base::Clock const& clock_;
};

}  // namespace kula::notify
