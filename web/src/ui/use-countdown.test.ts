// @vitest-environment jsdom
// Who has to wait sees for how long.
import { act, cleanup, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ContractError } from '@/contract/problem';
import { secondsUntil, useCountdown } from './use-countdown';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

test('counts down to nothing and stays there', () => {
  const { result, rerender } = renderHook(({ error }) => useCountdown(error), { initialProps: { error: null as Error | null } });
  expect(result.current).toBe(0);
  rerender({ error: new ContractError('delayed', 429, '', new Map(), 3) });
  expect(result.current).toBe(3);
  act(() => void vi.advanceTimersByTime(1100));
  expect(result.current).toBe(2);
  act(() => void vi.advanceTimersByTime(10_000));
  expect(result.current).toBe(0);
});

test('a begun second counts as one', () => expect([secondsUntil(10_001, 9000), secondsUntil(10_000, 9000), secondsUntil(1, 9000)]).toEqual([2, 1, 0]));
