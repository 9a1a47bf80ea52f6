// The national space as people paste it.
import { expect, test } from 'vitest';
import { readSpace } from './space';

test('takes blanks, commas, lines and comments, once each', () => {
  expect(readSpace('192.0.2.0/24, 198.18.0.0/15 # benchmark\n192.0.2.0/24', 'AS64500\n64501')).toEqual({
    prefixes: ['192.0.2.0/24', '198.18.0.0/15'],
    asNumbers: [64500, 64501],
    wrong: [],
  });
});

test('names what is no AS number', () => {
  expect(readSpace('', 'AS64500 foo AS99999999999').wrong).toEqual(['foo', 'AS99999999999']);
});
