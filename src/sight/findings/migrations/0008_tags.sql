-- The tags of its newest events: `\n`, then each with `\n` behind it; empty where there is none. What was found before has none until it is
-- seen again.
alter table finding add column tags text not null default '';
