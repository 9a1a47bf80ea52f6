#include "webhook_table.hpp"

#include "storage/record.hpp"

namespace kula::notify::webhook_table {

using storage::Session;
using Moment = std::optional<base::Instant>;

std::optional<Webhook> find(Session const& session, registry::OrganisationId organisation) {
    auto const row = session.row<std::string, bool, Moment, Moment, Moment, std::string, base::Record>(
        "select url, enabled, gone_at, succeeded_at, failed_at, failure, " KULA_RECORD_COLUMNS
        " from webhook where organisation = ?",
        organisation);
    if (!row) return std::nullopt;
    auto const& [url, is_enabled, gone_at, succeeded_at, failed_at, failure, record] = *row;
    return Webhook{organisation, url, is_enabled, gone_at, succeeded_at, failed_at, failure, record};
}

std::string sealed_key(Session const& session, registry::OrganisationId organisation) {
    auto const row = session.row<std::string>("select secret from webhook where organisation = ?", organisation);
    return row ? std::get<0>(*row) : std::string();
}

void put(Session& session, Webhook const& webhook, std::string const& sealed_key) {
    session.execute(
        "insert into webhook (organisation, url, secret, enabled, gone_at, succeeded_at, failed_at, failure, " KULA_RECORD_COLUMNS
        ") values (?, ?, ?, ?, ?, ?, ?, ?, " KULA_RECORD_PLACES
        ") on conflict (organisation) do update set url = excluded.url, secret = excluded.secret, " KULA_RECORD_UPDATE(
            "webhook"),
        webhook.organisation, webhook.url, sealed_key, webhook.is_enabled, webhook.gone_at, webhook.succeeded_at,
        webhook.failed_at, webhook.failure, webhook.record);
    store_state(session, webhook);
}

bool remove(Session& session, registry::OrganisationId organisation) {
    return session.execute("delete from webhook where organisation = ?", organisation) > 0;
}

void store_state(Session& session, Webhook const& webhook) {
    session.execute(
        "update webhook set enabled = ?, gone_at = ?, succeeded_at = ?, failed_at = ?, failure = ? where organisation "
        "= ?",
        webhook.is_enabled, webhook.gone_at, webhook.succeeded_at, webhook.failed_at, webhook.failure,
        webhook.organisation);
}

}  // namespace kula::notify::webhook_table
