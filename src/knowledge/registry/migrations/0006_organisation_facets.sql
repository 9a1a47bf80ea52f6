-- Every page of the list counts its facets: from here, without reading a row.
create index organisation_by_facets on organisation (sector, size, entity_class);
