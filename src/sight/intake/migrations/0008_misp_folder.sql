-- Feeds that are folders of MISP's events: their address stands in `url`. An event's row as it was taken, or could not be.
create table feed_event (
    feed text not null references feed (id),
    event text not null,            -- Its UUID.
    stamp bigint not null,          -- Its timestamp in the manifest that it was asked for by.
    failures bigint not null,       -- In a row, with this timestamp; 0: it was taken.
    primary key (feed, event)
);
