create table person (
    id text primary key,
    name text not null unique,       -- To sign in with; lower case.
    name_order text not null,        -- The name in hexadecimal: sorts alike on every database.
    search text not null,            -- Folded name, full name and address.
    full_name text not null,
    email text not null,
    language text not null,
    organisation text,
    state text not null,
    last_sign_in bigint,
    owner text not null, tlp text not null, pap text not null, lineage text not null,
    created_at bigint not null, created_by text not null, changed_at bigint not null, changed_by text not null,
    version bigint not null
);
create index person_by_name on person (name_order);

create table person_role (
    person text not null references person (id) on delete cascade,
    role text not null,
    primary key (person, role)
);
create index person_role_by_role on person_role (role);

-- What proves who somebody is stands apart from who they are.
create table person_secret (
    person text primary key references person (id) on delete cascade,
    password text,                   -- Argon2id in PHC text; null until the first one is set.
    totp text,                       -- Sealed seed.
    totp_step bigint not null,       -- The last step whose code was used.
    totp_offer text,                 -- Sealed seed that no code has proved yet.
    totp_offered_at bigint
);

create table recovery_code (
    person text not null references person (id) on delete cascade,
    digest text not null,            -- SHA-256 in hexadecimal, as all digests here.
    used_at bigint,
    primary key (person, digest)
);

create table one_time_link (
    person text primary key references person (id) on delete cascade,
    digest text not null unique,
    expires_at bigint not null
);
