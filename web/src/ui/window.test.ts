// A window ends with the present hour, so that the same view asks the same question until the hour is over.
import { expect, test } from 'vitest';
import { spanOf, spanOfStep } from './window';

test('a window is whole hours, the present one included', () => {
  expect(spanOf('24h', new Date('2026-11-21T17:40:03Z'))).toEqual({ from: '2026-11-20T18:00:00Z', to: '2026-11-21T18:00:00Z' });
  expect(spanOf('6h', new Date('2026-11-21T18:00:00Z'))).toEqual({ from: '2026-11-21T13:00:00Z', to: '2026-11-21T19:00:00Z' });
});

test('a step of a series is a window of its own', () => {
  expect(spanOfStep('2026-11-21T10:00:00Z', 10_800)).toEqual({ from: '2026-11-21T10:00:00Z', to: '2026-11-21T13:00:00Z' });
});
