// The desk knows the permissions of data/access/roles.json, all of them, and no others.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { permissionGroups } from './types';

const told = JSON.parse(readFileSync(new URL('../../../data/access/roles.json', import.meta.url), 'utf8')) as { permissions: Record<string, string> };

test('every permission stands in one group', () => {
  expect(Object.values(permissionGroups).flat().toSorted()).toEqual(Object.keys(told.permissions).toSorted());
});
