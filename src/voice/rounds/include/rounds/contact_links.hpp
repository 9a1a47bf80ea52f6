#pragma once
/// @file
/// Contacts confirmed by link: whoever is asked whether an organisation's contacts are right says so without an
/// account.
///
/// A link is sealed as those of `answers.hpp` are, for this purpose alone: neither opens the other's page. It names one
/// mail, its end, and which contacts that mail told. Opening one changes nothing. All members are safe from any thread.

#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "notify/outbox.hpp"
#include "registry/registry.hpp"
#include "seals/secret_box.hpp"

namespace kula::rounds {

/// What stands behind such a link, as it is now.
struct AskedContacts {
    notify::MessageId message;
    std::string ticket;
    base::Instant until;  ///< The first moment at which it does not open any more.
    registry::OrganisationId organisation;
    std::string name;  ///< The organisation's.
    std::int64_t version = 1;
    std::vector<registry::Contact> contacts{};
    base::Instant confirmed_at{};
    bool is_settled = false;      ///< Since the mail was written they were confirmed, or changed.
    bool have_changed = false;    ///< They are not those that the mail told.
    bool is_still_theirs = true;  ///< The mail's reader is one of the contacts; else `contacts` are withheld.
};

class ContactLinks {
public:
    /// All outlive it.
    ContactLinks(registry::Registry& registry, notify::Outbox const& outbox, seals::SecretBox const& secrets,
                 base::Clock const& clock)
        : registry_(registry), outbox_(outbox), secrets_(secrets), clock_(clock) {}

    /// The part of an address that is the link; letters, digits, `.`, `-` and `_`, at most 140.
    [[nodiscard]] std::string token(notify::MessageId message, base::Instant until,
                                    std::vector<registry::Contact> const& contacts) const;

    /// `not_found` for what is no link of ours, is over, or names a mail or an organisation that is gone.
    [[nodiscard]] base::Result<AskedContacts> open(std::string_view token) const;
    /// Confirms what the mail told; where that is settled already, nothing happens. `conflict` where the contacts are
    /// others by now; `not_found` as `open`.
    base::Result<void> confirm(std::string_view token) const;

private:
    registry::Registry& registry_;
    notify::Outbox const& outbox_;
    seals::SecretBox const& secrets_;
    base::Clock const& clock_;
};

}  // namespace kula::rounds
