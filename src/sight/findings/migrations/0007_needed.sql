-- So many complete deliveries of this source and series without it say that it is gone: of one that tells of hours, so
-- many hours.
alter table finding_source add column needed bigint not null default 2;
update finding_source set needed = (select f.deliveries from finding f where f.id = finding_source.finding);
