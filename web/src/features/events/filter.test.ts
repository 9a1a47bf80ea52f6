import { expect, test } from 'vitest';
import { toContract, windowOf } from './filter';

const now = new Date('2026-11-21T10:20:30Z');

test('looks back seven days unless told otherwise', () => {
  expect(windowOf({})).toBe('7d');
  expect(windowOf({ window: 'all' })).toBe('all');
  expect(windowOf({ from: '2026-11-01T00:00:00Z' })).toBeNull();
  expect(toContract({}, now)).toEqual({ from: '2026-11-14T11:00:00Z', to: '2026-11-21T11:00:00Z' });
});

test('asks for no window where all is wanted, and for the span that is told', () => {
  expect(toContract({ window: 'all', type: 'phishing' }, now)).toEqual({ type: 'phishing' });
  expect(toContract({ from: '2026-11-01T00:00:00Z' }, now)).toEqual({ from: '2026-11-01T00:00:00Z' });
});

test('lets the server refuse what is no number', () => {
  expect(toContract({ window: 'all', port: '53', asn: 'x' }, now)).toEqual({ port: 53, asn: Number.NaN });
});
