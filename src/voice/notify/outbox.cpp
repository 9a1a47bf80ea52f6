#include "notify/outbox.hpp"

#include <fmt/format.h>

#include <algorithm>

#include <nlohmann/json.hpp>

#include "base/ascii.hpp"
#include "base/must.hpp"
#include "notify_migrations.hpp"
#include "outbox_table.hpp"
#include "seals/digest.hpp"
#include "storage/record.hpp"
#include "webhook_table.hpp"

namespace kula::notify {
namespace {

using storage::Priority;
using storage::Session;
using Json = nlohmann::ordered_json;

base::Actor const sender{"system:notify"};

base::Error absent() { return base::not_found("no such message"); }

std::int64_t year_of(base::Instant instant) {
    return int(std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(instant)).year());
}

/// What the trail says of it. Its text stays out.
std::string state_of(Message const& message) {
    return Json{{"ticket", message.ticket},
                {"organisation", message.organisation.text()},
                {"tlp", base::to_text(message.record.marking.tlp)},
                {"decision", message.decision.text()},
                {"state", to_text(message.state)},
                {"reason", message.reason ? Json(*message.reason) : Json(nullptr)},
                {"attempts", message.attempts},
                {"repeats", message.repeats}}
        .dump();
}

void change(Message& message, base::Instant now, base::Actor const& actor) {
    message.record.changed_at = now;
    message.record.changed_by = actor.name;
    ++message.record.version;
}

bool is_among(MessageState state, std::initializer_list<MessageState> some) {
    return std::find(some.begin(), some.end(), state) != some.end();
}

base::Error refusal_of(release::Reason reason) {
    if (reason == release::Reason::red_by_role)
        return base::invalid("addresses", "TLP:RED is for persons: name them, not their role");
    return base::invalid("roles", "contacts for the press get what is TLP:CLEAR and nothing else");
}

bool may_know(Message const& message, base::Clearance const& clearance) {
    return clearance.may_see(message.organisation.uuid()) &&
           clearance.may_read(message.record.marking.tlp, message.readers);
}

}  // namespace

base::Result<std::unique_ptr<Outbox>> Outbox::open(storage::Database& database, journal::Journal& journal,
                                                   release::Gate const& gate, base::Clock const& clock,
                                                   OutboxOptions options) {
    if (auto const migrated = database.migrate(notify_migrations()); !migrated) return migrated.error();
    std::unique_ptr<Outbox> outbox(new Outbox(database, journal, gate, clock, std::move(options)));
    auto const interrupted = database.write(Priority::interactive, [&](Session& session) {
        auto const now = clock.now();
        for (auto& message : outbox_table::in_state(session, MessageState::sending)) {
            outbox_table::insert_attempt(session, message.id, {message.attempts, now, "interrupted"});
            message.state = MessageState::waiting;
            message.next_at = now;
            ++message.repeats;
            change(message, now, sender);
            outbox_table::update(session, message);
        }
    });
    if (!interrupted) return interrupted.error();
    return outbox;
}

std::string Outbox::next_ticket(Session& session) const {
    auto const year = year_of(clock_.now());
    return fmt::format("KULA-{:04}-{:06}", year, outbox_table::next_number(session, year));
}

Message Outbox::entered(Session& session, Letter const& letter, release::Addressee const& addressee,
                        release::DecisionRecord const& decision, base::Actor const& actor, Topics const& topics) const {
    auto const now = clock_.now();
    auto const& contact = addressee.contact;
    Message message{letter.id,
                    letter.ticket,
                    letter.id.text() + '@' + options_.domain,
                    addressee.organisation,
                    contact.name,
                    contact.role,
                    addressee.address(),
                    addressee.addressed,
                    letter.subject,
                    decision.id,
                    addressee.webhook.empty() ? Channel::mail : Channel::webhook};
    if (decision.decision.verdict == release::Verdict::held) {
        message.state = MessageState::held;
        message.reason = to_text(decision.decision.reason);
    }
    message.next_at = now;
    message.expires_at = now + options_.life;
    if (letter.marking.tlp == base::Tlp::red) {
        auto const& person = actor.clearance.person();
        base::must(person.has_value(), "what is TLP:RED is written by a person");
        message.readers = *base::Readers::of({*person});
    }
    message.record = storage::new_record(clock_, actor.name, letter.marking, letter.about());
    outbox_table::insert(session, message, letter.payload());
    outbox_table::insert_topics(session, message.id, topics);
    journal_.append(session, actor, {"message.entered", letter.about(), "", state_of(message)});
    return message;
}

