-- What events are searched by (event_keys.hpp, docs/decisions/0022). The keys of rows of before are filled in when the store
-- opens; until then `tags` is null.
alter table event add column readers text not null default '';
alter table event add column source_key text;
alter table event add column destination_key text;
alter table event add column domain_key text;
alter table event add column tags text;         -- One a line, in small letters.

-- What an event's columns have no room for: further addresses and names, as keys.
create table event_place (
    place text not null,
    event bigint not null           -- Its content_key.
);
create index event_place_by_place on event_place (place, event);

-- Each in the order of lists: by moment, equals by the content key, which no two events share.
drop index event_by_moment;
drop index event_by_organisation;
create index event_by_moment on event (moment, content_key);
create index event_by_organisation on event (organisation, moment, content_key);
create index event_by_source on event (source, moment, content_key);
create index event_by_type on event (type, moment, content_key);
create index event_by_source_key on event (source_key, moment, content_key) where source_key is not null;
create index event_by_destination_key on event (destination_key, moment, content_key) where destination_key is not null;
create index event_by_domain on event (domain_key, moment, content_key) where domain_key is not null;
create index event_by_malware on event (malware, moment, content_key) where malware is not null;
create index event_red on event (content_key) where tlp = 'red';
create index event_without_keys on event (id) where tags is null;
