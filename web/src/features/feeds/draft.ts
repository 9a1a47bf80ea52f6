// The form's own view of a feed. Pure.
import type { Feed, FeedInput, FeedKind } from '@/contract/types';

/** What is chosen instead of a shipped mapping. */
export const ownMapping = 'own';

export interface HeaderDraft {
  name: string;
  value: string;
  /** The server has a value, which it tells nobody; empty means that it stays. */
  kept: boolean;
}

export interface MailboxDraft {
  user: string;
  password: string;
  /** As of a header. */
  kept: boolean;
  folder: string;
  /** One a line. */
  senders: string;
  moved_to: string;
}

export interface ShadowserverDraft {
  key: string;
  secret: string;
  /** As of a header, of both. */
  kept: boolean;
  /** One a line. */
  reports: string;
  types: string;
  days: number;
  downloads: string;
}

export interface Draft {
  name: string;
  title: string;
  kind: FeedKind;
  source: string;
  /** A shipped mapping, or `ownMapping`. */
  format: string;
  mapping: string;
  url: string;
  headers: readonly HeaderDraft[];
  mailbox: MailboxDraft;
  shadowserver: ShadowserverDraft;
  period: number;
  expected: number | null;
  most_bytes: number;
  enabled: boolean;
}

export const draftOf = (feed: Feed | undefined): Draft => ({
  name: feed?.name ?? '',
  title: feed?.title ?? '',
  kind: feed?.kind ?? 'pull',
  source: feed?.source ?? '',
  format: feed === undefined ? 'auto' : feed.mapping === null ? feed.format : ownMapping,
  mapping: feed?.mapping ?? '',
  url: feed?.url ?? '',
  headers: (feed?.headers ?? []).map(({ name }) => ({ name, value: '', kept: true })),
  mailbox: {
    user: feed?.mailbox?.user ?? '',
    password: '',
    kept: feed?.mailbox != null,
    folder: feed?.mailbox?.folder ?? 'INBOX',
    senders: (feed?.mailbox?.senders ?? []).join('\n'),
    moved_to: feed?.mailbox?.moved_to ?? '',
  },
  shadowserver: {
    key: '',
    secret: '',
    kept: feed?.shadowserver != null,
    reports: (feed?.shadowserver?.reports ?? []).join('\n'),
    types: (feed?.shadowserver?.types ?? []).join('\n'),
    days: feed?.shadowserver?.days ?? 3,
    downloads: feed?.shadowserver?.downloads ?? 'https://dl.shadowserver.org/',
  },
  period: feed?.period ?? 3600,
  expected: feed === undefined ? 93_600 : feed.expected,
  most_bytes: feed?.most_bytes ?? 5_000_000_000,
  enabled: feed?.enabled ?? true,
});

const linesOf = (text: string): string[] => text.split('\n').map((line) => line.trim()).filter((line) => line !== '');

/** A key that is not typed is the one of before, where there is one. */
const shadowserverOf = ({ key, secret, kept, reports, types, days, downloads }: ShadowserverDraft): FeedInput['shadowserver'] => ({
  key: key === '' && kept ? null : key,
  secret: secret === '' && kept ? null : secret,
  reports: linesOf(reports),
  types: linesOf(types),
  days,
  downloads: downloads.trim(),
});

/** A password that is not typed is the one of before, where there is one. */
const mailboxOf = ({ user, password, kept, folder, senders, moved_to }: MailboxDraft): FeedInput['mailbox'] => ({
  user: user.trim(),
  password: password === '' && kept ? null : password,
  folder: folder.trim(),
  senders: linesOf(senders),
  moved_to: moved_to.trim() === '' ? null : moved_to.trim(),
});

/** Kinds of which each says by itself how its deliveries are read. */
const readByThemselves: readonly FeedKind[] = ['shadowserver', 'misp', 'sightings'];

export const isReadByItself = (kind: FeedKind): boolean => readByThemselves.includes(kind);

/** What belongs to another kind is left out; a header without name and value is none. */
export const inputOf = (draft: Draft): FeedInput => {
  const own = draft.format === ownMapping;
  const pulled = draft.kind === 'pull' || draft.kind === 'misp';
  const mailbox = draft.kind === 'mailbox';
  const shadowserver = draft.kind === 'shadowserver';
  const read = own || isReadByItself(draft.kind) ? 'auto' : draft.format;
  const url = draft.url.trim();
  const source = draft.source.trim();
  return {
    name: draft.name.trim(),
    title: draft.title.trim(),
    kind: draft.kind,
    source: source === '' ? null : source,
    format: read,
    mapping: own && !shadowserver && draft.kind !== 'misp' ? draft.mapping : null,
    url: (pulled || mailbox || shadowserver) && (url !== '' || !shadowserver) ? url : null,
    headers: pulled ? draft.headers.filter(({ name, value }) => name.trim() !== '' || value !== '').map(({ name, value, kept }) => ({ name: name.trim(), value: value === '' && kept ? null : value })) : [],
    mailbox: mailbox ? mailboxOf(draft.mailbox) : null,
    shadowserver: shadowserver ? shadowserverOf(draft.shadowserver) : null,
    period: draft.period,
    expected: draft.expected,
    most_bytes: draft.most_bytes,
    enabled: draft.enabled,
  };
};

/** What a feed may be called; the server has the last word. */
export const isName = (text: string): boolean => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(text.trim());
