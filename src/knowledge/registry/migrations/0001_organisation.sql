create table organisation (
    id text primary key,
    name text not null,
    name_key text not null unique,   -- Letter case and blanks apart: what makes two names one organisation.
    name_order text not null,        -- Hexadecimal collation key: sorts alike on every database.
    search text not null,            -- Folded name, short name, networks and addresses of contacts.
    short_name text,
    sector text,
    country text,
    website text,
    notes text,
    parent text references organisation (id) on delete set null,
    owner text not null, tlp text not null, pap text not null, lineage text not null,
    created_at bigint not null, created_by text not null, changed_at bigint not null, changed_by text not null,
    version bigint not null
);
create index organisation_by_name on organisation (name_order, id);
create index organisation_by_change on organisation (changed_at, id);

create table organisation_network (
    id text primary key,
    organisation text not null references organisation (id) on delete cascade,
    kind text not null,
    value text not null,
    owner text not null, tlp text not null, pap text not null, lineage text not null,
    created_at bigint not null, created_by text not null, changed_at bigint not null, changed_by text not null,
    version bigint not null,
    unique (organisation, kind, value)
);

create table organisation_contact (
    id text primary key,
    organisation text not null references organisation (id) on delete cascade,
    position bigint not null,
    name text not null,
    role text not null,
    email text,
    phone text,
    language text,
    owner text not null, tlp text not null, pap text not null, lineage text not null,
    created_at bigint not null, created_by text not null, changed_at bigint not null, changed_by text not null,
    version bigint not null
);
create index organisation_contact_by_organisation on organisation_contact (organisation, position);
