// Out and in share one scale, and what is not there is not drawn as nothing.
import { expect, test } from 'vitest';
import type { SeriesPoint } from '@/contract/types';
import type { Ink } from '@/ui/chart';
import { makeFormat } from '@/ui/format';
import { ceiling, othersIn, seriesOption } from './series-option';

const point = (hour: number, change: Partial<SeriesPoint>): SeriesPoint => ({
  time: `2026-11-21T${String(hour).padStart(2, '0')}:00:00Z`, outbound: 0, inbound: 0, internal: 0, transit: 0, unknown: 0, gap: false, ...change,
});
const ink = { text: '#000', faint: '#666', line: '#ccc', surface: '#fff', outbound: '#a00', inbound: '#00a', internal: '#808', transit: '#555', unknown: '#777', accent: '#0aa', good: '#0a0', warn: '#a70', bad: '#a00' } satisfies Ink;
const words = { direction: (direction: string) => direction, gap: 'gap', soFar: 'so far', flows: (count: number) => `${count} flows` };

interface Drawn {
  yAxis: { min: number; max: number }[];
  series: { id: string; data: { value: number | null }[] }[];
}
const draw = (series: SeriesPoint[]) => seriesOption({ series, stepSeconds: 3600, format: makeFormat('en', 'UTC'), words, ink, width: 900 }) as unknown as Drawn;

test('a scale ends at a round number that holds the greatest bar', () => {
  expect([1, 5, 97, 101, 790, 8000].map(ceiling)).toEqual([4, 5, 100, 120, 800, 8000]);
});

test('both halves have the scale of the greater', () => {
  const { yAxis } = draw([point(9, { outbound: 90, inbound: 700 })]);
  expect(yAxis[0]).toMatchObject({ min: -800, max: 800 });
});

test('a gap is no zero', () => {
  const { series } = draw([point(9, { gap: true }), point(10, { inbound: 7 })]);
  expect(series.find(({ id }) => id === 'inbound')?.data.map(({ value }) => value)).toEqual([null, -7]);
});

test('other directions get a strip only when there are any', () => {
  expect(othersIn([point(9, { outbound: 3 })])).toEqual([]);
  expect(draw([point(9, { outbound: 3 })]).yAxis).toHaveLength(1);
  expect(draw([point(9, { transit: 3 })]).series.map(({ id }) => id)).toEqual(['outbound', 'inbound', 'transit']);
});
