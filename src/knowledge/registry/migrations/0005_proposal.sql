-- What an organisation's own people want changed, and what the team made of it.
create table organisation_proposal (
    id text primary key,
    organisation text not null references organisation (id) on delete cascade,
    base_version bigint not null,    -- Of the organisation, when it was proposed.
    content text not null,           -- JSON of what may be proposed, keys as texts.
    changes text not null,           -- JSON of what differed then.
    remark text not null,
    state text not null,             -- open, approved, refused, withdrawn
    reason text not null,            -- Of the decision.
    decided_at bigint,
    decided_by text not null,
    owner text not null, tlp text not null, pap text not null, lineage text not null,
    created_at bigint not null, created_by text not null, changed_at bigint not null, changed_by text not null,
    version bigint not null
);
create index organisation_proposal_by_state on organisation_proposal (state, id);
create index organisation_proposal_by_organisation on organisation_proposal (organisation, id);
