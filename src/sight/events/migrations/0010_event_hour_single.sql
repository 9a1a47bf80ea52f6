-- Which event an hour of a feed holds, where it is the only one with the value: it is reached at once
-- (event_hours.hpp). Nothing where there are several, and in rows of before.
alter table event_hour add column single bigint;
