#pragma once
// SQL of the tables outbox, outbox_attempt, message_topic, ticket and disabled_address.

#include "notify/message.hpp"
#include "notify/outbox.hpp"
#include "storage/session.hpp"

namespace kula::notify::outbox_table {

/// The next number of this year.
std::int64_t next_number(storage::Session& session, std::int64_t year);

void insert(storage::Session& session, Message const& message, std::string_view payload);
/// State and all that comes of sending; decision and record.
void update(storage::Session& session, Message const& message);
std::optional<Message> find(storage::Session const& session, MessageId id);
std::optional<Message> find_by_message_id(storage::Session const& session, std::string_view message_id);
std::string payload_of(storage::Session const& session, MessageId id);
void insert_topics(storage::Session& session, MessageId id, Topics const& topics);
Topics topics(storage::Session const& session, MessageId id);
/// `invalid` for a cursor or a limit out of bounds.
base::Result<MessagePage> list(storage::Session const& session, MessageQuery const& query);
/// Ways of what waits and is due, the one that is due for longest first: of mail domains, in lower case; of webhooks
/// web addresses.
std::vector<std::string> due_ways(storage::Session const& session, Channel channel, base::Instant now);
/// What is due for longest that way.
std::optional<Message> due(storage::Session const& session, Channel channel, std::string const& way, base::Instant now);
std::vector<Message> in_state(storage::Session const& session, MessageState state);

void insert_attempt(storage::Session& session, MessageId id, Attempt const& attempt);
std::vector<Attempt> attempts(storage::Session const& session, MessageId id);

bool is_disabled(storage::Session const& session, std::string const& address);
void disable(storage::Session& session, std::string const& address, base::Instant now,
             formats::DeliveryOutcome const& outcome, MessageId id);
void enable(storage::Session& session, std::string const& address);

}  // namespace kula::notify::outbox_table
