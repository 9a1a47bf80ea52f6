// The chart of hours shows the hours without traffic too.
import { expect, test } from 'vitest';
import { everyHour } from './hours';

const at = (hour: string, flows: number) => ({ id: hour, hour, flows, packets: flows, bytes: flows });

test('fills what lies between, and shows a day at least', () => {
  const slots = everyHour([at('2026-11-21T08:00:00Z', 3), at('2026-11-21T10:00:00Z', 5)], '2026-11-21T10:00:00Z');
  expect(slots).toHaveLength(24);
  expect(slots.at(-1)).toEqual({ hour: '2026-11-21T10:00:00Z', flows: 5, id: '2026-11-21T10:00:00Z' });
  expect(slots.at(-2)).toMatchObject({ flows: 0, id: null });
  expect(slots.at(-3)).toMatchObject({ flows: 3 });
});

test('shows a week around the present hour when there is more', () => {
  const slots = everyHour([at('2026-10-01T00:00:00Z', 1), at('2026-11-21T10:00:00Z', 1)], '2026-10-20T12:00:00Z');
  expect(slots).toHaveLength(168);
  expect(slots.some((slot) => slot.hour === '2026-10-20T12:00:00Z')).toBe(true);
});
