#include "notify/webhooks.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/ascii.hpp"
#include "net/web_address.hpp"
#include "seals/digest.hpp"
#include "storage/record.hpp"
#include "webhook_signature.hpp"
#include "webhook_table.hpp"

namespace kula::notify {
namespace {

using net::WebAddress;
using registry::OrganisationId;
using storage::Priority;
using storage::Session;
using Json = nlohmann::ordered_json;

constexpr std::size_t longest_url = 2000;
constexpr std::size_t most_former = 3;

std::string subject_of(OrganisationId organisation) { return "organisation:" + organisation.text(); }
std::string purpose_of(OrganisationId organisation) { return "webhook:" + organisation.text(); }
base::Error no_webhook() { return base::conflict("the organisation has no webhook"); }

/// What the trail says of it; that a secret was replaced shows, the secret does not.
std::string state_of(Webhook const& webhook) {
    return Json{{"url", webhook.url}, {"enabled", webhook.is_enabled}}.dump();
}

base::Result<WebAddress> checked(std::string const& url) {
    if (url.size() > longest_url) return base::invalid("url", "is longer than 2,000 bytes");
    auto address = WebAddress::parse(url);
    if (!address) return base::invalid("url", "must be a web address, without a name and password in it");
    if (!address->is_safe_on_the_way)
        return base::invalid("url", "must begin with https:// unless it leads to this machine");
    return *std::move(address);
}

void change(Webhook& webhook, base::Instant now, base::Actor const& actor) {
    webhook.record.changed_at = now;
    webhook.record.changed_by = actor.name;
    ++webhook.record.version;
}

Letter test_letter(base::Instant now, OrganisationId organisation, std::string const& name) {
    Letter letter;
    letter.id = MessageId::make(now);
    letter.marking = {base::Tlp::clear, base::Pap::clear};
    letter.subject = "Webhook test";
    letter.language = "en";
    letter.author = formats::MailAuthor::program;
    letter.text = Json{{"type", "test"},
                       {"timestamp", base::to_seconds_text(now)},
                       {"data", {{"organisation", {{"id", organisation.text()}, {"name", name}}}}}}
                      .dump();
    return letter;
}

}  // namespace

base::Result<std::optional<Webhook>> Webhooks::find(OrganisationId organisation,
                                                    base::Clearance const& clearance) const {
    if (auto const known = gate_.machine(organisation, {}, clearance); !known) return known.error();
    return database_.read(
        [&](Session const& session) { return webhook_table::find(session, organisation, clock_.now()); });
}

base::Result<WebhookTold> Webhooks::put(OrganisationId organisation, std::string const& url, bool is_enabled,
                                        base::Actor const& actor) const {
    auto const address = checked(url);
    if (!address) return address.error();
    if (auto const known = gate_.machine(organisation, {}, actor.clearance); !known) return known.error();
    auto told = database_.write(Priority::interactive, [&](Session& session) -> base::Result<WebhookTold> {
        auto const before = webhook_table::find(session, organisation, clock_.now());
        Webhook after{organisation, url, is_enabled};
        auto sealed = webhook_table::sealed_key(session, organisation);
        std::optional<std::string> secret;
        if (!before || WebAddress::parse(before->url)->server != address->server) {
            auto const key = seals::random_bytes(webhook_key_length);
            sealed = secrets_.seal(key, purpose_of(organisation));
            secret = webhook_secret(key);
            webhook_table::forget_former_keys(session, organisation);  // They were another server's.
        }
        if (before && before->url == url) {
            if (before->is_enabled == is_enabled) return WebhookTold{*before};
            after = *before;
            after.is_enabled = is_enabled;
            after.gone_at.reset();
        }
        after.record = before ? before->record : storage::new_record(clock_, actor.name);
        if (before) change(after, clock_.now(), actor);
        webhook_table::put(session, after, sealed);
        // Without what was before: of the same subject, that would be told as a version of the organisation's record.
        journal_.append(session, actor, {"organisation.webhook_set", subject_of(organisation), "", state_of(after)});
        return WebhookTold{*webhook_table::find(session, organisation, clock_.now()), std::move(secret)};
    });
    if (told) outbox_.hurry(url);
    return told;
}

base::Result<WebhookTold> Webhooks::renew_secret(OrganisationId organisation, base::Actor const& actor) const {
    if (auto const known = gate_.machine(organisation, {}, actor.clearance); !known) return known.error();
    auto told = database_.write(Priority::interactive, [&](Session& session) -> base::Result<WebhookTold> {
        auto webhook = webhook_table::find(session, organisation, clock_.now());
        if (!webhook) return no_webhook();
        auto const key = seals::random_bytes(webhook_key_length);
        auto const former = webhook_table::sealed_key(session, organisation);
        change(*webhook, clock_.now(), actor);
        webhook_table::put(session, *webhook, secrets_.seal(key, purpose_of(organisation)));
        webhook->former_until = clock_.now() + former_secret_signs;
        webhook_table::add_former_key(session, organisation, former, *webhook->former_until, most_former);
        journal_.append(session, actor, {"organisation.webhook_secret_renewed", subject_of(organisation), {}, {}});
        return WebhookTold{*std::move(webhook), webhook_secret(key)};
    });
    if (told) outbox_.hurry(told->webhook.url);
    return told;
}

base::Result<void> Webhooks::remove(OrganisationId organisation, base::Actor const& actor) const {
    if (auto const known = gate_.machine(organisation, {}, actor.clearance); !known) return known.error();
    return database_.write(Priority::interactive, [&](Session& session) -> base::Result<void> {
        auto const before = webhook_table::find(session, organisation, clock_.now());
        if (!before) return {};
        webhook_table::remove(session, organisation);
        journal_.append(session, actor,
                        {"organisation.webhook_removed", subject_of(organisation), state_of(*before), ""});
        return {};
    });
}

base::Result<Message> Webhooks::test(OrganisationId organisation, base::Actor const& actor) const {
    auto const webhook = find(organisation, actor.clearance);
    if (!webhook) return webhook.error();
    if (!*webhook) return no_webhook();
    if (!(*webhook)->is_enabled) return base::conflict("the webhook is switched off");
    auto addressee = gate_.machine(organisation, (*webhook)->url, actor.clearance);
    if (!addressee) return addressee.error();
    auto letter = test_letter(clock_.now(), organisation, addressee->contact.name);
    auto const decision = gate_.foretell(letter.marking, *addressee);
    if (!decision) return decision.error();
    auto entered = database_.write(Priority::interactive, [&](Session& session) {
        auto wanted = letter;
        wanted.ticket = outbox_.next_ticket(session);
        auto const outcome = gate_.release(session, std::move(wanted), *addressee, *decision, actor);
        return std::visit([&](auto const& decided) { return outbox_.enter(session, decided, actor); }, outcome);
    });
    if (entered) outbox_.hurry((*webhook)->url);
    return entered;
}

base::Result<std::vector<std::string>> Webhooks::keys(OrganisationId organisation) const {
    auto const sealed = database_.read([&](Session const& session) {
        auto out = webhook_table::former_keys(session, organisation, clock_.now());
        out.insert(out.begin(), webhook_table::sealed_key(session, organisation));
        return out;
    });
    if (!sealed) return sealed.error();
    std::vector<std::string> out;
    for (auto const& each : *sealed) {
        auto key = secrets_.open(each, purpose_of(organisation));
        if (key) {
            out.push_back(*std::move(key));
        } else if (out.empty()) {
            return base::invalid("the secret was sealed with another key: renew it");
        }
    }
    return out;
}

base::Result<void> Webhooks::forget_former_secrets() const {
    return database_.write(Priority::bulk,
                           [&](Session& session) { webhook_table::forget_former_keys(session, clock_.now()); });
}

}  // namespace kula::notify
