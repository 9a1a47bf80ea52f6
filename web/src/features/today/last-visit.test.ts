// A visit goes on while one keeps coming back; only a pause begins the next.
import { expect, test } from 'vitest';
import { visited } from './last-visit';

const at = (time: string) => new Date(`2026-11-${time}:00Z`);
const iso = (time: string) => at(time).toISOString();

test('the first visit has none before it', () => expect(visited(undefined, at('21T08:00'))).toEqual({ latest: iso('21T08:00'), before: null }));

test('coming back within the hour is the same visit', () => {
  expect(visited({ latest: iso('21T08:00'), before: iso('20T17:00') }, at('21T08:40'))).toEqual({ latest: iso('21T08:40'), before: iso('20T17:00') });
});

test('after a pause the last visit is the one that ended', () => {
  expect(visited({ latest: iso('21T08:40'), before: iso('20T17:00') }, at('22T08:00'))).toEqual({ latest: iso('22T08:00'), before: iso('21T08:40') });
});

test('a month ago is too long to count from', () => {
  expect(visited({ latest: '2026-09-01T08:00:00.000Z', before: null }, at('22T08:00')).before).toBeNull();
});
