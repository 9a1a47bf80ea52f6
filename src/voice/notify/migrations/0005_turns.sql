-- What waits for webhooks is taken by web address, no longer by server: one that asks to be left alone binds no other.
update outbox set domain = address where channel = 'webhook';

-- Secrets that were replaced, and that what is sent is signed with for a while yet.
create table webhook_former_secret (
    organisation text not null references webhook (organisation),
    until bigint not null,            -- Then it is deleted.
    secret text not null,             -- Sealed, as that of the webhook.
    primary key (organisation, until)
);
