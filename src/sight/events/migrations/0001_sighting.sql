-- The identity begins with the hour and follows from the key, so it is the unique key and the order of hours as well.
create table sighting (
    id text primary key,
    hour bigint not null,
    indicator text not null,
    kind text not null,
    matched text not null,
    peer text not null,
    direction text not null,
    side text not null,
    protocol bigint not null,
    port bigint not null,
    flows bigint not null,
    packets bigint not null,
    bytes bigint not null,
    first_seen bigint not null,
    last_seen bigint not null,
    sources text not null,          -- Names, one a line.
    national_address text,
    foreign_address text,
    country text,
    organisation text,              -- Decided at the time; not a reference, for organisations go and sightings stay.
    network text,
    sector text,
    owner text not null, tlp text not null, pap text not null, lineage text not null,
    created_at bigint not null, created_by text not null, changed_at bigint not null, changed_by text not null,
    version bigint not null
);

-- Hours in which sightings could have been stored: what tells "nothing found" from "nobody looked".
create table collected_hour (
    hour bigint primary key
);

-- The last batch of each run of the program, so that a batch whose commit was cut off is not added twice.
create table sighting_batch (
    writer text primary key,
    batch bigint not null,
    stored_at bigint not null
);
