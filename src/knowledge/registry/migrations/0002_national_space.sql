-- One row: the space is replaced as a whole, and its version is the ETag of the whole.
create table national_space (
    id bigint primary key,
    prefixes text not null,     -- One a line.
    as_numbers text not null,   -- One a line.
    owner text not null, tlp text not null, pap text not null, lineage text not null,
    created_at bigint not null, created_by text not null, changed_at bigint not null, changed_by text not null,
    version bigint not null
);
