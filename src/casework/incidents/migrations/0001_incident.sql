-- What the team handles. Lists of words are lines between line ends: each is found as '\n<word>\n'.
create table incident (
    id text primary key,
    number text not null,           -- INC-2026-000123
    state text not null,            -- data/incidents/life.json
    state_since bigint not null,
    title text not null,
    class text not null,
    type text not null,
    severity bigint not null,       -- 0 low to 3 critical.
    lead text,                      -- A person. Not a reference: people go.
    cross_border bigint not null,
    sectors text not null,
    services text not null,
    tags text not null,
    techniques text not null,
    happened_at bigint,
    detected_at bigint,
    merged_into text references incident (id),
    search text not null,           -- Number, title, services and tags, folded (registry/fold.hpp).
    readers text not null,          -- Of what is TLP:RED.
    owner text not null, tlp text not null, pap text not null, lineage text not null,
    created_at bigint not null, created_by text not null, changed_at bigint not null, changed_by text not null,
    version bigint not null
);
create unique index incident_by_number on incident (number);
create index incident_by_changed on incident (changed_at, id);
create index incident_by_created on incident (created_at, id);
create index incident_by_severity on incident (severity, id);
-- What is counted and sought without the records themselves.
create index incident_sought on incident (merged_into, state, severity, class, type, lead, changed_at, created_at, id);
create index incident_red on incident (tlp, id, readers) where tlp = 'red';

-- Its Markdown, apart: what lists look through stays narrow.
create table incident_summary (
    incident text primary key references incident (id) on delete cascade,
    summary text not null
);

-- The last number that a year has given out.
create table incident_number (
    year bigint primary key,
    last bigint not null
);

-- The timeline. What was written stays.
create table incident_entry (
    id text primary key,
    incident text not null references incident (id),
    kind text not null,
    at bigint not null,             -- When it was.
    written_at bigint not null,
    actor text not null,
    text text not null,             -- Markdown; of a step its reason.
    change text not null            -- JSON; empty of what a person wrote.
);
create index incident_entry_by_incident on incident_entry (incident, at, id);

-- How one stands to another. Of what is the same from both sides the lesser id is `one`.
create table incident_link (
    id text primary key,
    one text not null references incident (id),
    other text not null references incident (id),
    kind text not null,             -- duplicate, related, caused_by: `one` is so to `other`.
    actor text not null,
    created_at bigint not null
);
create unique index incident_link_once on incident_link (one, other, kind);
create index incident_link_by_other on incident_link (other);
