-- Who may read a sighting that is TLP:RED: ids of people with commas between; empty under every other label.
alter table sighting add column readers text not null default '';
