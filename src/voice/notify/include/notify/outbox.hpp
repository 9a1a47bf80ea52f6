#pragma once
/// @file
/// The outbox: what is to be sent, entered in the transaction of whatever it is about, and what became of it.
///
/// A mail has one `Message-ID` at every attempt, what goes to a webhook one id;
/// each has a ticket number that is never used again, and the decision of the gate about exactly what it says. All
/// members are safe from any thread.

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/actor.hpp"
#include "base/clock.hpp"
#include "base/result.hpp"
#include "formats/delivery_report.hpp"
#include "journal/journal.hpp"
#include "notify/message.hpp"
#include "release/gate.hpp"
#include "storage/database.hpp"

namespace kula::notify {

/// What a mail is about: `finding:<id>`.
using Topics = std::vector<std::string>;

struct OutboxOptions {
    std::string domain;           ///< The right side of `Message-ID`: the domain that mail is from.
    std::chrono::hours life{72};  ///< What was not sent in so much time has failed.
    /// Told in the unit of work that writes down that a mail server has taken a mail, and of what it is about.
    std::function<void(storage::Session& session, Message const& message, Topics const& topics)> on_sent{};
};

/// What somebody writes to an organisation.
struct Draft {
    registry::OrganisationId organisation;
    release::Choice contacts{};
    Letter letter;  ///< Without id and ticket.
};

/// Who would get it, and how.
struct Foretold {
    release::Addressee addressee;
    release::Decision decision;
    bool is_disabled = false;  ///< Mail came back from the address.
};

/// What became of one attempt.
struct Settlement {
    MessageState state = MessageState::waiting;
    std::optional<std::string> reason{};
    Attempt attempt{};  ///< Its number is the message's.
    bool may_have_been_sent = false;
    base::Instant next_at{};  ///< Of what waits.
};

class Outbox {
public:
    /// Brings the tables up to date. What was being sent when the program ended waits again, and is counted as a
    /// repeat. All outlive it.
    static base::Result<std::unique_ptr<Outbox>> open(storage::Database& database, journal::Journal& journal,
                                                      release::Gate const& gate, base::Clock const& clock,
                                                      OutboxOptions options);

    /// In the caller's unit of work. `KULA-2026-000017`, by the year in UTC.
    [[nodiscard]] std::string next_ticket(storage::Session& session) const;
    /// In the caller's unit of work; call `wake` when it is committed. A letter that is TLP:RED is read by the actor,
    /// who is a person. Topics are what it is about, each once.
    Message enter(storage::Session& session, release::Released<Letter> const& letter, base::Actor const& actor,
                  Topics const& topics = {}) const;
    Message enter(storage::Session& session, release::Held<Letter> const& letter, base::Actor const& actor,
                  Topics const& topics = {}) const;

    /// Decides nothing and keeps nothing. `invalid` where the choice reaches nobody; else as `Gate::addressees`.
    [[nodiscard]] base::Result<std::vector<Foretold>> foretell(Draft const& draft,
                                                               base::Clearance const& clearance) const;
    /// A mail to each of them, under one ticket. `invalid` names the fields, those for whose sake the gate refuses one
    /// of them too; then nothing is entered. TLP:RED is refused to programs.
    base::Result<std::vector<Message>> write(Draft draft, base::Actor const& actor) const;

    /// `not_found` also where the clearance does not reach.
    [[nodiscard]] base::Result<Message> find(MessageId id, base::Clearance const& clearance) const;
    [[nodiscard]] base::Result<MessagePage> list(MessageQuery const& query) const;
    [[nodiscard]] base::Result<Letter> letter(MessageId id) const;
    /// In the order of their texts.
    [[nodiscard]] base::Result<Topics> topics(MessageId id) const;
    /// Oldest first; at most 200.
    [[nodiscard]] base::Result<std::vector<Attempt>> attempts(MessageId id) const;

    /// Sends it now, as if it were entered anew: what is held, has failed, came back or waits. Says that its address
    /// works. `conflict` in another state.
    base::Result<Message> retry(MessageId id, base::Actor const& actor) const;
    /// Never sends it. `conflict` unless it waits, is held, or has failed.
    base::Result<Message> cancel(MessageId id, base::Actor const& actor) const;
    /// Takes what a mail server reports: a mail that failed for good (5.x.x, or without a status) came back, and its
    /// address is disabled. Yields how many mails; 0 where it is about none of ours. `conflict` while the mail is being
    /// sent: a server may report before we have written down that it took the mail; tell it again then.
    base::Result<std::size_t> bounced(formats::DeliveryReport const& report) const;
    /// Whether the `Message-ID`, without brackets, is of a mail of ours.
    [[nodiscard]] base::Result<bool> knows(std::string const& message_id) const;

    // The sender's side.

    struct Due {
        Message message;
        std::string payload;
        std::string way;  ///< Where it goes: the domain of a mail, in lower case; the web address of a webhook.
    };
    /// Of some ways, the one whose turn it is; none: nobody's.
    using Choice = std::function<std::optional<std::string>(std::vector<std::string> const& ways)>;
    /// Marks one of this channel that is due as being sent. `choose` is handed the ways that something is due for, the
    /// one that waits for longest first.
    base::Result<std::optional<Due>> take(Channel channel, Choice const& choose) const;
    /// Whether the stored decision is about this payload and this address.
    [[nodiscard]] base::Result<bool> was_decided(Due const& due) const;
    [[nodiscard]] base::Result<bool> is_disabled(std::string const& address) const;
    /// Writes what the gate decides today where that differs from what is stored.
    base::Result<void> decide_again(Due const& due, Letter const& letter, release::Addressee const& addressee,
                                    release::Decision const& decision) const;
    /// Keeps with a webhook how it goes, too; one that is `why::gone` is switched off.
    base::Result<void> settle(MessageId id, Settlement const& settlement) const;
    /// Called, in any thread, when there is something to send. Added before threads start.
    void on_entered(std::function<void()> listener) { entered_.push_back(std::move(listener)); }
    void wake() const {
        for (auto const& listener : entered_) listener();
    }
    /// Called, in any thread, when a person wants what goes to this address to go now. Added before threads start.
    void on_hurried(std::function<void(std::string const& address)> listener) {
        hurried_.push_back(std::move(listener));
    }
    /// `wake`, and nobody waits any longer because of what that address answered before.
    void hurry(std::string const& address) const;

private:
    Outbox(storage::Database& database, journal::Journal& journal, release::Gate const& gate, base::Clock const& clock,
           OutboxOptions options)
        : database_(database), journal_(journal), gate_(gate), clock_(clock), options_(std::move(options)) {}

    Message entered(storage::Session& session, Letter const& letter, release::Addressee const& addressee,
                    release::DecisionRecord const& decision, base::Actor const& actor, Topics const& topics) const;
    void keep_with_webhook(storage::Session& session, Message const& message, Attempt const& attempt) const;

    storage::Database& database_;
    journal::Journal& journal_;
    release::Gate const& gate_;
    base::Clock const& clock_;
    OutboxOptions const options_;
    std::vector<std::function<void()>> entered_{};
    std::vector<std::function<void(std::string const& address)>> hurried_{};
};

}  // namespace kula::notify
