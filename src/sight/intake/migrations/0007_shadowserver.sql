-- Feeds that are Shadowserver's reports API: its address stands in `url`. Empty in feeds of other kinds.
alter table feed add column shadowserver text not null default '';       -- JSON: what is asked.
alter table feed add column shadowserver_keys text not null default '';  -- Sealed.
-- Reports that were fetched, by Shadowserver's ids, while it may list them.
create table feed_report (
    feed text not null references feed (id),
    report text not null,
    fetched_at bigint not null,
    primary key (feed, report)
);
