-- When its person last showed who they are (password, code or passkey), and until when what is TLP:RED is open to them
-- without being named; microseconds UTC, 0 for never. Sessions from before show it again before anything grave.
alter table access_session add column confirmed_at bigint not null default 0;
alter table access_session add column red_until bigint not null default 0;
