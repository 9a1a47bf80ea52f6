#include "webhook_table.hpp"

#include "storage/record.hpp"

namespace kula::notify::webhook_table {

using storage::Session;
using Moment = std::optional<base::Instant>;

std::optional<Webhook> find(Session const& session, registry::OrganisationId organisation, base::Instant now) {
    auto const row = session.row<std::string, bool, Moment, Moment, Moment, std::string, base::Record>(
        "select url, enabled, gone_at, succeeded_at, failed_at, failure, " KULA_RECORD_COLUMNS
        " from webhook where organisation = ?",
        organisation);
    if (!row) return std::nullopt;
    auto const& [url, is_enabled, gone_at, succeeded_at, failed_at, failure, record] = *row;
    auto const signs_until = session.value<Moment>(
        "select max(until) from webhook_former_secret where organisation = ? and until > ?", organisation, now);
    return Webhook{organisation, url, is_enabled, gone_at, succeeded_at, failed_at, failure, signs_until, record};
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
    forget_former_keys(session, organisation);
    return session.execute("delete from webhook where organisation = ?", organisation) > 0;
}

void store_state(Session& session, Webhook const& webhook) {
    session.execute(
        "update webhook set enabled = ?, gone_at = ?, succeeded_at = ?, failed_at = ?, failure = ? where organisation "
        "= ?",
        webhook.is_enabled, webhook.gone_at, webhook.succeeded_at, webhook.failed_at, webhook.failure,
        webhook.organisation);
}

std::vector<std::string> former_keys(Session const& session, registry::OrganisationId organisation, base::Instant now) {
    return session.column<std::string>(
        "select secret from webhook_former_secret where organisation = ? and until > ? order by until desc",
        organisation, now);
}

void add_former_key(Session& session, registry::OrganisationId organisation, std::string const& sealed_key,
                    base::Instant until, std::size_t most) {
    session.execute(
        "insert into webhook_former_secret (organisation, until, secret) values (?, ?, ?) on conflict (organisation, "
        "until) do nothing",
        organisation, until, sealed_key);
    session.execute(
        "delete from webhook_former_secret where organisation = ? and until not in (select until from "
        "webhook_former_secret where organisation = ? order by until desc limit ?)",
        organisation, organisation, most);
}

void forget_former_keys(Session& session, registry::OrganisationId organisation) {
    session.execute("delete from webhook_former_secret where organisation = ?", organisation);
}

void forget_former_keys(Session& session, base::Instant now) {
    session.execute("delete from webhook_former_secret where until <= ?", now);
}

}  // namespace kula::notify::webhook_table
