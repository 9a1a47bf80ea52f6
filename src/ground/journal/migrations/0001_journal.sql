-- docs/journal-format.md says what the hashes cover.
create table journal_entry (
    sequence bigint primary key,
    at bigint not null,
    actor text not null,
    deed text not null,
    subject text not null,
    payload_digest text not null,
    previous text not null,         -- Hash of the entry before; empty for the first.
    hash text not null,
    deed_noun text not null,        -- What stands before the first `.` and `:`: equality finds prefixes in every
    subject_kind text not null      -- collation. They follow from deed and subject.
);
create index journal_entry_by_subject on journal_entry (subject, sequence);
create index journal_entry_by_subject_kind on journal_entry (subject_kind, sequence);
create index journal_entry_by_deed_noun on journal_entry (deed_noun, sequence);
create index journal_entry_by_actor on journal_entry (actor, sequence);
create index journal_entry_by_time on journal_entry (at, sequence);

-- No row: erased. No foreign key, so that verifying sees what was done and not what the database made of it.
create table journal_payload (
    sequence bigint primary key,
    salt text not null,
    origin text not null,
    why text not null,
    before text not null,
    after text not null
);

-- One row, locked from an append to its commit: sequence numbers are committed in order.
create table journal_head (
    id bigint primary key,
    sequence bigint not null,
    hash text not null
);
insert into journal_head (id, sequence, hash) values (1, 0, '');

-- How far a subscriber of the outbox is. Apart from the chain: delivery is no evidence.
create table journal_cursor (
    subscriber text primary key,
    sequence bigint not null
);
create table journal_dead_letter (
    subscriber text not null,
    sequence bigint not null,
    reason text not null,
    at bigint not null,
    primary key (subscriber, sequence)
);
