-- What an incident tells of by its own texts; what its reports tell of stands with them.
create table incident_observable (
    incident text not null references incident (id),
    entry text not null,            -- Of its timeline; empty: title and summary.
    place bigint not null,          -- In the order in which they stand in it.
    name text not null,             -- kind:value
    primary key (incident, entry, place)
);
create index incident_observable_by_name on incident_observable (name, incident);
