create table passkey (
    id text primary key,
    person text not null references person (id) on delete cascade,
    credential text not null unique, -- base64url.
    public_key text not null,        -- COSE key in hexadecimal.
    uses bigint not null,            -- The authenticator's own count.
    name text not null,
    last_used_at bigint,
    owner text not null, tlp text not null, pap text not null, lineage text not null,
    created_at bigint not null, created_by text not null, changed_at bigint not null, changed_by text not null,
    version bigint not null
);
create index passkey_by_person on passkey (person, id);

create table passkey_challenge (
    digest text primary key,
    person text references person (id) on delete cascade,  -- Null: to sign in with.
    expires_at bigint not null
);
create index passkey_challenge_by_expiry on passkey_challenge (expires_at);
