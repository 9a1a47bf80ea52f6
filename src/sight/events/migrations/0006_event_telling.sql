-- Each telling of an event that its source's tellings fold into (known_events.hpp). They tell what is told again from
-- what goes on.
create table event_telling (
    telling bigint primary key,     -- Its key (duplicate_keys.hpp).
    event bigint not null,          -- The event's content_key.
    happening_key bigint not null
);
create index event_telling_by_happening on event_telling (happening_key);
