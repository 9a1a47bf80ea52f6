// What stands in the page's address is what the server is asked.
import { expect, test } from 'vitest';
import { filterOf, isTime, toContract, windowOf } from './filter';

const now = new Date('2026-11-21T17:40:03Z');

test('without a window it is the last 24 hours', () => {
  expect(windowOf({})).toBe('24h');
  expect(toContract({}, undefined, now)).toMatchObject({ from: '2026-11-20T18:00:00Z', to: '2026-11-21T18:00:00Z', sort: '-last' });
});

test('a span of its own is no window', () => {
  const filter = { from: '2026-11-21T10:00:00Z', to: '2026-11-21T11:00:00Z', direction: 'outbound' } as const;
  expect(windowOf(filter)).toBeNull();
  expect(toContract(filter, '-flows', now)).toMatchObject({ ...filter, sort: '-flows' });
});

test('a port that is no number is not asked for', () => {
  expect(toContract({ port: '443' }, undefined, now).port).toBe(443);
  expect(toContract({ port: 'https' }, undefined, now).port).toBeNaN();
});

test('an unreadable time is asked for as it stands, so that the server says so', () => {
  const wrong = filterOf({ from: 'yesterday' });
  expect(windowOf(wrong)).toBeNull();
  expect(toContract(wrong, undefined, now)).toMatchObject({ from: 'yesterday' });
  expect(['yesterday', '2026-13-01T00:00:00Z', '2026-11-21T10:00:00Z'].map(isTime)).toEqual([false, false, true]);
  const span = { from: '2026-11-21T10:00:00Z', to: '2026-11-21T11:00:00Z' };
  expect(filterOf(span)).toEqual(span);
});
