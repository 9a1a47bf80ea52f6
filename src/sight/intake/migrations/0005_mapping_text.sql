-- What deliveries were read by, whole and each once: a mapping, or of an archive what was told of it. Reading goes on
-- without whoever sent it, and a delivery can be read again.
create table mapping_text (
    fingerprint text primary key,
    text text not null
);
insert into mapping_text (fingerprint, text) select distinct mapping, rules from delivery where rules <> '';
alter table delivery drop column rules;
alter table delivery add column new_columns text not null default '[]';  -- That the mapping does not know.
create index delivery_by_arrival on delivery (received_at, id);
