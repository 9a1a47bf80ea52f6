-- The ways in: where deliveries come from by themselves, or who may send them. A row changes only when a person changes it.
create table feed (
    id text primary key,
    name text not null,             -- In lower case; its drop folder is called so.
    title text not null,
    kind text not null,             -- pull, folder, push
    source text not null,           -- Of its deliveries.
    format text not null,           -- A shipped mapping's name, or auto.
    mapping text not null,          -- An analyst's, in JSON; empty: `format` tells.
    url text not null,              -- Empty unless it is pulled.
    header_names text not null,     -- Lines, in the order of `headers`.
    headers text not null,          -- Sealed: values hold keys. Empty where there are none.
    period bigint not null,         -- Seconds between two looks.
    expected bigint,                -- Seconds within which a delivery is to come.
    most_bytes bigint not null,     -- Of one delivery.
    enabled bigint not null,
    owner text not null, tlp text not null, pap text not null, lineage text not null,
    created_at bigint not null, created_by text not null, changed_at bigint not null, changed_by text not null,
    version bigint not null
);
create unique index feed_by_name on feed (name);

-- How it goes. Written by whoever looks, not by people.
create table feed_state (
    feed text primary key references feed (id),
    next_due bigint,                -- Null where nobody looks: pushed, or switched off.
    watched_from bigint not null,   -- Since when deliveries are expected.
    tried_at bigint,
    succeeded_at bigint,
    delivered_at bigint,            -- When the newest new delivery came.
    condition text not null,        -- Of that one: whole, incomplete, refused, empty; empty before the first.
    failures bigint not null,       -- In a row.
    fault text not null,            -- Of the last attempt; empty where it went well.
    delivery_fault text not null,   -- Of the newest new delivery.
    etag text not null,
    last_modified text not null
);

-- The latest attempts of each feed.
create table feed_run (
    feed text not null references feed (id),
    number bigint not null,
    at bigint not null,
    outcome text not null,          -- delivered, nothing_new, refused, failed
    fault text not null,
    rows bigint not null,
    accepted bigint not null,
    quarantined bigint not null,
    primary key (feed, number)
);
