-- What is to be sent to whom: one mail a row, entered in the transaction of whatever it is about.
create table outbox (
    id text primary key,
    ticket text not null,             -- KULA-2026-000017; mails of one message share it.
    message_id text not null unique,  -- The same at every attempt.
    organisation text not null,
    contact text not null,            -- Name, role and address, as they were when it was entered.
    role text not null,
    address text not null,
    addressed text not null,          -- by_role, by_name
    subject text not null,
    payload text not null,            -- The letter: JSON.
    decision text not null,           -- Of the gate, about exactly this payload.
    state text not null,              -- waiting, sending, sent, held, failed, bounced, cancelled
    reason text,                      -- Why it is held or failed: a word.
    attempts bigint not null,
    repeats bigint not null,          -- Of them, those before which it may have been sent already.
    next_at bigint not null,
    expires_at bigint not null,
    sent_at bigint,
    code bigint,                      -- What the mail server answered last.
    answer text,
    readers text not null,
    owner text not null, tlp text not null, pap text not null, lineage text not null,
    created_at bigint not null, created_by text not null, changed_at bigint not null, changed_by text not null,
    version bigint not null
);
create index outbox_due on outbox (state, next_at);
create index outbox_of_organisation on outbox (organisation, id);

create table outbox_attempt (
    message text not null references outbox (id),
    number bigint not null,           -- From 1.
    at bigint not null,
    outcome text not null,            -- accepted, deferred, rejected, no_answer, interrupted, not_made
    code bigint,
    answer text not null,
    primary key (message, number)
);

-- The last number of a year; it only rises.
create table ticket (
    year bigint primary key,
    last bigint not null
);

-- Addresses that mail came back from; nothing goes there until somebody says that they work again.
create table disabled_address (
    address text primary key,         -- Lower case.
    since bigint not null,
    status text not null,             -- RFC 3463.
    diagnostic text not null,
    message text not null             -- The mail that came back.
);
