-- In which hours which feed told of what: where to look for values that have no index of their own (event_hours.hpp,
-- docs/decisions/0022).
create table event_hour (
    mark bigint not null,           -- Of a value.
    hour bigint not null,           -- Its beginning.
    source text not null,
    primary key (mark, hour, source)
);
-- Up to which event those of before are written there, when the store opens; no row: all.
create table event_hour_written (
    event text primary key
);
insert into event_hour_written (event) select '' where exists (select 1 from event);
