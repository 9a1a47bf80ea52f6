-- What a mail is about: finding:<id> and the like, each once.
create table message_topic (
    message text not null references outbox (id),
    topic text not null,
    primary key (message, topic)
);
create index message_topic_by_topic on message_topic (topic, message);
