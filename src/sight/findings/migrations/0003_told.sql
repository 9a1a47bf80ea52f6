-- What its owner was told of it since it was last opened.
alter table finding add column told_first bigint;
alter table finding add column told_last bigint;
alter table finding add column told_rungs bigint not null default 0;  -- Of the ladder, climbed.
update finding set told_first = notified_at, told_last = notified_at;
