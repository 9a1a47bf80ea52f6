-- What each exporter told within an hour: which hours were looked at, and how wholly.
create table collected_share (
    hour bigint not null,
    exporter text not null,         -- Its address.
    came bigint not null,           -- Flow records or datagrams, as its protocol numbers them …
    lost bigint not null,           -- … and what those numbers show as missing.
    minutes bigint not null,        -- In which somebody listened to it.
    primary key (hour, exporter)
);
