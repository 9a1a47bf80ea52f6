// A moment goes into a field and comes out of it as it was, also where the clocks are changed.
import { expect, test } from 'vitest';
import { momentOf, wallClock } from './zoned';

const zone = 'Europe/Skopje';

test('shows what the clocks of the zone show, and reads it back', () => {
  for (const iso of ['2026-11-21T03:10:00Z', '2026-07-01T22:30:00Z', '2026-03-29T00:59:00Z', '2026-03-29T01:00:00Z', '2026-10-24T23:59:00Z']) {
    for (const each of [zone, 'UTC', 'America/St_Johns']) expect(momentOf(wallClock(iso, each), each)).toBe(iso);
  }
  expect(wallClock('2026-11-21T03:10:00Z', zone)).toBe('2026-11-21T04:10');
  expect(wallClock('2026-07-01T22:30:00Z', zone)).toBe('2026-07-02T00:30');
});

test('of the hour that comes twice the first is meant', () => expect(momentOf('2026-10-25T02:30', zone)).toBe('2026-10-25T00:30:00Z'));

test('an hour that is left out is the one after it', () => {
  expect(momentOf('2026-03-29T02:30', zone)).toBe('2026-03-29T01:30:00Z');
  expect(wallClock('2026-03-29T01:30:00Z', zone)).toBe('2026-03-29T03:30');
});

test('what is no whole date and time is none', () => {
  expect(['', '2026-11-21', '2026-11-21T25:00', 'x'].map((wall) => momentOf(wall, zone))).toEqual([null, null, null, null]);
  expect(wallClock(null, zone)).toBe('');
});
