-- A message leaves by mail, or to the webhook of its organisation; then its address is a web address, and its domain the server of it.
alter table outbox add column channel text not null default 'mail';  -- mail, webhook
drop index outbox_due;
create index outbox_due on outbox (state, channel, domain, next_at, id);

-- Where an organisation's own machine takes what the organisation is told.
create table webhook (
    organisation text primary key,
    url text not null,
    secret text not null,             -- Sealed: the key that what is sent is signed with.
    enabled bigint not null,
    gone_at bigint,                   -- When the machine said that there is no such thing any more (410); off since.
    succeeded_at bigint,              -- When it took something last.
    failed_at bigint,                 -- When an attempt failed last,
    failure text not null,            -- and what it was.
    owner text not null, tlp text not null, pap text not null, lineage text not null,
    created_at bigint not null, created_by text not null, changed_at bigint not null, changed_by text not null,
    version bigint not null
);