Message Outbox::enter(Session& session, release::Released<Letter> const& letter, base::Actor const& actor,
                      Topics const& topics) const {
    return entered(session, letter.thing(), letter.addressee(), letter.decision(), actor, topics);
}

Message Outbox::enter(Session& session, release::Held<Letter> const& letter, base::Actor const& actor,
                      Topics const& topics) const {
    return entered(session, letter.thing(), letter.addressee(), letter.decision(), actor, topics);
}

base::Result<std::vector<Foretold>> Outbox::foretell(Draft const& draft, base::Clearance const& clearance) const {
    auto found = gate_.addressees(draft.organisation, draft.contacts, clearance);
    if (!found) return found.error();
    if (found->empty()) return base::invalid("roles", "reach nobody who has a mail address");
    std::vector<Foretold> out;
    for (auto& addressee : *found) {
        auto const decision = gate_.foretell(draft.letter.marking, addressee);
        if (!decision) return decision.error();
        auto const disabled = is_disabled(*addressee.contact.email);
        if (!disabled) return disabled.error();
        out.push_back({std::move(addressee), *decision, *disabled});
    }
    return out;
}

base::Result<std::vector<Message>> Outbox::write(Draft draft, base::Actor const& actor) const {
    if (auto const checked = check(draft.letter); !checked) return checked.error();
    auto foretold = foretell(draft, actor.clearance);
    if (!foretold) return foretold.error();
    for (auto const& [addressee, decision, disabled] : *foretold) {
        if (decision.verdict == release::Verdict::refused) return refusal_of(decision.reason);
    }
    if (draft.letter.marking.tlp == base::Tlp::red && !actor.clearance.person())
        return base::refused("what is TLP:RED is written by a person");
    auto written = database_.write(Priority::interactive, [&](Session& session) {
        std::vector<Message> out;
        draft.letter.ticket = next_ticket(session);
        for (auto const& [addressee, decision, disabled] : *foretold) {
            auto letter = draft.letter;
            letter.id = MessageId::make(clock_.now());
            auto const outcome = gate_.release(session, std::move(letter), addressee, decision, actor);
            out.push_back(std::visit([&](auto const& decided) { return enter(session, decided, actor); }, outcome));
        }
        return out;
    });
    if (written) wake();
    return written;
}

base::Result<Message> Outbox::find(MessageId id, base::Clearance const& clearance) const {
    return database_.read([&](Session const& session) -> base::Result<Message> {
        auto found = outbox_table::find(session, id);
        if (!found || !may_know(*found, clearance)) return absent();
        return std::move(*found);
    });
}

base::Result<MessagePage> Outbox::list(MessageQuery const& query) const {
    return database_.read([&](Session const& session) { return outbox_table::list(session, query); });
}

base::Result<Letter> Outbox::letter(MessageId id) const {
    return database_.read([&](Session const& session) -> base::Result<Letter> {
        if (!outbox_table::find(session, id)) return absent();
        return Letter::parse(outbox_table::payload_of(session, id));
    });
}

base::Result<Topics> Outbox::topics(MessageId id) const {
    return database_.read([&](Session const& session) { return outbox_table::topics(session, id); });
}

base::Result<std::vector<Attempt>> Outbox::attempts(MessageId id) const {
    return database_.read([&](Session const& session) { return outbox_table::attempts(session, id); });
}

