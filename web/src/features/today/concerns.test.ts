// Today says what is wrong and due from what was read, and nothing else.
import { expect, test } from 'vitest';
import type { Collection, Exporter, Feed, MessagePage, Picture, Source, Status, Token } from '@/contract/types';
import { concernsOf } from './concerns';

const now = new Date('2026-11-21T18:00:00Z');
const at = now.toISOString();
const exporter = (change: Partial<Exporter>): Exporter => ({
  address: '192.0.2.1', port: 2055, protocol: 'ipfix', source_id: 1, local: '[::]:2055', datagrams: 1000, bytes: 1, records: 24_000, undecodable: 0,
  lost: 0, sampling: null, templates: 1, waiting_bytes: 0, first_seen: at, last_seen: at, ...change,
});
const collection = (exporters: Exporter[], drops = 0): Collection => ({
  now: at, since: at, exporters, sockets: [{ local: '[::]:2055', datagrams: 1000, bytes: 1, undecodable: 0, kernel_drops: drops, receive_buffer_bytes: 1 }],
});
const keys = (known: Omit<Parameters<typeof concernsOf>[0], 'now'>) => concernsOf({ now, ...known }).map(({ key }) => key);

test('what was not read is no concern', () => expect(keys({})).toEqual([]));

test('a collector that is well is no concern', () => expect(keys({ collection: collection([exporter({})]) })).toEqual([]));

test('an exporter that fell silent comes before one that loses, and that before what is due', () => {
  const token = { id: '1', name: 'example-program', permissions: [], organisation: null, person: null, created_at: at, expires_at: '2026-11-25T00:00:00Z', last_used_at: null, last_used_from: null, revoked_at: null } satisfies Token;
  expect(keys({ collection: collection([exporter({ lost: 400 }), exporter({ last_seen: '2026-11-21T17:00:00Z' })], 3), tokens: [token], invited: 2, unconfirmed: 3 })).toEqual(['quiet', 'losing', 'kernel_drops', 'token', 'invited', 'contacts']);
});

test('a revoked or far-off token is not due', () => {
  const token = { id: '1', name: 'example-program', permissions: [], organisation: null, person: null, created_at: at, expires_at: '2026-11-25T00:00:00Z', last_used_at: null, last_used_from: null, revoked_at: at } satisfies Token;
  expect(keys({ tokens: [token, { ...token, revoked_at: null, expires_at: '2027-11-25T00:00:00Z' }] })).toEqual([]);
});

test('without a national space and indicators nothing can be found', () => {
  const status = { storage: { state: 'ok', reason: null }, national_space: { prefixes: 0 }, indicators: { active: 0 } } as unknown as Status;
  expect(keys({ status, collection: collection([]) })).toEqual(['no_space', 'no_indicators', 'no_exporters']);
});

test('hours before collection began are no gaps, nor is the present one', () => {
  const points = (gaps: readonly boolean[]) => ({ step_seconds: 3600, series: gaps.map((gap) => ({ gap })) }) as unknown as Picture;
  expect(keys({ picture: points([true, true, false, false, true]) })).toEqual([]);
  expect(concernsOf({ now, picture: points([true, false, true, true, false, false]) })).toMatchObject([{ key: 'gaps', count: 2 }]);
});

test('a trail that does not hold comes before everything', () => {
  expect(keys({ verification: { holds: false, entries: 3, erased: 0, sequence: 3, hash: '', breaks: [{ sequence: 2, reason: 'x' }] }, collection: collection([]) })).toEqual(['trail', 'no_exporters']);
});

test('a list not taken for a week and clocks that differ are told', () => {
  const source = { name: 'example-list', last_import: '2026-11-13T00:00:00Z' } as Source;
  expect(keys({ sources: [source, { ...source, last_import: '2026-11-20T00:00:00Z' }], skew: -180_000 })).toEqual(['clock', 'source']);
});

test('mail that does not leave is told with its list; what is sent or waits is not', () => {
  const messages = { states: { held: 2, bounced: 1, waiting: 7, sent: 9 } } as unknown as MessagePage;
  expect(concernsOf({ now, messages })).toEqual([
    { key: 'mail_bounced', tone: 'warn', to: '/outbox?state=bounced', count: 1 },
    { key: 'mail_held', tone: 'warn', to: '/outbox?state=held', count: 2 },
  ]);
});

test('open incidents are in hand, and those that are critical or that nobody leads come first', () => {
  const told = concernsOf({ now, incidents: { open: 12, critical: 3, unled: 0 } });
  expect(told.map(({ key, tone, to, count }) => [key, tone, to, count])).toEqual([
    ['incidents_critical', 'warn', '/incidents?state=still_open&severity=critical', 3],
    ['incidents', 'in_hand', '/incidents?state=still_open', 12],
  ]);
  expect(keys({ incidents: { open: 0, critical: 0, unled: 0 } })).toEqual([]);
});

test('reports that wait are due, and lead to the triage', () => {
  expect(concernsOf({ now, reports: 300 })).toEqual([{ key: 'reports', tone: 'due', to: '/triage', count: 300 }]);
  expect(keys({ reports: 0 })).toEqual([]);
});

test('feeds that fail, are late or came incomplete are told, each with its page', () => {
  const feed = (name: string, health: Feed['health']) => ({ id: name, name, health }) as Feed;
  const feeds = [feed('a', 'ok'), feed('b', 'late'), feed('c', 'failing'), feed('d', 'incomplete'), feed('e', 'never'), feed('f', 'off')];
  expect(concernsOf({ now, feeds })).toEqual([
    { key: 'feed_failing', tone: 'warn', to: '/feeds/c', name: 'c' },
    { key: 'feed_late', tone: 'warn', to: '/feeds/b', name: 'b' },
    { key: 'feed_incomplete', tone: 'warn', to: '/feeds/d', name: 'd' },
  ]);
});
