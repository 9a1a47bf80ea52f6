#pragma once
// SQL of the tables webhook and webhook_former_secret.

#include "notify/webhooks.hpp"
#include "storage/session.hpp"

namespace kula::notify::webhook_table {

/// Former secrets that are over at `now` do not count.
std::optional<Webhook> find(storage::Session const& session, registry::OrganisationId organisation, base::Instant now);
/// Empty where there is none.
std::string sealed_key(storage::Session const& session, registry::OrganisationId organisation);
/// Inserts it, or changes all but how it goes.
void put(storage::Session& session, Webhook const& webhook, std::string const& sealed_key);
/// With its former secrets.
bool remove(storage::Session& session, registry::OrganisationId organisation);
/// How it goes; leaves the record as it is, because nobody changed it.
void store_state(storage::Session& session, Webhook const& webhook);

/// The one until last first; none that is over at `now`.
std::vector<std::string> former_keys(storage::Session const& session, registry::OrganisationId organisation,
                                     base::Instant now);
/// Of more than `most`, those that are over first are forgotten.
void add_former_key(storage::Session& session, registry::OrganisationId organisation, std::string const& sealed_key,
                    base::Instant until, std::size_t most);
void forget_former_keys(storage::Session& session, registry::OrganisationId organisation);
/// Of all webhooks, those that are over.
void forget_former_keys(storage::Session& session, base::Instant now);

}  // namespace kula::notify::webhook_table
