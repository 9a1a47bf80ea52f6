-- Those of an organisation that changed last, for its feed.
create index finding_by_changed on finding (organisation, changed_at, id);
