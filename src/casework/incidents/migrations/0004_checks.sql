-- How far the team has come with a playbook (data/incidents/playbooks.json).
create table incident_check (
    incident text not null references incident (id),
    step text not null,
    state text not null,            -- done, left_out
    at bigint not null,
    actor text not null,
    note text not null,
    primary key (incident, step)
);
