-- What somebody told the team.
create table report (
    id text primary key,
    channel text not null,
    subject text not null,
    text text not null,
    organisation text,              -- Not a reference: organisations go.
    language text,
    received_at bigint not null,
    state text not null,
    group_id text not null,         -- That of the first of its group.
    grouped_by text not null,       -- alone, observable, text, sender
    shared text not null,           -- With the group: kind:value.
    sketch text not null,           -- Of its text (likeness.hpp), hexadecimal.
    incident text references incident (id),
    reason text not null,
    passed_to text not null,
    decided_at bigint,
    decided_by text not null,
    search text not null,           -- Subject and text, folded (registry/fold.hpp).
    readers text not null,          -- Of what is TLP:RED.
    owner text not null, tlp text not null, pap text not null, lineage text not null,
    created_at bigint not null, created_by text not null, changed_at bigint not null, changed_by text not null,
    version bigint not null
);
create index report_by_received on report (received_at, id);
create index report_by_state on report (state, received_at, id);
create index report_by_group on report (group_id, state, received_at, id);
create index report_by_incident on report (incident, received_at, id);

-- Who told it: personal data, which goes before the report does.
create table reporter (
    report text primary key references report (id) on delete cascade,
    name text not null,
    email text not null,            -- In small letters.
    phone text not null
);
create index reporter_by_email on reporter (email);

-- What it tells of.
create table report_observable (
    report text not null references report (id) on delete cascade,
    place bigint not null,          -- In the order in which they stand in it.
    name text not null,             -- kind:value
    common bigint not null,         -- A warning list holds it.
    primary key (report, place)
);
create index report_observable_by_name on report_observable (name, report);

-- The least of its sketch: two texts that are near have some of them in common.
create table report_shingle (
    hash bigint not null,
    report text not null references report (id) on delete cascade,
    primary key (hash, report)
);
