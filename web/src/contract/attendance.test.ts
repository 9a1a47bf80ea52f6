// @vitest-environment jsdom
// A desk that nobody attends says so, and one where somebody moves does not.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { attendance, watchAttendance } from './attendance';

beforeEach(() => {
  vi.useFakeTimers();
  watchAttendance();
});
afterEach(() => {
  vi.useRealTimers();
});

test('what is asked a minute after the last movement is background', () => {
  window.dispatchEvent(new Event('keydown'));
  expect(attendance()).toEqual({});
  vi.advanceTimersByTime(60_000);
  expect(attendance()).toEqual({ 'X-Background': '1' });
  window.dispatchEvent(new Event('pointermove'));
  expect(attendance()).toEqual({});
});
