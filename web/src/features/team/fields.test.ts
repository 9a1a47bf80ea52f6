// The form holds every field of the record once, and what is missing is read as the server names it.
import { expect, test } from 'vitest';
import type { Team } from '@/contract/types';
import { entriesOf, gapsOf, groups, inputOf, isText } from './fields';

const nothing = { mk: '', sq: '', en: '' };

test('what is sent has nothing that only the server knows', () => {
  const team = { email: 'team@csirt.example', missing: [], version: 3, changed_at: null } as unknown as Team;
  expect(inputOf(team)).toEqual({ email: 'team@csirt.example' });
});

test('each field stands in the form once', () => {
  const fields = groups.flatMap((group) => group.fields);
  expect(new Set(fields).size).toBe(fields.length);
});

test('gaps name a field, and a language where it matters', () => {
  expect(gapsOf(['email', 'mission.sq'])).toEqual([{ field: 'email' }, { field: 'mission', language: 'sq' }]);
});

test('a list is typed with commas or a line each', () => {
  expect(entriesOf('mk, sq\n\nen,')).toEqual(['mk', 'sq', 'en']);
});

test('a text is told from a line and from a list', () => {
  const team = { mission: nothing, email: '', languages: [] } as never;
  expect([isText('mission', team), isText('email', team), isText('languages', team)]).toEqual([true, false, false]);
});
