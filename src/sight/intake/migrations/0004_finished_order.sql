-- The order in which deliveries were read to their end, or refused: whoever follows them keeps one number. A delivery that is
-- read anew gets another.
alter table delivery add column finished bigint;
create table delivery_order (last bigint not null);
update delivery set finished = (select count(*) from delivery as other where other.state <> 'stored' and other.id <= delivery.id)
    where state <> 'stored';
insert into delivery_order (last) select count(*) from delivery where state <> 'stored';
create index delivery_by_finished on delivery (finished);
