create table source (
    id text primary key,
    name text not null unique,
    confidence bigint not null,
    class text,
    type text,
    listed bigint not null,          -- Values that it lists now.
    import_number bigint not null,   -- Of its latest import; rises by one with each.
    last_import bigint not null,
    owner text not null, tlp text not null, pap text not null, lineage text not null,
    created_at bigint not null, created_by text not null, changed_at bigint not null, changed_by text not null,
    version bigint not null
);

create table source_import (
    id text primary key,
    source text not null references source (id) on delete cascade,
    started_at bigint not null,
    finished_at bigint,              -- Null while it runs, or if it was cut off.
    read_lines bigint not null,
    taken bigint not null,
    skipped bigint not null,
    listed bigint not null,
    fresh bigint not null,
    gone bigint not null,
    flagged bigint not null,
    first_skipped text not null,     -- JSON: [{"line", "text", "reason"}], a sample.
    owner text not null, tlp text not null, pap text not null, lineage text not null,
    created_at bigint not null, created_by text not null, changed_at bigint not null, changed_by text not null,
    version bigint not null
);
create index source_import_by_source on source_import (source, started_at);

create table indicator (
    id text primary key,
    kind text not null,
    value text not null unique,      -- Canonical; tells the kind by itself.
    sort_key text not null,          -- Hexadecimal: sorts alike on every database.
    confidence bigint not null,      -- The greatest of its sources' after decay, when last worked out.
    class text,
    type text,
    flagged bigint not null,         -- A warning list holds it.
    first_listed bigint not null,
    last_listed bigint not null,
    valid_until bigint,              -- Null where a source gives no end.
    active_from bigint not null,
    active_until bigint not null,    -- The latest end that validity, decay or leaving the list set.
    owner text not null, tlp text not null, pap text not null, lineage text not null,
    created_at bigint not null, created_by text not null, changed_at bigint not null, changed_by text not null,
    version bigint not null
);
create index indicator_by_value on indicator (sort_key, id);
create index indicator_by_confidence on indicator (confidence, id);
create index indicator_by_listing on indicator (last_listed, id);

create table indicator_source (
    indicator text not null references indicator (id) on delete cascade,
    source text not null references source (id) on delete cascade,
    confidence bigint not null,      -- As the source gave it.
    effective bigint not null,       -- After decay, when last worked out.
    class text,
    type text,
    comment text,
    first_listed bigint not null,
    last_listed bigint not null,
    first_seen bigint,               -- As the source told.
    last_seen bigint,
    valid_until bigint,
    active_from bigint not null,
    active_until bigint not null,
    listed bigint not null,          -- 0: gone from the list.
    import_number bigint not null,   -- The source's import that changed this row last.
    owner text not null, tlp text not null, pap text not null, lineage text not null,
    created_at bigint not null, created_by text not null, changed_at bigint not null, changed_by text not null,
    version bigint not null,
    primary key (indicator, source)
);
create index indicator_source_by_source on indicator_source (source, import_number, listed, active_until);
