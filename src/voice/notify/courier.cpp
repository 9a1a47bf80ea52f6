#include "notify/courier.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/ascii.hpp"
#include "net/reach.hpp"
#include "net/web_address.hpp"
#include "sending.hpp"
#include "webhook_signature.hpp"

namespace kula::notify {
namespace {

constexpr std::chrono::seconds longest_attempt{15};
constexpr std::size_t largest_answer = 64 * 1024;  // Of which nothing is kept.
constexpr std::size_t longest_place = 300;         // Of a redirect.
constexpr unsigned is_gone = 410;                  // RFC 9110 §15.5.11

std::string server_of(Message const& message) { return net::WebAddress::parse(message.address)->server; }

net::ClientRequest request_for(Message const& message, std::string body, std::string const& key, base::Instant now) {
    auto const second = std::chrono::floor<std::chrono::seconds>(now);
    auto const id = message.id.text();
    net::ClientRequest request{net::Method::post, net::WebAddress::parse(message.address)->target};
    request.headers.add("Content-Type", "application/json");
    request.headers.add("webhook-id", id);
    request.headers.add("webhook-timestamp", std::to_string(second.time_since_epoch().count()));
    request.headers.add("webhook-signature", webhook_signature(key, id, second, body));
    request.body = std::move(body);
    return request;
}

/// Without what a query may hold.
std::string refusal_of(net::ClientAnswer const& answer) {
    bool const is_redirect = answer.status >= 300 && answer.status < 400;
    auto const location = answer.headers.find("Location");
    if (!is_redirect || !location) return fmt::format("the server answered {}", answer.status);
    auto const to = base::beginning(location->substr(0, location->find_first_of("?#")), longest_place);
    return fmt::format("the server answered {}: it is at {} now, which is not followed", answer.status,
                       base::one_line(to));
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
      bell_(std::make_shared<Bell>()) {
    outbox_.on_entered([bell = bell_] { bell->ring(); });
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
    std::lock_guard const lock(mutex_);
    std::erase_if(resting_, [now = clock_.now()](auto const& entry) { return entry.second <= now; });
    auto due = outbox_.take(Channel::webhook, [this](std::string const& server) {
        return !busy_.contains(server) && !resting_.contains(server);
    });
    if (due && *due) busy_.insert(server_of((*due)->message));
    return due;
}

void Courier::let_rest(Message const& message, base::Instant until) {
    std::lock_guard const lock(mutex_);
    resting_[server_of(message)] = until;
}

void Courier::done_with(Message const& message) {
    std::lock_guard const lock(mutex_);
    busy_.erase(server_of(message));
}

base::Result<bool> Courier::send_one(std::stop_token const& stop) {
    auto const due = taken();
    if (!due) return due.error();
    if (!*due) return false;
    auto const& message = (*due)->message;
    auto settlement = carry(**due, stop);
    if (!settlement) settlement = later(message, pauses(), clock_.now(), "not_made", settlement.error().detail);
    auto const kept = keep(outbox_, message.id, *settlement, options_.look, fault_, stop);
    done_with(message);
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
    auto const key = webhooks_.key(message.organisation);
    if (!key) return key.error();
    return settled(message,
                   transport_(server_of(message), request_for(message, std::move(letter.text), *key, now), stop));
}

Settlement Courier::settled(Message const& message, WebAnswer const& told) {
    auto const& answer = told.answer;
    auto const now = clock_.now();
    if (!answer) {
        auto out = later(message, pauses(), now, "no_answer", answer.error().detail);
        out.may_have_been_sent = told.may_have_arrived;
        let_rest(message, now + options_.first_pause);
        return out;
    }
    auto out = later(message, pauses(), now, "deferred", refusal_of(*answer));
    out.attempt.code = answer->status;
    if (answer->is_good()) {
        out.state = MessageState::sent;
        out.attempt.outcome = "accepted";
        out.attempt.answer.clear();
    } else if (answer->status == is_gone) {
        out.state = MessageState::failed;
        out.reason = why::gone;
        out.attempt.outcome = "rejected";
    } else if (auto const wish = answer->headers.find("Retry-After")) {
        auto const until = std::min(net::retry_after(*wish, now).value_or(now), std::max(now, message.expires_at));
        out.next_at = std::max(out.next_at, until);
        if (until > now) let_rest(message, until);
    }
    return out;
}

}  // namespace kula::notify
