// The trend is drawn from zero, one bar a week for each of its parts.
import { expect, test } from 'vitest';
import type { Ink } from '@/ui/chart';
import { makeFormat } from '@/ui/format';
import { trendOption } from './trend-option';

test('every week has a bar of each part, and the axis begins at zero', () => {
  const weeks = [
    { from: '2026-11-16T00:00:00Z', opened: 3, verified: 1, reopened: 0 },
    { from: '2026-11-23T00:00:00Z', opened: 0, verified: 2, reopened: 1 },
  ];
  const option = trendOption({ weeks, format: makeFormat('en', 'UTC'), ink: {} as Ink, names: { opened: 'Opened', verified: 'Verified', reopened: 'Reopened' } });
  expect(option['yAxis']).toMatchObject({ min: 0 });
  expect((option['series'] as { id: string; data: number[] }[]).map(({ id, data }) => [id, data])).toEqual([['opened', [3, 0]], ['verified', [1, 2]], ['reopened', [0, 1]]]);
});
