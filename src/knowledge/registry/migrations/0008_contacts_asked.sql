-- How far an organisation was asked about its contacts since they were confirmed (a number of registry::Freshness: 0, not yet), and when
-- somebody was written to last.
alter table organisation add column contacts_step bigint not null default 0;
alter table organisation add column contacts_asked_at bigint;
