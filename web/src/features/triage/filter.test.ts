// The queue is what waits, one line a group; a link may ask for more.
import { expect, test } from 'vitest';
import { isQueue, nextOf, toContract } from './filter';

test('without a state, what waits by groups', () => {
  expect(toContract({ channel: 'mail' })).toEqual({ channel: 'mail', state: 'waiting', newest_of_group: true });
  expect(isQueue({ search: 'bank' })).toBe(true);
});

test('every other state, a group and an incident report by report', () => {
  expect(toContract({ state: 'refused' })).toEqual({ state: 'refused' });
  expect(toContract({ state: 'all' })).toEqual({ state: undefined });
  expect(toContract({ group: 'g' })).toEqual({ group: 'g', state: undefined });
  expect(toContract({ incident: 'i', state: 'accepted' })).toEqual({ incident: 'i', state: 'accepted' });
});

test('a decision leads on to the next, at the end to the one before, and nowhere from the only one', () => {
  const rows = [{ id: 'a' }, { id: 'b' }, { id: 'c' }];
  expect(nextOf(rows, 'a')).toBe('b');
  expect(nextOf(rows, 'c')).toBe('b');
  expect(nextOf([{ id: 'a' }], 'a')).toBeUndefined();
  expect(nextOf(rows, 'x')).toBeUndefined();
});
