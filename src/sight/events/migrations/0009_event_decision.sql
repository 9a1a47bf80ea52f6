-- How it was decided whose an event is, and what was looked up for it, as JSON (event_decision.hpp). Absent of events that were
-- kept before.
alter table event add column decision text;
