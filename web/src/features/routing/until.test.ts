// A day ends when it ends where the reader is, in summer and in winter.
import { expect, test } from 'vitest';
import { dayOf, endOfDay } from './until';

test.each([
  ['2026-12-31', 'Europe/Skopje', '2026-12-31T22:59:59Z'],
  ['2026-07-01', 'Europe/Skopje', '2026-07-01T21:59:59Z'],
  ['2026-03-29', 'Europe/Skopje', '2026-03-29T21:59:59Z'],
  ['2026-10-25', 'Europe/Skopje', '2026-10-25T22:59:59Z'],
  ['2026-12-31', 'UTC', '2026-12-31T23:59:59Z'],
])('%s in %s', (day, zone, moment) => {
  expect(endOfDay(day, zone)).toBe(moment);
  expect(dayOf(moment, zone)).toBe(day);
});

test('what is no day is none', () => {
  expect(endOfDay('', 'UTC')).toBeNull();
  expect(endOfDay('2026-13-01', 'UTC')).toBeNull();
  expect(endOfDay('tomorrow', 'UTC')).toBeNull();
});
