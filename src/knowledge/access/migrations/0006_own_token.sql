-- Whose own a token is; it does no more than this person may at the moment. Null for those of the administration.
alter table service_token add column person text;
create index service_token_by_person on service_token (person);
