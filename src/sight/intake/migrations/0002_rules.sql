-- The mapping that reads a delivery, whole: reading goes on without whoever sent it. Empty of those of before.
alter table delivery add column rules text not null default '';
create index delivery_by_state on delivery (state);
