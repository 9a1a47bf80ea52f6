-- Every decision that something may leave, or waits. Never changed, never removed.
create table release_decision (
    id text primary key,
    about text not null,              -- What was to leave: `message:<id>`.
    organisation text not null,
    address text not null,            -- To whom, as the registry said then.
    role text not null,
    addressed text not null,          -- by_role, by_name
    payload_sha256 text not null,     -- Of exactly this.
    verdict text not null,            -- released, held
    reason text not null,
    form text not null,               -- openpgp, smime, plain
    key_fingerprint text,             -- Of the key it may be encrypted to.
    decided_at bigint not null,
    decided_for text not null,        -- The actor.
    tlp text not null, pap text not null
);
create index release_decision_about on release_decision (about, decided_at);

-- Up to which label an organisation takes mail that is not encrypted, where it was agreed.
create table plain_agreement (
    organisation text primary key,
    up_to text not null,              -- green, amber, amber+strict
    why text not null,
    owner text not null, tlp text not null, pap text not null, lineage text not null,
    created_at bigint not null, created_by text not null, changed_at bigint not null, changed_by text not null,
    version bigint not null
);