base::Result<Message> Outbox::retry(MessageId id, base::Actor const& actor) const {
    using enum MessageState;
    auto done = database_.write(Priority::interactive, [&](Session& session) -> base::Result<Message> {
        auto found = outbox_table::find(session, id);
        if (!found || !may_know(*found, actor.clearance)) return absent();
        if (!is_among(found->state, {held, failed, bounced, waiting}))
            return base::conflict("it was sent, is being sent or was cancelled");
        auto const before = state_of(*found);
        auto const now = clock_.now();
        found->state = waiting;
        found->reason.reset();
        found->next_at = now;
        found->expires_at = now + options_.life;
        change(*found, now, actor);
        outbox_table::enable(session, found->address);
        outbox_table::update(session, *found);
        journal_.append(session, actor, {"message.retried", "message:" + id.text(), before, state_of(*found)});
        return std::move(*found);
    });
    if (done) hurry(done->address);
    return done;
}

base::Result<Message> Outbox::cancel(MessageId id, base::Actor const& actor) const {
    using enum MessageState;
    return database_.write(Priority::interactive, [&](Session& session) -> base::Result<Message> {
        auto found = outbox_table::find(session, id);
        if (!found || !may_know(*found, actor.clearance)) return absent();
        if (!is_among(found->state, {waiting, held, failed}))
            return base::conflict("it was sent, is being sent or was cancelled");
        auto const before = state_of(*found);
        found->state = cancelled;
        change(*found, clock_.now(), actor);
        outbox_table::update(session, *found);
        journal_.append(session, actor, {"message.cancelled", "message:" + id.text(), before, state_of(*found)});
        return std::move(*found);
    });
}

base::Result<std::size_t> Outbox::bounced(formats::DeliveryReport const& report) const {
    if (!report.of_message) return std::size_t{0};
    return database_.write(Priority::interactive, [&](Session& session) -> base::Result<std::size_t> {
        auto found = outbox_table::find_by_message_id(session, *report.of_message);
        if (found && found->state == MessageState::sending) return base::conflict("the mail is being sent");
        if (!found || found->state != MessageState::sent) return std::size_t{0};
        auto const failed = std::find_if(
            report.outcomes.begin(), report.outcomes.end(), [&found](formats::DeliveryOutcome const& outcome) {
                bool const is_for_good = outcome.status.empty() || outcome.status.front() == '5';
                return outcome.action == formats::DeliveryAction::failed && is_for_good &&
                       base::lower_case(outcome.recipient) == base::lower_case(found->address);
            });
        if (failed == report.outcomes.end()) return std::size_t{0};
        auto const before = state_of(*found);
        auto const now = clock_.now();
        outbox_table::disable(session, found->address, now, *failed, found->id);
        found->state = MessageState::bounced;
        found->reason = why::address_disabled;
        found->answer = failed->status + (failed->status.empty() ? "" : " ") + failed->diagnostic;
        change(*found, now, sender);
        outbox_table::update(session, *found);
        journal_.append(session, sender, {"message.bounced", "message:" + found->id.text(), before, state_of(*found)});
        return std::size_t{1};
    });
}

base::Result<bool> Outbox::knows(std::string const& message_id) const {
    return database_.read(
        [&](Session const& session) { return outbox_table::find_by_message_id(session, message_id).has_value(); });
}

base::Result<std::optional<Outbox::Due>> Outbox::take(Channel channel, Choice const& choose) const {
    return database_.write(Priority::bulk, [&](Session& session) -> std::optional<Due> {
        auto const now = clock_.now();
        auto way = choose(outbox_table::due_ways(session, channel, now));
        if (!way) return std::nullopt;
        auto message = *outbox_table::due(session, channel, *way, now);
        message.state = MessageState::sending;
        ++message.attempts;
        change(message, now, sender);
        outbox_table::update(session, message);
        auto payload = outbox_table::payload_of(session, message.id);
        return Due{std::move(message), std::move(payload), *std::move(way)};
    });
}

