// The navigation shows what the session may open, and nothing else.
import { expect, test } from 'vitest';
import type { Permission } from '@/contract/types';
import { homeFor, placesFor } from './place-list';

const holding = (...permissions: Permission[]) => (permission: Permission) => permissions.includes(permission);
const keysOf = (may: (permission: Permission) => boolean) => {
  const { work, administration } = placesFor(may);
  return [work.map(({ key }) => key), administration.map(({ key }) => key)];
};

test('a constituent sees sightings and organisations, and no administration', () => {
  const may = holding('organisations.read', 'sightings.read');
  expect(keysOf(may)).toEqual([['today', 'sightings', 'organisations'], []]);
  expect(homeFor(may)).toBe('/today');
});

test('an administrator sees people, sessions, tokens and the trail, but no sightings', () => {
  const may = holding('picture.read', 'indicators.read', 'organisations.read', 'collection.read', 'users.read', 'journal.read');
  expect(keysOf(may)).toEqual([['today', 'picture', 'indicators', 'organisations', 'collectors'], ['people', 'sessions', 'tokens', 'trail']]);
  expect(homeFor(may)).toBe('/today');
});

test('who may open nothing begins at the own account', () => expect(homeFor(holding())).toBe('/account'));
