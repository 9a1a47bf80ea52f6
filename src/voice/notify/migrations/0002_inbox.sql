-- What waits is taken by domain: one that is not sent to just now holds up no other.
alter table outbox add column domain text not null default '';  -- Of the address, in lower case.
update outbox set domain = lower(substr(address, length(rtrim(address, replace(address, '@', ''))) + 1));
drop index outbox_due;
create index outbox_due on outbox (state, domain, next_at, id);

-- How far the team's mailbox is read, where mail servers report what came back.
create table inbox_position (
    mailbox text primary key,      -- imaps://mail.example.org, user and folder, in three lines.
    uid_validity bigint not null,  -- UIDs of another one say nothing (RFC 3501).
    last_uid bigint not null
);
