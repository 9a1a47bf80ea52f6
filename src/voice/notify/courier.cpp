#include "notify/courier.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "net/reach.hpp"
#include "net/web_address.hpp"
#include "sending.hpp"
#include "turns.hpp"
#include "webhook_signature.hpp"

namespace kula::notify {
namespace {

constexpr std::chrono::seconds longest_attempt{15};
constexpr std::size_t largest_answer = 64 * 1024;    // Of which nothing is kept.
constexpr unsigned is_gone = 410;                    // RFC 9110 §15.5.11
constexpr std::chrono::minutes between_tidyings{1};  // Of former secrets.

/// As the table `webhook` has it, it is one.
net::WebAddress parsed(std::string const& address) { return *net::WebAddress::parse(address); }

TurnRules rules_of(CourierOptions const& options, Pauses const& pauses) {
    return {pauses, options.most_a_minute, std::max<std::size_t>(1, options.threads / 2)};
}

net::ClientRequest request_for(Message const& message, std::string body, std::vector<std::string> const& keys,
                               base::Instant now) {
    auto const second = std::chrono::floor<std::chrono::seconds>(now);
    auto const id = message.id.text();
    net::ClientRequest request{net::Method::post, parsed(message.address).target};
    request.headers.add("Content-Type", "application/json");
    request.headers.add("webhook-id", id);
    request.headers.add("webhook-timestamp", std::to_string(second.time_since_epoch().count()));
    request.headers.add("webhook-signature", webhook_signatures(keys, id, second, body));
    request.body = std::move(body);
    return request;
}

}  // namespace

WebTransport over_the_web(std::vector<base::Prefix> besides) {
    return [besides = std::move(besides)](std::string const& server, net::ClientRequest const& request,
                                          std::stop_token const& stop) -> WebAnswer {
        auto const client =
            net::Client::open({.server = server,
                               .largest_answer = largest_answer,
                               .longest = longest_attempt,
                               .may_reach = [&](base::Address to) { return net::is_within_reach(to, besides); },
                               .stop = stop});
        if (!client) return {client.error(), false};
        auto answer = (*client)->ask(request, [](std::string_view /*nobody reads it*/) { return true; });
        return {std::move(answer), (*client)->may_have_arrived()};
    };
}

Courier::Courier(Outbox& outbox, Webhooks const& webhooks, release::Gate const& gate, WebTransport transport,
                 base::Clock const& clock, CourierOptions options)
    : outbox_(outbox),
      webhooks_(webhooks),
      gate_(gate),
      transport_(std::move(transport)),
      clock_(clock),
      options_(options),
      turns_(std::make_shared<Turns>(clock, rules_of(options, pauses()),
                                     [](std::string const& address) { return parsed(address).server; })),
      bell_(std::make_shared<Bell>()) {
    outbox_.on_entered([bell = bell_] { bell->ring(); });
    outbox_.on_hurried([turns = turns_](std::string const& address) {
        if (net::WebAddress::parse(address)) turns->hurry(address);
    });
}

Courier::~Courier() {
    for (auto& thread : threads_) thread.request_stop();
}

void Courier::start(std::function<void(std::string const& sentence)> fault) {
    fault_ = std::move(fault);
    for (std::size_t number = 0; number < options_.threads; ++number)
        threads_.emplace_back([this](std::stop_token const& stop) { run(stop); });
}

void Courier::run(std::stop_token const& stop) {
    send_until_stopped(*bell_, options_.look, fault_, stop, [&] { return send_one(stop); });
}

Pauses Courier::pauses() const { return {options_.first_pause, options_.longest_pause}; }

base::Result<std::optional<Outbox::Due>> Courier::taken() {
    std::lock_guard const lock(taking_);
    if (auto const now = clock_.now(); now >= tidied_at_ + between_tidyings) {
        if (auto const forgotten = webhooks_.forget_former_secrets(); !forgotten) return forgotten.error();
        tidied_at_ = now;
    }
    auto due = outbox_.take(Channel::webhook, [this](auto const& addresses) { return turns_->next(addresses); });
    if (due && *due) turns_->begin((*due)->way);
    return due;
}

base::Result<bool> Courier::send_one(std::stop_token const& stop) {
    auto const due = taken();
    if (!due) return due.error();
    if (!*due) return false;
    auto const& message = (*due)->message;
    auto settlement = carry(**due, stop);
    if (!settlement) settlement = later(message, pauses(), clock_.now(), "not_made", settlement.error().detail);
    auto const kept = keep(outbox_, message.id, *settlement, options_.look, fault_, stop);
    turns_->end((*due)->way);
    if (!kept) return kept.error();
    return true;
}

base::Result<Settlement> Courier::carry(Outbox::Due const& due, std::stop_token const& stop) {
    auto const& message = due.message;
    auto const now = clock_.now();
    auto found = still_to_send(outbox_, due, now);
    if (!found) return found.error();
    if (auto const* const over = std::get_if<Settlement>(&*found)) return *over;
    auto& letter = std::get<Letter>(*found);
    auto const webhook = webhooks_.find(message.organisation, base::Clearance::everything());
    bool const is_unknown = !webhook && webhook.error().fault == base::Fault::not_found;
    if (!webhook && !is_unknown) return webhook.error();
    if (is_unknown || !*webhook || (*webhook)->url != message.address)
        return ended(MessageState::held, why::no_webhook, now);
    if (!(*webhook)->is_enabled) return ended(MessageState::held, why::webhook_off, now);
    auto const addressee = gate_.machine(message.organisation, message.address, base::Clearance::everything());
    if (!addressee) return addressee.error();
    auto const decision = gate_.foretell(letter.marking, *addressee);
    if (!decision) return decision.error();
    if (auto const kept = outbox_.decide_again(due, letter, *addressee, *decision); !kept) return kept.error();
    if (decision->verdict != release::Verdict::released)
        return ended(MessageState::held, release::to_text(decision->reason), now);
    auto const keys = webhooks_.keys(message.organisation);
    if (!keys) return keys.error();
    turns_->ask(due.way);
    return settled(due, transport_(parsed(message.address).server,
                                   request_for(message, std::move(letter.text), *keys, now), stop));
}

Settlement Courier::settled(Outbox::Due const& due, WebAnswer const& told) {
    auto const& message = due.message;
    auto const& answer = told.answer;
    auto const now = clock_.now();
    if (!answer) {
        auto out = later(message, pauses(), now, "no_answer", answer.error().detail);
        out.may_have_been_sent = told.may_have_arrived;
        if (told.may_have_arrived) {
            turns_->let_rest(due.way, now);
        } else {
            turns_->let_host_rest(due.way);
        }
        return out;
    }
    auto out = later(message, pauses(), now, "deferred", net::sentence_of(*answer));
    out.attempt.code = answer->status;
    if (answer->is_good()) {
        out.state = MessageState::sent;
        out.attempt.outcome = "accepted";
        out.attempt.answer.clear();
        turns_->went_well(due.way);
    } else if (answer->status == is_gone) {
        out.state = MessageState::failed;
        out.reason = why::gone;
        out.attempt.outcome = "rejected";
    } else {
        auto const wish = answer->headers.find("Retry-After");
        auto const asked_for = wish ? net::retry_after(*wish, now).value_or(now) : now;
        auto const until = std::min(asked_for, std::max(now, message.expires_at));
        out.next_at = std::max(out.next_at, until);
        turns_->let_rest(due.way, until);
    }
    return out;
}

}  // namespace kula::notify
