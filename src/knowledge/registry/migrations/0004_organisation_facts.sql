alter table organisation add column subsector text;
alter table organisation add column size text;                       -- Recommendation 2003/361/EC; null until told.
alter table organisation add column entity_class text;               -- NIS2; null until somebody decided.
alter table organisation add column entity_class_reason text;
alter table organisation add column languages text not null default '';  -- ISO 639-1, separated by blanks.

-- The one language of a contact becomes the first of several.
alter table organisation_contact rename column language to languages;
alter table organisation_contact add column attendance text not null default 'office_hours';

-- What a contact publishes for encryption: the text as it was given, and what it said when it was taken.
create table organisation_contact_key (
    contact text not null references organisation_contact (id) on delete cascade,
    kind text not null,                  -- openpgp, smime
    key_text text not null,
    fingerprint text not null,
    names text not null,                 -- One a line.
    emails text not null,                -- One a line, lower case.
    issuer text not null,
    valid_from bigint not null,
    valid_until bigint,
    is_revoked bigint not null,
    can_encrypt bigint not null,
    primary key (contact, kind)
);
