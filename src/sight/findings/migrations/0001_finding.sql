-- One problem at one owner at one place. `version` rises with its steps; what is only seen again does not raise it.
create table finding (
    id text primary key,
    identity text not null,         -- SHA-256 of what makes two events one finding (identity.hpp), hexadecimal.
    state text not null,            -- state.hpp
    state_since bigint not null,
    organisation text,              -- Null: in the national space, and nobody's. Not a reference: organisations go.
    sector text,
    class text not null,
    type text not null,
    problem text not null,          -- Identifier, malware, vulnerability; empty where the type says it all.
    place text not null,            -- An address, else a domain.
    port bigint,
    transport text,
    search text not null,           -- Place, problem and type in lower case.
    severity bigint not null,       -- 0 low to 3 critical.
    first_seen bigint not null,     -- As sources say.
    last_seen bigint not null,
    last_received bigint not null,  -- When the delivery came that told it last.
    events bigint not null,
    relapses bigint not null,
    last_source text not null,
    deliveries bigint not null,     -- Absent from so many of each source it is verified …
    silence bigint not null,        -- … so many microseconds after it was last seen.
    opened_at bigint not null,      -- Or reopened; what follows is of the time since.
    due_at bigint not null,
    notified_at bigint,
    viewed_at bigint,
    acknowledged_at bigint,
    claimed_at bigint,
    verified_at bigint,
    accepted_until bigint,          -- While its risk is accepted.
    owner text not null, tlp text not null, pap text not null, lineage text not null,
    created_at bigint not null, created_by text not null, changed_at bigint not null, changed_by text not null,
    version bigint not null
);
create unique index finding_by_identity on finding (identity);
create index finding_by_state on finding (state, last_seen, id);
create index finding_by_organisation on finding (organisation, state, last_seen, id);
create index finding_by_last_seen on finding (last_seen, id);
create index finding_by_opened on finding (opened_at, id);

-- Its history: who took it from where to where, when and why.
create table finding_step (
    id text primary key,
    finding text not null references finding (id) on delete cascade,
    from_state text,                -- Null: it begins.
    to_state text not null,
    at bigint not null,
    actor text not null,            -- `system:findings` by evidence or by the clock.
    reason text not null,
    until bigint,                   -- Of an accepted risk.
    delivery text,                  -- That showed it, or was the last to be without it.
    silent bigint                   -- Of a relapse: microseconds since it was last seen.
);
create index finding_step_by_finding on finding_step (finding, id);
create index finding_step_by_moment on finding_step (at, to_state);

-- Who has shown it since it was last opened, and what came of them without it since anybody saw it.
create table finding_source (
    finding text not null references finding (id) on delete cascade,
    source text not null,
    series text not null,           -- Of its deliveries those that tell of the same (intake/finished.hpp).
    first_received bigint not null,
    last_received bigint not null,
    last_delivery text not null,
    told bigint not null,           -- Events.
    absent bigint not null,         -- Complete deliveries in a row that did not tell it.
    primary key (finding, source, series)
);
create index finding_source_by_series on finding_source (source, series);

create table finding_event (
    finding text not null references finding (id) on delete cascade,
    event text not null,            -- Not a reference: events may go before.
    primary key (finding, event)
);
create index finding_event_by_event on finding_event (event);

-- How far deliveries are followed.
create table finding_cursor (
    number bigint not null          -- Of the last delivery that is done with.
);
insert into finding_cursor (number) values (0);
create table finding_delivery (
    delivery text primary key,
    stage text not null,            -- first, again, absent, done
    first_event text not null,      -- Behind this one of those that are told first …
    again_event text not null,      -- … and of those told again.
    newest bigint                   -- Moment of the newest event that it told.
);
