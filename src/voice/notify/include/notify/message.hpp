#pragma once
/// @file
/// A message in the outbox: a mail to one contact, or what goes to an organisation's webhook, with all that became of
/// it.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/actor.hpp"
#include "base/record.hpp"
#include "notify/letter.hpp"
#include "registry/organisation.hpp"
#include "release/released.hpp"

namespace kula::notify {

/// The way out.
enum class Channel : std::uint8_t { mail, webhook };
std::string_view to_text(Channel channel);
std::optional<Channel> parse_channel(std::string_view text);

enum class MessageState : std::uint8_t {
    waiting,
    sending,    ///< Or it was being sent when the program ended: then it is sent again, and counted.
    sent,       ///< A mail server, or the webhook's machine, has taken it.
    held,       ///< The gate does not let it out as things are, or its address is disabled.
    failed,     ///< For good: refused by a mail server or a webhook, or too late.
    bounced,    ///< It was taken and came back.
    cancelled,  ///< By a person.
};
std::string_view to_text(MessageState state);
std::optional<MessageState> parse_message_state(std::string_view text);

/// Why one is held or failed: a reason of the gate, or one of these.
namespace why {
constexpr std::string_view no_contact = "no_contact";              ///< Held: the address is no contact's any more.
constexpr std::string_view address_disabled = "address_disabled";  ///< Held: mail came back from it.
constexpr std::string_view not_encrypted = "not_encrypted";        ///< Held: GnuPG or OpenSSL does not take the key.
constexpr std::string_view rejected = "rejected";                  ///< Failed: a mail server said never.
constexpr std::string_view expired = "expired";                    ///< Failed: it was not sent in time.
constexpr std::string_view gone = "gone";                          ///< Failed: the webhook is no more (410).
constexpr std::string_view no_webhook = "no_webhook";              ///< Held: the webhook is another one, or none.
constexpr std::string_view webhook_off = "webhook_off";            ///< Held: the webhook is switched off.
constexpr std::string_view altered = "altered";                    ///< Failed: not what was decided about.
}  // namespace why

struct Message {
    MessageId id;
    std::string ticket;
    std::string message_id;  ///< Of a mail, without brackets. A webhook is told `id`.
    registry::OrganisationId organisation;
    std::string contact;  ///< Of a webhook, what the organisation is called; its role is empty then.
    std::string role;
    std::string address;  ///< Of a webhook, its web address.
    release::Addressed addressed = release::Addressed::by_role;
    std::string subject;
    release::DecisionId decision;
    Channel channel = Channel::mail;
    MessageState state = MessageState::waiting;
    std::optional<std::string> reason{};
    std::int64_t attempts = 0;
    std::int64_t repeats = 0;
    base::Instant next_at{};
    base::Instant expires_at{};
    std::optional<base::Instant> sent_at{};
    std::optional<std::int64_t> code{};
    std::optional<std::string> answer{};
    base::Readers readers{};
    base::Record record{};
};

struct Attempt {
    std::int64_t number = 0;
    base::Instant at;
    std::string outcome;  ///< Of `net::SmtpOutcome`, for webhooks too, or `interrupted`, `not_made`.
    std::optional<std::int64_t> code{};
    std::string answer{};
};

struct MessageQuery {
    std::optional<MessageState> state{};
    std::optional<registry::OrganisationId> organisation{};
    std::optional<Channel> channel{};
    std::string topic{};     ///< Empty: whatever it is about.
    std::string cursor{};    ///< `next` of the page before; empty for the first.
    std::size_t limit = 50;  ///< 1 to 500.
    base::Clearance clearance = base::Clearance::of({});
};

struct MessagePage {
    std::vector<Message> items{};  ///< Newest first.
    std::string next{};            ///< Empty on the last page.
    std::int64_t total = 0;
    std::vector<std::pair<MessageState, std::int64_t>> states{};  ///< How many of each, whatever state was asked for.
};

}  // namespace kula::notify
