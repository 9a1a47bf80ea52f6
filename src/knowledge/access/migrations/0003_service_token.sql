create table service_token (
    id text primary key,
    name text not null,
    digest text not null unique,
    permissions text not null,       -- One a line.
    organisation text,
    expires_at bigint not null,
    last_used_at bigint,
    last_used_from text not null,
    revoked_at bigint,
    owner text not null, tlp text not null, pap text not null, lineage text not null,
    created_at bigint not null, created_by text not null, changed_at bigint not null, changed_by text not null,
    version bigint not null
);
create index service_token_by_expiry on service_token (expires_at);
