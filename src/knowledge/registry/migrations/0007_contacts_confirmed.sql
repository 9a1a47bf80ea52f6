-- When somebody last said that an organisation's contacts are right: by confirming them, or by changing them.
alter table organisation add column contacts_confirmed_at bigint not null default 0;
update organisation set contacts_confirmed_at = changed_at;
create index organisation_by_confirmation on organisation (contacts_confirmed_at, id);
