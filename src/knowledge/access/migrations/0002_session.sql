create table access_session (
    id text primary key,
    person text not null references person (id) on delete cascade,
    digest text not null unique,
    state text not null,
    began_at bigint not null,
    last_used_at bigint not null,
    origin text not null,
    agent text not null
);
create index access_session_by_person on access_session (person, last_used_at);
create index access_session_by_beginning on access_session (began_at);
