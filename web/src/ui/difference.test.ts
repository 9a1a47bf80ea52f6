// What a deed changed is told field by field, and nothing that did not change.
import { expect, test } from 'vitest';
import { differenceOf } from './difference';

test('names what is new, gone and different; absent, null and empty are one', () => {
  const before = { name: 'Hospital', website: null, notes: 'x', sector: 'health', version: 1, changed_at: 'then' };
  const after = { name: 'Clinic', website: 'https://example.org', notes: '', sector: 'health', version: 2, changed_at: 'now' };
  expect(differenceOf(before, after)).toEqual([
    { field: 'name', kind: 'changed', before: 'Hospital', after: 'Clinic' },
    { field: 'website', kind: 'added', before: null, after: 'https://example.org' },
    { field: 'notes', kind: 'removed', before: 'x', after: null },
  ]);
});

test('takes apart what is made of parts, and keeps plain values in a row together', () => {
  const before = { roles: ['auditor'], contacts: [{ name: 'SOC', email: 'a@example.org' }] };
  const after = { roles: ['auditor', 'publisher'], contacts: [{ name: 'SOC', email: 'b@example.org' }, { name: 'CISO' }] };
  expect(differenceOf(before, after).map(({ field, before: was, after: is }) => [field, was, is])).toEqual([
    ['roles', 'auditor', 'auditor, publisher'],
    ['contacts[0].email', 'a@example.org', 'b@example.org'],
    ['contacts[1].name', null, 'CISO'],
  ]);
});

test('of a new record everything is new, of a removed one everything gone', () => {
  expect(differenceOf(null, { name: 'x', active: false }).map(({ kind, after }) => [kind, after])).toEqual([['added', 'x'], ['added', 'false']]);
  expect(differenceOf({ name: 'x' }, null).map(({ kind }) => kind)).toEqual(['removed']);
  expect(differenceOf('old', 'new')).toEqual([{ field: '', kind: 'changed', before: 'old', after: 'new' }]);
});
