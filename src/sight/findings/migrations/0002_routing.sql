-- Who is told of which findings, how and how often: one row, replaced as a whole; its version is the ETag. No row: as shipped.
create table routing (
    id bigint primary key,
    rules text not null,            -- JSON, as the API has it.
    owner text not null, tlp text not null, pap text not null, lineage text not null,
    created_at bigint not null, created_by text not null, changed_at bigint not null, changed_by text not null,
    version bigint not null
);
