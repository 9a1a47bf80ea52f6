-- What came in, as it came: the bytes lie in blobs/ by their SHA-256. One of the same source and content is one.
create table delivery (
    id text primary key,
    source text not null,
    name text not null,             -- As the sender named it: a file's name.
    sha256 text not null,
    bytes bigint not null,
    format text not null,           -- The mapping that read it.
    mapping text not null,          -- Its fingerprint.
    received_at bigint not null,
    state text not null,            -- stored, read, refused
    reason text,                    -- Why it was refused, or is not whole.
    complete bigint not null,       -- 0 where it broke off.
    rows bigint not null,           -- So many are accounted for: reading goes on behind them.
    accepted bigint not null,
    duplicates bigint not null,
    quarantined bigint not null,
    events bigint not null,
    owner text not null, tlp text not null, pap text not null, lineage text not null,
    created_at bigint not null, created_by text not null, changed_at bigint not null, changed_by text not null,
    version bigint not null
);
create unique index delivery_by_content on delivery (source, sha256);

-- Rows that could not be understood.
create table quarantined_row (
    delivery text not null references delivery (id),
    row bigint not null,
    line bigint not null,
    reason text not null,
    raw text not null,              -- Base64 (RFC 4648 §4), at most the first 8 MiB.
    primary key (delivery, row)
);
