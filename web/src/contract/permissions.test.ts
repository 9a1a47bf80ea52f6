// The desk knows the permissions of data/access/roles.json, all of them, and no others.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { forPeopleOnly, ofOrganisations, permissionGroups } from './types';

interface Told {
  permissions: Record<string, string>;
  for_people_only: string[];
  roles: { side: string; permissions: string[] }[];
}

const told = JSON.parse(readFileSync(new URL('../../../data/access/roles.json', import.meta.url), 'utf8')) as Told;

test('every permission stands in one group', () => {
  expect(Object.values(permissionGroups).flat().toSorted()).toEqual(Object.keys(told.permissions).toSorted());
});

test('what a token may not have is told of the same permissions', () => {
  expect([...forPeopleOnly].toSorted()).toEqual(told.for_people_only.toSorted());
  const held = told.roles.filter(({ side }) => side === 'organisation').flatMap(({ permissions }) => permissions);
  expect([...ofOrganisations].toSorted()).toEqual([...new Set(held)].toSorted());
});
