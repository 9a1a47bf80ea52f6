import { expect, test } from 'vitest';
import type { Feed } from '@/contract/types';
import { draftOf, inputOf, isName, ownMapping } from './draft';
import { choicesWith, spanText } from './spans';

const feed = { name: 'list', title: 'A list', kind: 'pull', source: 'list', format: 'csv', mapping: null, url: 'https://feeds.example/', headers: [{ name: 'X-Key', value: null }], mailbox: null, shadowserver: null, period: 300, expected: null, most_bytes: 7, enabled: true } as unknown as Feed;

test('what was read is what is sent, where nothing is changed', () => {
  const { name, title, kind, source, format, mapping, url, headers, mailbox, shadowserver, period, expected, most_bytes, enabled } = feed;
  expect(inputOf(draftOf(feed))).toEqual({ name, title, kind, source, format, mapping, url, headers, mailbox, shadowserver, period, expected, most_bytes, enabled });
});

test('a key stays unless it is typed, and a line without anything is none', () => {
  const draft = draftOf(feed);
  const typed = inputOf({ ...draft, headers: [{ name: 'X-Key', value: 'new', kept: true }, { name: ' ', value: '', kept: false }] });
  expect(typed.headers).toEqual([{ name: 'X-Key', value: 'new' }]);
});

test('what belongs to another way is left out', () => {
  const sent = inputOf({ ...draftOf(feed), kind: 'folder', format: ownMapping, mapping: '{}' });
  expect([sent.url, sent.headers, sent.format, sent.mapping]).toEqual([null, [], 'auto', '{}']);
});

test('a mailbox keeps its password unless another is typed, and has a sender a line', () => {
  const mailbox = { user: 'reports', password: null, folder: 'INBOX', senders: ['@a.example', 'b@b.example'], moved_to: null };
  const box = { ...feed, kind: 'mailbox', url: 'imaps://mail.example', headers: [], mailbox } as unknown as Feed;
  const draft = draftOf(box);
  expect(inputOf(draft).mailbox).toEqual(mailbox);
  const typed = inputOf({ ...draft, mailbox: { ...draft.mailbox, password: 'new', senders: ' @a.example \n\n', moved_to: ' Read ' } });
  expect(typed.mailbox).toEqual({ ...mailbox, password: 'new', senders: ['@a.example'], moved_to: 'Read' });
  expect([typed.url, inputOf({ ...draft, kind: 'push' }).mailbox]).toEqual(['imaps://mail.example', null]);
  expect(inputOf({ ...draftOf(undefined), kind: 'mailbox' }).mailbox?.password).toBe('');
});

test('keys of an API stay unless they are typed, and its address is the known one unless told', () => {
  const shadowserver = { key: null, secret: null, reports: ['invented-land'], types: ['scan_dns'], days: 5, downloads: 'https://dl.example/' };
  const api = { ...feed, kind: 'shadowserver', format: 'shadowserver', url: 'https://api.example/', headers: [], shadowserver } as unknown as Feed;
  expect(inputOf(draftOf(api)).shadowserver).toEqual(shadowserver);
  const fresh = inputOf({ ...draftOf(undefined), kind: 'shadowserver' });
  expect([fresh.url, fresh.format, fresh.shadowserver?.key, fresh.shadowserver?.days]).toEqual([null, 'auto', '', 3]);
});

test('names are of small letters, digits and dashes', () => {
  expect(['our-sensor', 'a', '7'].every(isName)).toBe(true);
  expect(['', '-a', 'a-', 'Our', 'a b', 'a/b', 'x'.repeat(64)].some(isName)).toBe(false);
});

test('a span is told in its largest whole unit', () => {
  const t = ((key: string, { count }: { count: number }) => `${count} ${key}`) as unknown as Parameters<typeof spanText>[1];
  expect([86_400, 93_600, 300, 61].map((seconds) => spanText(seconds, t))).toEqual(['1 span.days', '26 span.hours', '5 span.minutes', '61 span.seconds']);
  expect(choicesWith([60, 3600], 300)).toEqual([60, 300, 3600]);
});

test('a folder of MISP has headers and says by itself how it is read', () => {
  const folder = { ...draftOf(feed), kind: 'misp' as const, format: ownMapping, mapping: '{}' };
  expect([inputOf(folder).headers, inputOf(folder).format, inputOf(folder).mapping]).toEqual([[{ name: 'X-Key', value: null }], 'auto', null]);
});
