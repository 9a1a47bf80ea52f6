#pragma once
// SQL of the table webhook.

#include "notify/webhooks.hpp"
#include "storage/session.hpp"

namespace kula::notify::webhook_table {

std::optional<Webhook> find(storage::Session const& session, registry::OrganisationId organisation);
/// Empty where there is none.
std::string sealed_key(storage::Session const& session, registry::OrganisationId organisation);
/// Inserts it, or changes all but how it goes.
void put(storage::Session& session, Webhook const& webhook, std::string const& sealed_key);
bool remove(storage::Session& session, registry::OrganisationId organisation);
/// How it goes; leaves the record as it is, because nobody changed it.
void store_state(storage::Session& session, Webhook const& webhook);

}  // namespace kula::notify::webhook_table
