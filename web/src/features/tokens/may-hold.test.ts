// The form offers what the server takes, and no more.
import { expect, test } from 'vitest';
import { mayHold } from './may-hold';

test('what is for people only is for no token', () => {
  expect((['users.manage', 'tokens.manage', 'red.open'] as const).map((each) => mayHold(each, null))).toEqual([false, false, false]);
  expect(mayHold('users.read', null)).toBe(true);
});

test('a token of one organisation holds what its people may', () => {
  expect(mayHold('sightings.read', '7')).toBe(true);
  expect(mayHold('picture.read', '7')).toBe(false);
});
