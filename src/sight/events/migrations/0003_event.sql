-- What feeds and reports told. `fields` is all of it, JSON by the names of data/events/fields.json; the columns before it are
-- what is searched and decided by. Ids rise in the order of storing, so also by delivery and row.
create table event (
    id text primary key,
    delivery text not null,         -- Not a reference: deliveries may go before their events do.
    row bigint not null,            -- In the delivery, from 1 on.
    part bigint not null,           -- A row may tell of several events; from 0 on.
    source text not null,
    moment bigint not null,         -- When it happened as the source says; else when it was received.
    observed bigint not null,
    class text not null,
    type text not null,
    identifier text,
    severity text,
    malware text,
    source_address text,
    source_port bigint,
    source_asn bigint,
    source_country text,
    source_domain text,
    destination_address text,
    destination_port bigint,
    organisation text,              -- Decided at the time; not a reference, for organisations go and events stay.
    network text,                   -- The claim that decided.
    sector text,
    content_key bigint not null,    -- See duplicate_keys.hpp.
    happening_key bigint not null,
    fields text not null,
    owner text not null, tlp text not null, pap text not null, lineage text not null,
    created_at bigint not null, created_by text not null, changed_at bigint not null, changed_by text not null,
    version bigint not null
);
create unique index event_by_content on event (content_key);
create index event_by_happening on event (happening_key);
create index event_by_moment on event (moment);
create index event_by_organisation on event (organisation, moment);
