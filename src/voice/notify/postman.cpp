#include "notify/postman.hpp"

#include "sending.hpp"
#include "turns.hpp"

namespace kula::notify {
namespace {

std::string_view word_of(net::SmtpOutcome outcome) {
    switch (outcome) {
        case net::SmtpOutcome::accepted: return "accepted";
        case net::SmtpOutcome::deferred: return "deferred";
        case net::SmtpOutcome::rejected: return "rejected";
        case net::SmtpOutcome::no_answer: break;
    }
    return "no_answer";
}

}  // namespace

Postman::Postman(Outbox& outbox, release::Gate const& gate, Composer const& composer, Transport transport,
                 base::Clock const& clock, PostmanOptions options)
    : outbox_(outbox),
      gate_(gate),
      composer_(composer),
      transport_(std::move(transport)),
      clock_(clock),
      options_(options),
      turns_(std::make_unique<Turns>(clock, TurnRules{.pauses = pauses(), .most_a_minute = options.most_a_minute},
                                     [](std::string const& domain) { return domain; })),
      bell_(std::make_shared<Bell>()) {
    outbox_.on_entered([bell = bell_] { bell->ring(); });
}

Postman::~Postman() = default;

void Postman::start(std::function<void(std::string const& sentence)> fault) {
    fault_ = std::move(fault);
    thread_ = std::jthread([this](std::stop_token const& stop) { run(stop); });
}

void Postman::run(std::stop_token const& stop) {
    send_until_stopped(*bell_, options_.look, fault_, stop, [&] { return send_one(stop); });
}

Pauses Postman::pauses() const { return {options_.first_pause, options_.longest_pause}; }

base::Result<bool> Postman::send_one(std::stop_token const& stop) {
    auto const due = outbox_.take(Channel::mail, [this](auto const& domains) { return turns_->next(domains); });
    if (!due) return due.error();
    if (!*due) return false;
    turns_->begin((*due)->way);
    auto settlement = carry(**due, stop);
    if (!settlement) settlement = later((*due)->message, pauses(), clock_.now(), "not_made", settlement.error().detail);
    auto const kept = keep(outbox_, (*due)->message.id, *settlement, options_.look, fault_, stop);
    turns_->end((*due)->way);
    if (!kept) return kept.error();
    bool const is_without_answer = settlement->attempt.outcome == word_of(net::SmtpOutcome::no_answer);
    if (is_without_answer && fault_) fault_("the mail server: " + settlement->attempt.answer);
    return !is_without_answer;
}

base::Result<Settlement> Postman::carry(Outbox::Due const& due, std::stop_token const& stop) {
    auto const& message = due.message;
    auto const now = clock_.now();
    auto const found = still_to_send(outbox_, due, now);
    if (!found) return found.error();
    if (auto const* const over = std::get_if<Settlement>(&*found)) return *over;
    auto const& letter = std::get<Letter>(*found);
    auto const disabled = outbox_.is_disabled(message.address);
    if (!disabled) return disabled.error();
    if (*disabled) return ended(MessageState::held, why::address_disabled, now);
    auto const addressee = gate_.addressee(message.organisation, message.address, message.addressed);
    if (!addressee && addressee.error().fault == base::Fault::not_found)
        return ended(MessageState::held, why::no_contact, now);
    if (!addressee) return addressee.error();
    auto const decision = gate_.foretell(letter.marking, *addressee);
    if (!decision) return decision.error();
    if (auto const kept = outbox_.decide_again(due, letter, *addressee, *decision); !kept) return kept.error();
    if (decision->verdict != release::Verdict::released)
        return ended(MessageState::held, release::to_text(decision->reason), now);
    auto const mail = composer_.compose(message, letter, *addressee, decision->form);
    if (!mail && mail.error().fault == base::Fault::invalid)
        return ended(MessageState::held, why::not_encrypted, now, mail.error().detail);
    if (!mail) return mail.error();
    turns_->ask(due.way);
    return settled(due, transport_(composer_.from().address, message.address, *mail, stop));
}

Settlement Postman::settled(Outbox::Due const& due, net::SmtpAnswer const& answer) const {
    auto out = later(due.message, pauses(), clock_.now(), std::string(word_of(answer.outcome)), answer.text);
    if (answer.code != 0) out.attempt.code = answer.code;
    out.may_have_been_sent = answer.may_be_accepted;
    if (answer.outcome == net::SmtpOutcome::accepted) out.state = MessageState::sent;
    if (answer.outcome == net::SmtpOutcome::rejected) {
        out.state = MessageState::failed;
        out.reason = why::rejected;
    }
    return out;
}

}  // namespace kula::notify
