#include "rounds/rounds.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/ascii.hpp"
#include "contacts_round.hpp"
#include "finding_letter.hpp"
#include "machine_letter.hpp"
#include "recipients.hpp"
#include "rounds/topic.hpp"

namespace kula::rounds {
namespace {

using findings::PlannedMessage;
using notify::MessageId;
using storage::Session;

findings::Notice notice_of(PlannedMessage const& message) {
    findings::Notice out;
    out.rung = message.rung;
    for (auto const& [finding, why] : message.findings) out.findings.push_back({finding.id, finding.record.version});
    return out;
}

}  // namespace

/// One round.
struct Rounds::Making {
    Rooms const& rooms;
    findings::RoutingContent const& content;
    Round round{};

    base::Result<void> send(PlannedMessage message);

private:
    /// What is the same for all recipients of a message.
    struct Common {
        std::string organisation;
        std::optional<Newest> newest{};
        std::string ticket{};
    };
    /// The contacts who are planned for and whom the gate does not refuse.
    [[nodiscard]] base::Result<std::vector<Recipient>> readers(PlannedMessage const& message) const;
    /// The webhook of the organisation that is told, where the rule goes by it and it has one that is on.
    [[nodiscard]] base::Result<std::optional<Recipient>> machine(PlannedMessage const& message) const;
    base::Result<void> write(PlannedMessage message, std::vector<Recipient> const& recipients);
    [[nodiscard]] base::Result<notify::Letter> letter(PlannedMessage const& message, Recipient const& recipient,
                                                      Common const& common) const;
    /// What X-ARF tells beside the findings; nothing where none is attached.
    [[nodiscard]] base::Result<std::optional<Newest>> newest(PlannedMessage const& message) const;
    base::Result<void> climb_past(PlannedMessage const& message) const;
    [[nodiscard]] base::Result<std::string> name_of(registry::OrganisationId id) const;
};

base::Result<std::vector<Recipient>> Rounds::Making::readers(PlannedMessage const& message) const {
    if (message.recipients.empty()) return std::vector<Recipient>();
    return recipients_of(rooms, message.addressed.value_or(release::the_team), message.recipients, marking_of(message));
}

base::Result<std::optional<Recipient>> Rounds::Making::machine(PlannedMessage const& message) const {
    bool const is_wanted = uses(content.rules[message.rule], findings::Channel::webhook);
    if (!is_wanted || message.side != findings::Side::organisation) return std::nullopt;
    auto const webhook = rooms.webhooks.find(message.organisation, base::Clearance::everything());
    if (!webhook && webhook.error().fault == base::Fault::not_found) return std::nullopt;  // It was removed.
    if (!webhook) return webhook.error();
    if (!*webhook || !(*webhook)->is_enabled) return std::nullopt;
    auto addressee = rooms.gate.machine(message.organisation, (*webhook)->url, base::Clearance::everything());
    if (!addressee) return addressee.error();
    auto const decision = rooms.gate.foretell(marking_of(message), *addressee);
    if (!decision) return decision.error();
    if (decision->verdict == release::Verdict::refused) return std::nullopt;
    return Recipient{*std::move(addressee), *decision, MessageId::make(rooms.clock.now())};
}

base::Result<std::string> Rounds::Making::name_of(registry::OrganisationId id) const {
    auto const found = rooms.registry.find(id, base::Clearance::everything());
    if (!found) return found.error();
    return found->content.name;
}

base::Result<notify::Letter> Rounds::Making::letter(PlannedMessage const& message, Recipient const& recipient,
                                                    Common const& common) const {
    auto const team = rooms.registry.team();
    Matter matter{message, content.rules[message.rule], common.organisation, recipient.addressee.contact,
                  team->content};
    if (message.side == findings::Side::organisation && !team->content.portal.empty()) {
        auto const until = rooms.clock.now() + link_life;
        matter.link = {fmt::format("{}/{}/answer/{}", team->content.portal, base::to_text(language_of(matter)),
                                   rooms.answers.token(recipient.message, until)),
                       until};
    }
    if (common.newest && !recipient.is_machine())
        matter.reports = xarf_of(message.findings, *common.newest, team->content, recipient.message);
    auto letter = letter_of(matter);
    letter.id = recipient.message;
    letter.ticket = common.ticket;
    if (recipient.is_machine()) return for_machine(std::move(letter), matter, rooms.clock.now());
    if (auto const right = notify::check(letter); !right) return right.error();
    return letter;
}

base::Result<std::optional<Newest>> Rounds::Making::newest(PlannedMessage const& message) const {
    if (content.rules[message.rule].attachment != findings::Attachment::csv_and_xarf) return std::optional<Newest>();
    std::vector<findings::FindingId> ids;
    for (auto const& [finding, why] : message.findings) ids.push_back(finding.id);
    auto found = rooms.findings.newest_events(ids);
    if (!found) return found.error();
    return std::optional(std::move(*found));
}

base::Result<void> Rounds::Making::write(PlannedMessage message, std::vector<Recipient> const& recipients) {
    auto const organisation = name_of(message.organisation);
    if (!organisation) return organisation.error();
    auto told_by = newest(message);
    if (!told_by) return told_by.error();
    Common common{*organisation, *std::move(told_by)};
    auto notice = notice_of(message);
    notice.about = "message:" + recipients.front().message.text();
    std::size_t held = 0;
    auto const done = rooms.database.write(storage::Priority::bulk, [&](Session& session) -> base::Result<std::size_t> {
        held = 0;
        auto const told = rooms.findings.tell(session, notice, sender);
        if (told.empty()) return std::size_t{0};
        notify::Topics topics;
        for (auto const& finding : told) topics.push_back(topic_of(finding.id));
        auto still = message;
        std::erase_if(still.findings, [&told](findings::PlannedFinding const& planned) {
            return std::none_of(told.begin(), told.end(),
                                [&](findings::Finding const& each) { return each.id == planned.finding.id; });
        });
        common.ticket = rooms.outbox.next_ticket(session);
        for (auto const& recipient : recipients) {
            auto made = letter(still, recipient, common);
            if (!made) return made.error();
            if (enter(session, rooms, *std::move(made), recipient, topics) == notify::MessageState::held) ++held;
        }
        return told.size();
    });
    if (!done) return done.error();
    if (*done == 0) return {};
    rooms.outbox.wake();
    ++round.messages;
    auto const machines = static_cast<std::size_t>(std::count_if(
        recipients.begin(), recipients.end(), [](Recipient const& recipient) { return recipient.is_machine(); }));
    round.mails += recipients.size() - machines;
    round.webhooks += machines;
    round.held += held;
    round.findings += *done;
    return {};
}

/// Nobody stands on this rung: the next one is climbed at its own time.
base::Result<void> Rounds::Making::climb_past(PlannedMessage const& message) const {
    auto notice = notice_of(message);
    notice.reaches_somebody = false;
    notice.about = "organisation:" + message.organisation.text();
    auto const done = rooms.database.write(storage::Priority::bulk,
                                           [&](Session& session) { rooms.findings.tell(session, notice, sender); });
    return done ? base::Result<void>() : done.error();
}

base::Result<void> Rounds::Making::send(PlannedMessage message) {
    if (message.findings.size() > most_told) {
        message.findings.resize(most_told);
        round.is_whole = false;
    }
    bool const is_by_mail = message.rung || uses(content.rules[message.rule], findings::Channel::mail);
    auto meant = is_by_mail ? readers(message) : std::vector<Recipient>();
    if (!meant) return meant.error();
    auto own = machine(message);
    if (!own) return own.error();
    if (*own) {
        meant->push_back(*std::move(*own));
    } else if (!is_by_mail) {
        meant = readers(message);
        if (!meant) return meant.error();
    }
    if (!meant->empty()) return write(std::move(message), *meant);
    ++round.unreachable;
    return message.rung ? climb_past(message) : base::Result<void>();
}

base::Result<Round> Rounds::make(std::function<void(std::string const& sentence)> const& fault,
                                 std::stop_token const& stop) {
    auto const routing = rooms_.routing.stored();
    if (!routing) return routing.error();
    if (!routing->content.sends) return Round{};
    auto plan = make_plan(routing->content, rooms_.findings, rooms_.registry, {.at = rooms_.clock.now()});
    if (!plan) return plan.error();
    Making making{rooms_, routing->content};
    making.round.is_whole = plan->is_whole;
    for (auto& message : plan->messages) {
        if (stop.stop_requested()) break;
        if (message.waits) continue;
        auto const organisation = message.organisation;
        auto const sent = making.send(std::move(message));
        if (!sent && sent.error().fault == base::Fault::unavailable) return sent.error();
        if (!sent) fault(fmt::format("organisation {} is not told: {}", organisation.text(), sent.error().detail));
    }
    ContactsRound contacts(rooms_, routing->content.hours, making.round);
    if (auto const asked = contacts.make(fault, stop); !asked) return asked.error();
    return making.round;
}

std::function<void(Session&, notify::Message const&, notify::Topics const&)> as_notified(findings::Findings& findings) {
    return [&findings](Session& session, notify::Message const&, notify::Topics const& topics) {
        for (auto const& topic : topics) {
            // From where it is already further, this is no step.
            if (auto const id = finding_of(topic))
                (void)findings.take_step(session, *id, {findings::State::notified}, findings::Party::sender, sender);
        }
    };
}

}  // namespace kula::rounds
