// A timeline tells each day once, in its order.
import { expect, test } from 'vitest';
import type { IncidentEntry } from '@/contract/types';
import { daysOf, isLate } from './days';

const entry = (at: string) => ({ id: at, at }) as IncidentEntry;

test('each day stands once, with what was in it', () => {
  const entries = ['2026-11-21T18:00:00Z', '2026-11-21T03:00:00Z', '2026-11-20T23:00:00Z'].map(entry);
  expect(daysOf(entries, (moment) => moment.slice(0, 10)).map(({ name, entries: of }) => [name, of.map(({ at }) => at.slice(11, 16))])).toEqual([
    ['2026-11-21', ['18:00', '03:00']],
    ['2026-11-20', ['23:00']],
  ]);
  expect(daysOf([], (moment) => moment)).toEqual([]);
});

test('what was written down at once is not late', () => {
  expect(isLate({ at: '2026-11-21T18:00:00Z', written_at: '2026-11-21T18:04:00Z' })).toBe(false);
  expect(isLate({ at: '2026-11-21T03:00:00Z', written_at: '2026-11-21T18:04:00Z' })).toBe(true);
});
