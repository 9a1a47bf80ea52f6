-- One row: the team describes itself as a whole, and its version is the ETag of the whole. No row: nothing was told yet.
create table team (
    id bigint primary key,
    figures text not null,      -- withheld, published: whether the portal shows figures of what was seen.
    owner text not null, tlp text not null, pap text not null, lineage text not null,
    created_at bigint not null, created_by text not null, changed_at bigint not null, changed_by text not null,
    version bigint not null
);

-- What it says of itself: a row for each field that is not empty. Language is '' for what is no matter of language;
-- of a list there is an entry a line.
create table team_field (
    name text not null,
    language text not null,
    value text not null,
    primary key (name, language)
);