void Outbox::hurry(std::string const& address) const {
    for (auto const& listener : hurried_) listener(address);
    wake();
}

base::Result<bool> Outbox::was_decided(Due const& due) const {
    return database_.read([&](Session const& session) {
        auto const decision = release::Gate::find(session, due.message.decision);
        return decision && decision->about == "message:" + due.message.id.text() &&
               decision->address == due.message.address &&
               decision->payload_sha256 == seals::hex(seals::sha256(due.payload));
    });
}

base::Result<bool> Outbox::is_disabled(std::string const& address) const {
    return database_.read([&](Session const& session) { return outbox_table::is_disabled(session, address); });
}

base::Result<void> Outbox::decide_again(Due const& due, Letter const& letter, release::Addressee const& addressee,
                                        release::Decision const& decision) const {
    if (decision.verdict == release::Verdict::refused) return {};
    auto const* const key = release::Gate::key_of(addressee, decision.form);
    return database_.write(Priority::bulk, [&](Session& session) {
        auto const stored = release::Gate::find(session, due.message.decision);
        bool const is_the_same =
            stored && stored->decision == decision &&
            stored->key_fingerprint == (key == nullptr ? std::nullopt : std::optional(key->fingerprint));
        auto message = outbox_table::find(session, due.message.id);
        if (is_the_same || !message) return;
        auto const outcome = gate_.release(session, letter, addressee, decision, sender);
        message->decision = std::visit([](auto const& decided) { return decided.decision().id; }, outcome);
        outbox_table::update(session, *message);
    });
}

void Outbox::keep_with_webhook(Session& session, Message const& message, Attempt const& attempt) const {
    auto webhook = webhook_table::find(session, message.organisation, attempt.at);
    bool const was_tried = attempt.outcome != "not_made";
    if (!was_tried || !webhook || webhook->url != message.address) return;
    if (message.state == MessageState::sent) {
        webhook->succeeded_at = attempt.at;
    } else {
        webhook->failed_at = attempt.at;
        webhook->failure = attempt.answer;
    }
    if (message.reason == why::gone && webhook->is_enabled) {
        webhook->is_enabled = false;
        webhook->gone_at = attempt.at;
        journal_.append(session, sender,
                        {"organisation.webhook_gone", "organisation:" + message.organisation.text(), "",
                         Json{{"url", webhook->url}, {"enabled", false}}.dump()});
    }
    webhook_table::store_state(session, *webhook);
}

base::Result<void> Outbox::settle(MessageId id, Settlement const& settlement) const {
    return database_.write(Priority::bulk, [&](Session& session) {
        auto message = outbox_table::find(session, id);
        base::must(message && message->state == MessageState::sending, "what is settled is being sent");
        auto const before = state_of(*message);
        auto attempt = settlement.attempt;
        attempt.number = message->attempts;
        outbox_table::insert_attempt(session, id, attempt);
        message->state = settlement.state;
        message->reason = settlement.reason;
        message->code = attempt.code;
        message->answer = attempt.answer;
        if (settlement.may_have_been_sent) ++message->repeats;
        if (settlement.state == MessageState::waiting) message->next_at = settlement.next_at;
        if (settlement.state == MessageState::sent) message->sent_at = attempt.at;
        change(*message, attempt.at, sender);
        outbox_table::update(session, *message);
        if (message->channel == Channel::webhook) keep_with_webhook(session, *message, attempt);
        if (settlement.state == MessageState::sent && options_.on_sent)
            options_.on_sent(session, *message, outbox_table::topics(session, id));
        if (settlement.state != MessageState::waiting)
            journal_.append(session, sender,
                            {fmt::format("message.{}", to_text(settlement.state)), "message:" + id.text(), before,
                             state_of(*message)});
    });
}

}  // namespace kula::notify
