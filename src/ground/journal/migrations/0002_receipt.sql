-- What was carried out once and is not to be carried out again. Not part of the chain.
create table receipt (
    id text primary key,           -- Digest of who asked and of their key; neither can be read from it.
    caller text not null,
    request text not null,         -- Digest of what was asked.
    answer text,                   -- Sealed; null where it is not kept, or no longer.
    answer_until bigint not null,
    made_at bigint not null
);
create index receipt_by_caller on receipt (caller, made_at);
create index receipt_by_time on receipt (made_at);
